import { doubtful, wrong, type JsoncProblem } from "../../dataset/jsonc-problem.ts";
import { createMetric } from "../metrics/index.ts";
import type { PlanFile } from "./schema.ts";
import type { PlanService } from "./surroundings.ts";

/** What cannot be of metrics that need to know how likely a model finds the reference: an error where no candidate's service tells it, a warning at each candidate whose service does not. */
export function* checkLikelihoods({ metrics, guardRail, candidates }: Pick<PlanFile, "metrics" | "guardRail" | "candidates">, services: readonly PlanService[]): Generator<JsoncProblem> {
  const lists = [{ path: ["metrics"], written: metrics ?? [] }, { path: ["guardRail", "metrics"], written: guardRail?.metrics ?? [] }];
  const needing = lists.flatMap(({ path, written }) => written.flatMap((each, index) => (createMetric(each)?.needsLikelihood === true ? [{ path: [...path, index], id: createMetric(each)?.id ?? "" }] : [])));
  const [first] = needing;
  if (!first) return;
  const known = candidates.map(({ service }) => services.find(({ id }) => id === service));
  const telling = services.filter(({ likelihoods }) => likelihoods === true).map(({ id }) => JSON.stringify(id));
  const remedy = telling.length === 0 ? "" : ` ${telling.join(", ")} ${telling.length === 1 ? "tells" : "tell"} it.`;
  if (known.every((service) => service?.likelihoods === false)) {
    for (const { path } of needing) yield wrong(path, `No candidate's service tells how likely a model finds a given text, so that this cannot be measured; leave it out.${remedy}`);
    return;
  }
  for (const [index, service] of known.entries()) {
    if (service?.likelihoods === false) yield doubtful(["candidates", index, "service"], `${service.title} does not tell how likely a model finds a given text: of this candidate the report will say "not told" for ${first.id}.${remedy}`);
  }
}
