import type { Metric } from "../evaluation/metrics/metric.ts";
import type { AnsweredRecord, Candidate, Progress } from "../evaluation/run.ts";
import { scoreReferences } from "../evaluation/score-references.ts";
import type { AnswerFile } from "./answer-file.ts";
import { waiting } from "./waiting.ts";

/** Whether one of the metrics measures by how likely a model finds the reference. */
export function needLikelihoods(metrics: readonly Metric[]): boolean {
  return metrics.some(({ needsLikelihood }) => needsLikelihood === true);
}

/** Throws an Error for the user when no candidate could tell what the metrics need, before anything is asked. */
export function demandLikelihoods(metrics: readonly Metric[], candidates: readonly Candidate[]): void {
  if (!needLikelihoods(metrics) || candidates.some(({ model }) => model.likelihood !== undefined)) return;
  const services = [...new Set(candidates.map(({ provider }) => provider))];
  throw new Error(`Perplexity cannot be measured: ${services.join(", ")} ${services.length === 1 ? "does" : "do"} not tell how likely a model finds a given text. Leave the metric perplexity out, or ask models of the local engine, which tells it.`);
}

/** The answered records with what the metrics need besides, where they need it. Rejects as `scoreReferences` does. */
export async function withLikelihoods(metrics: readonly Metric[], answered: readonly AnsweredRecord[], asked: { readonly candidates: readonly Candidate[]; readonly concurrency: number }, answers: Pick<AnswerFile, "likelihoods">, desk: { report(doing: string): void; answered(progress: Progress): void }, signal: AbortSignal): Promise<readonly AnsweredRecord[]> {
  if (!needLikelihoods(metrics) || answered.length === 0) return answered;
  desk.report("asking how likely the references are");
  return scoreReferences(answered, asked, answers.likelihoods, (progress) => desk.answered(progress), waiting, signal);
}
