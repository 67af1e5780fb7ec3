import pLimit from "p-limit";
import { fingerprint } from "../dataset/fingerprint.ts";
import type { ChatAnswer, ChatModel, ChatOptions } from "./model.ts";
import type { TestRecord } from "./test-set.ts";

export interface EvaluationPlan {
  readonly records: readonly TestRecord[];
  /** Names the service, because two services may give different models the same name. */
  readonly provider: string;
  readonly base: ChatModel;
  readonly tuned: ChatModel;
  /** The same for both models. */
  readonly options: ChatOptions;
  /** How many requests are under way at the same time. */
  readonly concurrency: number;
}

/** What became of one request: an answer, or the sentence that says why there is none. */
export type Outcome = ChatAnswer | { readonly failure: string };

export interface AnsweredRecord {
  readonly record: TestRecord;
  readonly base: Outcome;
  readonly tuned: Outcome;
}

/** Where answers are kept as they come, so that an evaluation that was cancelled or cut off goes on where it was. */
export interface AnswerStore {
  find(key: string): ChatAnswer | undefined;
  /** Rejects when the answer could not be kept; the evaluation stops then. */
  keep(key: string, answer: ChatAnswer): Promise<void>;
}

export interface Progress {
  readonly model: "base" | "tuned";
  readonly answered: number;
  readonly failed: number;
  /** Requests of both models together. */
  readonly total: number;
}

/** A model that fails this often before it has answered anything is not asked further: the next record would fail the same way. */
const failuresWithoutAnswer = 5;

/**
 * Has both models answer every record, the base model first, and gives the outcomes in the order of the records. Retrying is the model's own matter;
 * a request that failed for good is an outcome, and is asked again when the evaluation is run again. Rejects with the signal's reason when cancelled,
 * and when a model answers nothing at all; what was answered until then is kept.
 */
export async function runEvaluation(plan: EvaluationPlan, store: AnswerStore, onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<readonly AnsweredRecord[]> {
  const counts = { answered: 0, failed: 0, total: plan.records.length * 2 };
  const base = await askAll("base");
  const tuned = await askAll("tuned");
  return plan.records.map((record, index) => ({ record, base: outcomeAt(base, index), tuned: outcomeAt(tuned, index) }));

  async function askAll(role: "base" | "tuned"): Promise<readonly Outcome[]> {
    const model = plan[role];
    const limit = pLimit({ concurrency: plan.concurrency, rejectOnClear: true });
    let answered = 0;
    let failed = 0;
    const report = (): void => onProgress({ model: role, ...counts });
    report();
    try {
      return await Promise.all(plan.records.map((record) => limit(async () => {
        const outcome = await ask(model, record);
        if ("failure" in outcome) {
          failed += 1;
          counts.failed += 1;
          if (answered === 0 && failed >= Math.min(failuresWithoutAnswer, plan.records.length)) throw new Error(`${model.id} answers nothing. The last reason: ${outcome.failure}`);
        } else {
          answered += 1;
          counts.answered += 1;
        }
        report();
        return outcome;
      })));
    } catch (error) {
      // No further request leaves once one has stopped the evaluation; those under way end by themselves or by the signal.
      limit.clearQueue();
      throw error;
    }
  }

  async function ask(model: ChatModel, { prompt }: TestRecord): Promise<Outcome> {
    signal.throwIfAborted();
    const key = answerKey(plan.provider, model.id, prompt, plan.options);
    const kept = store.find(key);
    if (kept) return kept;
    let answer: ChatAnswer;
    try {
      answer = await model.answer(prompt, plan.options, signal);
    } catch (error) {
      signal.throwIfAborted();
      return { failure: error instanceof Error ? error.message : String(error) };
    }
    await store.keep(key, answer);
    return answer;
  }
}

/** Names the answer to one question by one model under one set of options. */
export function answerKey(provider: string, model: string, prompt: TestRecord["prompt"], options: ChatOptions): string {
  return fingerprint(JSON.stringify([provider, model, options.temperature, options.maximumTokens, options.seed ?? null, prompt.map(({ role, content }) => [role, content])]));
}

function outcomeAt(outcomes: readonly Outcome[], index: number): Outcome {
  return outcomes[index] ?? { failure: "It was not asked." };
}
