import { isElsewhere } from "../../dataset/file-fact.ts";
import { doubtful, listed, wrong, type JsoncProblem } from "../../dataset/jsonc-problem.ts";
import type { JsoncPath } from "../../dataset/jsonc-stretch.ts";
import { nearNames } from "../../dataset/read-jsonc.ts";
import { checkBreakEven } from "./check-break-even.ts";
import { checkLikelihoods } from "./check-likelihoods.ts";
import { checkMetrics } from "./check-metrics.ts";
import { filesOf } from "./files.ts";
import type { PlanFile, PlannedCandidate } from "./schema.ts";
import type { PlanService, PlanSurroundings } from "./surroundings.ts";

/**
 * What no schema can say of a plan. Errors: services and files that are not there, examples without a training file, candidates that are called the same, a test file that
 * was learned from, metrics that judge nothing. Warnings: models that a service does not list, candidates that are asked the same, a tuned model whose training file is not named.
 */
export function checkPlan(plan: PlanFile, around: PlanSurroundings): readonly JsoncProblem[] {
  return [...checkFiles(plan, around), ...checkMetrics(plan), ...checkLikelihoods(plan, around.services), ...checkJudge(plan, around.services), ...checkBreakEven(plan, plan.candidates.map(nameOf)), ...plan.candidates.flatMap((candidate, index) => [...checkCandidate(candidate, index, plan, around.services)])];
}

function* checkFiles(plan: PlanFile, { file }: PlanSurroundings): Generator<JsoncProblem> {
  const { test, training, guardRail } = plan;
  for (const { path, called, written } of filesOf(plan)) {
    const fact = file(written);
    if (isElsewhere(written)) yield wrong(path, `The ${called} is an address, ${JSON.stringify(written)}; a path of a file on this machine is expected.`);
    else if (fact?.kind === "missing") yield wrong(path, `There is no file ${fact.path}.`);
    else if (fact?.kind === "folder") yield wrong(path, `${fact.path} is a folder; a file is expected.`);
  }
  if (guardRail && typeof test === "string" && isSame(guardRail.test, test, file)) yield wrong(["guardRail", "test"], "The guard-rail file is the test file. It should ask what the model was not tuned for.");
  if (training !== undefined && typeof test === "string" && isSame(test, training, file)) yield wrong(["training"], "The training file is the test file. What was learnt cannot tell how well it was learnt.");
  if (training !== undefined && typeof test !== "string" && isSame(test.dataset, training, file)) yield wrong(["training"], "The training file is the dataset of which a share is kept back. Leave it out: what is learned from is the rest of it then.");
}

function* checkCandidate(candidate: PlannedCandidate, index: number, { candidates, training: named, test }: PlanFile, services: readonly PlanService[]): Generator<JsoncProblem> {
  const at = (key: string): JsoncPath => ["candidates", index, key];
  const training = named ?? (typeof test === "string" ? undefined : test.dataset);
  const service = services.find(({ id }) => id === candidate.service);
  if (!service) yield unknownService(at("service"), candidate.service, services);
  else if (service.models && !service.models.some(({ id }) => id === candidate.model)) {
    const near = nearNames(candidate.model, service.models.map(({ id }) => id));
    yield { ...doubtful(at("model"), `${service.title} does not list a model ${JSON.stringify(candidate.model)}${near.length > 0 ? `; did you mean ${listed(near.slice(0, 1))}?` : "."}`), ...(near.length > 0 ? { instead: near } : {}) };
  }
  if (candidate.fewShot !== undefined && candidate.retrieval !== undefined) yield { ...wrong(at("retrieval"), "A candidate has fewShot or retrieval, not both; make two candidates of it."), key: true };
  if (service && candidate.batch === true) yield* checkBatch(at("batch"), service);
  for (const key of ["fewShot", "retrieval"] as const) {
    if (candidate[key] !== undefined && training === undefined) yield wrong(at(key), "Examples come from the training file; name it as \"training\".");
  }
  if (candidate.tuned === true && training === undefined) yield doubtful(at("tuned"), "What a tuned model learned from is not named as \"training\", so test records that it has seen are not left out.");
  const names = candidates.map(nameOf);
  const called = names.indexOf(names[index] ?? "");
  if (called < index) yield wrong(["candidates", index], `It is called ${JSON.stringify(names[index])} as candidate ${called + 1} is; give it a "name" of its own.`);
  const asked = candidates.findIndex((each) => askedOf(each) === askedOf(candidate));
  if (asked < index && called === index) yield doubtful(["candidates", index], `It is asked the same as candidate ${asked + 1}, ${JSON.stringify(names[asked])}: the same model with the same prompt. At temperature 0 their difference says nothing.`);
}

function* checkJudge({ judge, candidates }: PlanFile, services: readonly PlanService[]): Generator<JsoncProblem> {
  if (!judge) return;
  const service = services.find(({ id }) => id === judge.service);
  if (!service) yield unknownService(["judge", "service"], judge.service, services);
  else if (judge.batch === true) yield* checkBatch(["judge", "batch"], service);
  if (judge.scores === false && judge.pairs === false) yield wrong(["judge", "pairs"], "A judge that neither marks nor compares does nothing; leave it out.");
  if (judge.ratings !== undefined && judge.scores === false) yield wrong(["judge", "ratings"], "People's marks are compared with the judge's, and this judge gives none.");
  if (candidates.some(({ service, model }) => service === judge.service && model === judge.model)) yield doubtful(["judge", "model"], "The judge is one of the candidates, and models prefer their own answers.");
}

function* checkBatch(path: JsoncPath, { title, batches }: PlanService): Generator<JsoncProblem> {
  if (batches === false) yield { ...wrong(path, `${title} answers no batches. Leave "batch" out, and its questions are asked one by one.`), key: true };
}

function unknownService(path: JsoncPath, written: string, services: readonly PlanService[]): JsoncProblem {
  const known = services.map(({ id }) => id);
  if (/^\w+:\/\//.test(written)) return wrong(path, `${JSON.stringify(written)} is an address. A plan names a service by the name that it has in your settings, so that no file can send a key elsewhere; there are ${listed(known)}.`, known);
  const near = [...services.filter(({ title }) => title === written).map(({ id }) => id), ...nearNames(written, known)];
  return wrong(path, `There is no service ${JSON.stringify(written)}; ${near.length > 0 ? `did you mean ${listed(near.slice(0, 1))}?` : `there are ${listed(known)}.`}`, near.length > 0 ? near : known);
}

/** What decides what a candidate answers. */
function askedOf({ service, model, fewShot, retrieval }: PlannedCandidate): string {
  return JSON.stringify([service, model, fewShot, retrieval]);
}

function isSame(one: string, other: string, file: PlanSurroundings["file"]): boolean {
  const [first, second] = [file(one), file(other)];
  return one === other || (first?.kind === "file" && second?.kind === "file" && first.path === second.path);
}

/** How a candidate is called in reports. */
export function nameOf({ name, model, fewShot, retrieval }: PlannedCandidate): string {
  if (name !== undefined) return name;
  const shown = fewShot === undefined ? "" : ` with ${fewShot} example${fewShot === 1 ? "" : "s"}`;
  const found = retrieval === undefined ? "" : retrieval === 1 ? " with the nearest example" : ` with the ${retrieval} nearest examples`;
  return `${model}${shown}${found}`;
}
