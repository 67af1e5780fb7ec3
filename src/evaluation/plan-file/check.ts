import type { PlanFile, PlannedCandidate } from "./schema.ts";

/** Something that a plan says and that cannot be, by keys and indices. */
export interface PlanProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What no schema can say of a plan: services that are not there, examples without a file, candidates that are the same. `services` are the names of the user's settings. */
export function checkPlan({ candidates, training }: PlanFile, services: readonly string[]): readonly PlanProblem[] {
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

/** How a candidate is called in reports. */
export function nameOf({ name, model, fewShot, retrieval }: PlannedCandidate): string {
  if (name !== undefined) return name;
  return `${model}${fewShot === undefined ? "" : ` with ${fewShot} examples`}${retrieval === undefined ? "" : ` with the ${retrieval} nearest examples`}`;
}
