import { createMetric, metrics, parameterisedOf, type WrittenMetric } from "../metrics/index.ts";
import type { PlanFile, PlannedCandidate } from "./schema.ts";

/** Something that a plan says and that cannot be, by keys and indices. */
export interface PlanProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What no schema can say of a plan: services that are not there, examples without a file, candidates that are the same. `services` are the names of the user's settings. */
export function checkPlan(plan: PlanFile, services: readonly string[]): readonly PlanProblem[] {
  return [...checkCandidates(plan, services), ...checkMetrics(plan)];
}

function checkCandidates({ candidates, training }: PlanFile, services: readonly string[]): readonly PlanProblem[] {
  const names = candidates.map(nameOf);
  return candidates.flatMap((candidate, index): PlanProblem[] => {
    const at = (key: string): PlanProblem["path"] => ["candidates", index, key];
    const same = names.indexOf(names[index] ?? "");
    return [
      ...(services.includes(candidate.service) ? [] : [{ path: at("service"), message: `There is no service ${JSON.stringify(candidate.service)}; there are ${services.join(", ")}.` }]),
      ...(candidate.fewShot !== undefined && candidate.retrieval !== undefined ? [{ path: at("retrieval"), message: "A candidate has fewShot or retrieval, not both; make two candidates of it." }] : []),
      ...(training === undefined && candidate.fewShot !== undefined ? [{ path: at("fewShot"), message: "Examples come from the training file; name it as \"training\"." }] : []),
      ...(training === undefined && candidate.retrieval !== undefined ? [{ path: at("retrieval"), message: "Examples come from the training file; name it as \"training\"." }] : []),
      ...(same < index ? [{ path: ["candidates", index], message: `It is called ${JSON.stringify(names[index])} as candidate ${same + 1} is; give it a "name" of its own.` }] : []),
    ];
  });
}

function checkMetrics({ metric, metrics: written }: PlanFile): readonly PlanProblem[] {
  if (!written) return [];
  return [
    ...(metric === undefined ? [] : [{ path: ["metric"], message: "A plan has metric or metrics, not both; make it the first of metrics." }]),
    ...checkWritten(written, ["metrics"]),
  ];
}

/** What cannot be of a list of metrics at `path`: parameters that no schema refuses, scores where right and wrong are to be told, the same twice. */
function checkWritten(written: readonly WrittenMetric[], path: PlanProblem["path"]): readonly PlanProblem[] {
  const same = written.map((each) => JSON.stringify(each));
  return written.flatMap((each, index): PlanProblem[] => {
    const faults = typeof each === "string" ? [] : (parameterisedOf(each.metric)?.faults(each) ?? []);
    const scores = index === 0 && createMetric(each)?.kind === "score";
    return [
      ...faults.map(({ key, message }) => ({ path: [...path, index, key], message })),
      ...(scores ? [{ path: [...path, index], message: `The first metric says which answers are right, and this one gives scores. Put one of ${passOrFail.join(", ")} before it.` }] : []),
      ...(same.indexOf(same[index] ?? "") < index ? [{ path: [...path, index], message: "This metric is here twice." }] : []),
    ];
  });
}

const passOrFail = metrics.filter(({ kind }) => kind === "pass-fail").map(({ id }) => id);

/** How a candidate is called in reports. */
export function nameOf({ name, model, fewShot, retrieval }: PlannedCandidate): string {
  if (name !== undefined) return name;
  return `${model}${fewShot === undefined ? "" : ` with ${fewShot} examples`}${retrieval === undefined ? "" : ` with the ${retrieval} nearest examples`}`;
}
