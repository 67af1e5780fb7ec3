import type { RunHead } from "./run-head.ts";

/** By what a run is told to belong to a history. */
export type Series = { readonly version: 1; readonly models: { readonly provider: string; readonly base: string; readonly tuned: string } } | { readonly version: 2; readonly plan: string };

/** What decides which comparison a run is. */
type Setting = RunHead extends infer Head ? (Head extends RunHead ? Pick<Head, Extract<keyof Head, "version" | "dataset" | "options" | "metric" | "also" | "models" | "candidates">> : never) : never;

/** What runs have in common that are one history: their plan, or the service and the models that were compared. */
export function seriesOf(run: Series): string {
  return JSON.stringify(run.version === 2 ? [run.plan] : [run.models.provider, run.models.base, run.models.tuned]);
}

/**
 * How many different comparisons were made on the test file of a run, itself included. A run in the very same settings finds the answers that are kept and is no further
 * look. A test file is the same by its path or its bytes: records that were corrected or taken out in between do not make it a fresh one.
 */
export function countLooks(run: Setting, earlier: readonly Setting[]): number {
  const alike = earlier.filter(({ dataset }) => dataset.sha256 === run.dataset.sha256 || dataset.path === run.dataset.path);
  return new Set([run, ...alike].map(lookOf)).size;
}

function lookOf(run: Setting): string {
  const asked = run.version === 2 ? run.candidates.map(({ service, model, fewShot, retrieval }) => [service, model, fewShot ?? null, retrieval ?? null]) : [run.models.base, run.models.tuned].map((model) => [run.models.provider, model, null, null]);
  const { temperature, maximumTokens, seed } = run.options;
  return JSON.stringify([asked, temperature, maximumTokens, seed ?? null, run.metric, run.also ?? []]);
}

/** The chance that at least one of so many independent comparisons shows a difference at the level `alpha` where there is none: 1 − (1 − α)ᵏ (Šidák). */
export function chanceOfFalseAlarm(looks: number, alpha = 0.05): number {
  return 1 - (1 - alpha) ** looks;
}
