import { fingerprint } from "../dataset/fingerprint.ts";
import { createAdaptiveConcurrency, type AdaptiveConcurrency, type Waiting } from "./adaptive-concurrency.ts";
import { patiently } from "./ask.ts";
import { withReference, type ToldLikelihood } from "./likelihood.ts";
import { unsuitedForLikelihood } from "./metrics/perplexity.ts";
import type { Likelihood, WeighedMessage } from "./model.ts";
import type { AnsweredRecord, Candidate, EvaluationPlan, Progress } from "./run.ts";
import type { TestRecord } from "./test-set.ts";

/** Where likelihoods are kept as they come, as answers are. */
export interface LikelihoodStore {
  find(key: string): Likelihood | undefined;
  keep(key: string, likelihood: Likelihood): Promise<void>;
}

/** What a candidate without the capability is told by. */
export const notTold = "its service does not tell how likely a model finds a given text";

/**
 * Has every candidate whose service can tell say how likely it finds the reference of every record that it answered, given what it was asked, and gives the records with that.
 * What may pass is asked again; a failure for good is a reason why it is not told, and is asked again when the evaluation is run again. Rejects with the signal's reason when cancelled.
 */
export async function scoreReferences(answered: readonly AnsweredRecord[], { candidates, concurrency }: Pick<EvaluationPlan, "candidates" | "concurrency">, store: LikelihoodStore, onProgress: (progress: Progress) => void, waiting: Waiting, signal: AbortSignal): Promise<readonly AnsweredRecord[]> {
  signal.throwIfAborted();
  const isAsked = ({ record, outcomes }: AnsweredRecord, index: number): boolean => {
    const outcome = outcomes[index];
    return candidates[index]?.model.likelihood !== undefined && outcome !== undefined && !("failure" in outcome) && unsuitedForLikelihood(record.reference) === undefined;
  };
  const counts = { answered: 0, failed: 0, kept: 0, total: answered.reduce((sum, each) => sum + candidates.filter((_, index) => isAsked(each, index)).length, 0) };
  const paces = new Map<string, AdaptiveConcurrency>();
  for (const { provider } of candidates) if (!paces.has(provider)) paces.set(provider, createAdaptiveConcurrency(concurrency, waiting, signal));
  try {
    // One candidate after the other is queued, so that a service need not change models with every record.
    const told = await Promise.all(candidates.map((candidate, index) => Promise.all(answered.map((each) => (isAsked(each, index) ? count(candidate, each.record) : undefined)))));
    return answered.map(({ record, outcomes }, place) => ({
      record,
      outcomes: outcomes.map((outcome, index) => {
        if ("failure" in outcome || unsuitedForLikelihood(record.reference) !== undefined) return outcome;
        return { ...outcome, likelihood: told[index]?.[place] ?? { untold: notTold } };
      }),
    }));
  } catch (error) {
    for (const pace of paces.values()) pace.end(error);
    throw error;
  }

  async function count(candidate: Candidate, record: TestRecord): Promise<ToldLikelihood> {
    const told = await ask(candidate, record);
    counts["untold" in told ? "failed" : "answered"] += 1;
    onProgress({ candidate: candidate.name, ...counts, counted: "references" });
    return told;
  }

  async function ask({ provider, model, ask: toMessages }: Candidate, record: TestRecord): Promise<ToldLikelihood> {
    const messages = withReference(toMessages?.(record) ?? record.prompt, record.reference);
    const key = likelihoodKey(provider, model.id, messages, record.tools);
    const kept = store.find(key);
    if (kept) {
      counts.kept += 1;
      return kept;
    }
    const pace = paces.get(provider);
    const { likelihood } = model;
    if (!pace || !likelihood) return { untold: notTold };
    const told = await patiently(() => likelihood(messages, record.tools, signal), pace, waiting, signal);
    if ("failure" in told) return { untold: told.failure };
    await store.keep(key, told);
    return told;
  }
}

/** Names the likelihood that one model gives the answers of one conversation. */
export function likelihoodKey(provider: string, model: string, messages: readonly WeighedMessage[], tools: readonly unknown[] | undefined): string {
  return fingerprint(JSON.stringify(["likelihood", provider, model, messages.map(({ role, content, weight, tool_calls: calls, tool_call_id: id }) => [role, content, weight ?? null, calls ?? null, id ?? null]), tools ?? null]));
}
