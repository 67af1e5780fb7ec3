import { createAdaptiveConcurrency } from "../evaluation/adaptive-concurrency.ts";
import { askPatiently } from "../evaluation/ask.ts";
import type { AskedCandidate } from "../evaluation/asked-record-document.ts";
import type { ChatMessage, ChatOptions } from "../evaluation/model.ts";
import { answerKey, optionsFor } from "../evaluation/run.ts";
import type { TestRecord } from "../evaluation/test-set.ts";
import { findAnswers } from "./answer-file.ts";
import type { EvaluationDesk } from "./evaluate.ts";
import { timed } from "./timed-model.ts";
import { waiting } from "./waiting.ts";

/** Who is asked, and what. */
export interface AskedModel {
  readonly name: string;
  readonly service: string;
  readonly model: string;
  readonly prompt: readonly ChatMessage[];
}

/** Answers to one record that the evaluations of the folder `root` have kept, in the order of the models; undefined where one has to be asked. */
export async function keptAnswers(root: string, record: TestRecord, models: readonly AskedModel[], options: ChatOptions): Promise<readonly (AskedCandidate | undefined)[]> {
  const find = await findAnswers(root, models.map(({ service, model }) => ({ provider: service, model })));
  return models.map(({ name, service, model, prompt }) => {
    const outcome = find(answerKey(service, model, prompt, optionsFor(record, options)));
    return outcome && { name, service, outcome, kept: true };
  });
}

/** Asks models one record, all at the same time; a failure is an outcome. Rejects with the signal's reason when cancelled, or with an Error for the user when a service cannot be opened. */
export async function askRecord(record: TestRecord, models: readonly AskedModel[], options: ChatOptions, desk: Pick<EvaluationDesk, "open">, signal: AbortSignal): Promise<readonly AskedCandidate[]> {
  return Promise.all(models.map(async ({ name, service, model, prompt }) => {
    const { chatModel } = await desk.open(service, signal);
    const outcome = await askPatiently(timed(chatModel(model)), prompt, optionsFor(record, options), createAdaptiveConcurrency(1, waiting, signal), waiting, signal);
    return { name, service, outcome, kept: false };
  }));
}
