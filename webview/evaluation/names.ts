import type { Overview } from "../../src/protocol/evaluation-panel.ts";

/** How the two are called that are compared: by what they are to each other, or, of a plan, by their own names. */
export function modelNames(overview: Overview | undefined): readonly [base: string, tuned: string] {
  return overview?.plan ? [overview.setting.models.base, overview.setting.models.tuned] : ["Base", "Tuned"];
}

/** How the answers of the two are called. */
export function answerNames(overview: Overview | undefined): readonly [base: string, tuned: string] {
  const [base, tuned] = modelNames(overview);
  return overview?.plan ? [base, tuned] : [`${base} answer`, `${tuned} answer`];
}

/** How all candidates of a report are called, in its order. */
export function candidateNames(overview: Overview): readonly string[] {
  return overview.plan ? overview.plan.candidates.map(({ name }) => name) : modelNames(overview);
}
