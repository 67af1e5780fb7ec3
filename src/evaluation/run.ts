import { fingerprint } from "../dataset/fingerprint.ts";
import { createAdaptiveConcurrency, type AdaptiveConcurrency, type Waiting } from "./adaptive-concurrency.ts";
import type { AnswerStore } from "./answer-store.ts";
import { askPatiently, type Outcome } from "./ask.ts";
import { answerByBatch } from "./batch/answer-by-batch.ts";
import type { BatchLedger, BatchQuestion, ChatBatches } from "./batch/batches.ts";
import type { BatchProgress } from "./batch/describe-batch.ts";
import type { ChatMessage, ChatModel, ChatOptions } from "./model.ts";
import type { TestRecord } from "./test-set.ts";

/** Who answers: a model of a service, in one way of asking it. */
export interface Candidate {
  /** Tells it from the other candidates; in progress and complaints. */
  readonly name: string;
  /** Names the service, because two services may give different models the same name. */
  readonly provider: string;
  readonly model: ChatModel;
  /** What it is asked for a record; the record's own prompt where it is left out. */
  readonly ask?: (record: TestRecord) => readonly ChatMessage[];
  /** Set where its questions go as a batch first. What the batch leaves without an answer, and without a refusal for good, is asked one by one. */
  readonly batch?: { readonly batches: ChatBatches; readonly ledger: BatchLedger };
}

export interface EvaluationPlan {
  readonly records: readonly TestRecord[];
  readonly candidates: readonly Candidate[];
  /** The same for all candidates. */
  readonly options: ChatOptions;
  /** How many requests are under way at the same time at most; fewer where a server does not take them. */
  readonly concurrency: number;
}

/** What every candidate made of a record, in the order of the candidates. */
export interface AnsweredRecord {
  readonly record: TestRecord;
  readonly outcomes: readonly Outcome[];
}

export interface Progress {
  /** The name of the candidate that answered last. */
  readonly candidate: string;
  readonly answered: number;
  readonly failed: number;
  /** How many of the answered were kept from before and not asked for; all of those come first. */
  readonly kept: number;
  /** Requests of all candidates together. */
  readonly total: number;
  /** What is counted where it is not answers: references that were scored, after all answers have come. */
  readonly counted?: "references";
  /** Set while the candidate's batch is waited for. */
  readonly batch?: BatchProgress;
}

/** A model that fails this often before it has answered anything is not asked further: the next record would fail the same way. */
const failuresWithoutAnswer = 5;

/**
 * Has every candidate answer every record, one candidate after the other, and gives the outcomes in the order of the records. What may pass is asked again;
 * a request that failed for good is an outcome, and is asked again when the evaluation is run again. Rejects with the signal's reason when cancelled,
 * and when a candidate answers nothing at all; what was answered until then is kept.
 */
export async function runEvaluation({ records, candidates, options, concurrency }: EvaluationPlan, store: AnswerStore, onProgress: (progress: Progress) => void, waiting: Waiting, signal: AbortSignal): Promise<readonly AnsweredRecord[]> {
  signal.throwIfAborted();
  const counts = { answered: 0, failed: 0, kept: 0, total: records.length * candidates.length };
  // Each service has a pace of its own.
  const paces = new Map<string, AdaptiveConcurrency>();
  const waitedFor: Promise<unknown>[] = [];
  let stopped: { readonly error: unknown } | undefined;
  for (const { provider } of candidates) if (!paces.has(provider)) paces.set(provider, createAdaptiveConcurrency(concurrency, waiting, signal));
  try {
    // All are queued at once, so that no place is empty while the last answers of a candidate come.
    const answers = await Promise.all(candidates.map((candidate) => askAll(candidate)));
    return records.map((record, index) => ({ record, outcomes: answers.map((outcomes) => outcomes[index] ?? { failure: "It was not asked." }) }));
  } catch (error) {
    // Every batch is cancelled at its service before the caller is told that the run is.
    if (signal.aborted) await Promise.allSettled(waitedFor);
    return stop(error);
  }

  /** No further request leaves once one has stopped the evaluation; those under way end by themselves or by the signal. */
  function stop(error: unknown): never {
    stopped ??= { error };
    for (const pace of paces.values()) pace.end(error);
    throw error;
  }

  async function askAll(candidate: Candidate): Promise<readonly Outcome[]> {
    const refused = await byBatch(candidate);
    let answered = 0;
    let failed = 0;
    return Promise.all(records.map(async (record) => {
      const outcome = await ask(candidate, record, refused);
      if ("failure" in outcome) {
        failed += 1;
        counts.failed += 1;
        if (answered === 0 && failed >= Math.min(failuresWithoutAnswer, records.length)) stop(new Error(`${candidate.name} answers nothing. The last reason: ${outcome.failure}`));
      } else {
        answered += 1;
        counts.answered += 1;
      }
      onProgress({ candidate: candidate.name, ...counts });
      return outcome;
    }));
  }

  /** Has a batch answer what is not kept; gives why questions were refused for good, by their keys. */
  async function byBatch({ name, provider, model, batch, ask: toMessages }: Candidate): Promise<ReadonlyMap<string, string>> {
    if (!batch) return new Map();
    const questions = records.flatMap((record): BatchQuestion[] => {
      const messages = toMessages?.(record) ?? record.prompt;
      const asked = optionsFor(record, options);
      const id = answerKey(provider, model.id, messages, asked);
      return store.find(id) ? [] : [{ id, messages, options: asked }];
    });
    if (questions.length === 0) return new Map();
    const pause: Waiting["pause"] = async (milliseconds, until) => {
      await waiting.pause(milliseconds, until);
      // The batch goes on without this run, and the next one finds it.
      if (stopped) throw stopped.error;
    };
    const waited = answerByBatch(questions, { ...batch, provider, model: model.id, store, waiting: { ...waiting, pause }, tell: (progress) => onProgress({ candidate: name, ...counts, batch: progress }) }, signal);
    waitedFor.push(waited);
    return waited;
  }

  async function ask({ provider, model, ask: toMessages }: Candidate, record: TestRecord, refused: ReadonlyMap<string, string>): Promise<Outcome> {
    const messages = toMessages?.(record) ?? record.prompt;
    const asked = optionsFor(record, options);
    const key = answerKey(provider, model.id, messages, asked);
    const kept = store.find(key);
    if (kept) {
      counts.kept += 1;
      return kept;
    }
    const failure = refused.get(key);
    if (failure !== undefined) return { failure };
    const pace = paces.get(provider);
    if (!pace) throw new RangeError(`There is no pace for ${provider}.`);
    const outcome = await askPatiently(model, messages, asked, pace, waiting, signal);
    if (!("failure" in outcome)) await store.keep(key, outcome);
    return outcome;
  }
}

/** The options under which a record is asked: with the tools that it declares. */
export function optionsFor({ tools }: TestRecord, options: ChatOptions): ChatOptions {
  return tools ? { ...options, tools } : options;
}

/** Names the answer to one question by one model under one set of options. */
export function answerKey(provider: string, model: string, prompt: TestRecord["prompt"], options: ChatOptions): string {
  const messages = prompt.map(({ role, content, tool_calls: calls, tool_call_id: id }) => [role, content, ...(calls || id !== undefined ? [calls ?? null, id ?? null] : [])]);
  return fingerprint(JSON.stringify([provider, model, options.temperature, options.maximumTokens, options.seed ?? null, messages, ...(options.tools ? [options.tools] : []), ...(options.form ? [options.form] : [])]));
}
