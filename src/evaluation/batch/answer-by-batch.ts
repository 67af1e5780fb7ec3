import { fingerprint } from "../../dataset/fingerprint.ts";
import type { Waiting } from "../adaptive-concurrency.ts";
import type { AnswerStore } from "../answer-store.ts";
import type { ChatFailure } from "../model.ts";
import type { Batch, BatchLedger, BatchPart, BatchQuestion, ChatBatches, SentBatch } from "./batches.ts";
import type { BatchProgress } from "./describe-batch.ts";

/** What batches of one model need. */
export interface BatchDesk {
  readonly provider: string;
  readonly model: string;
  readonly batches: ChatBatches;
  readonly ledger: BatchLedger;
  readonly store: AnswerStore;
  readonly waiting: Waiting;
  tell(progress: BatchProgress): void;
}

/** Milliseconds before a batch is looked at the second time, and the most between two looks: services ask for no more than one or two a minute. */
const pauses = { first: 1000, most: 60_000, growth: 1.5, limited: 30_000 };
/** So often a batch is started again that the service did not take because there were too many requests. */
const limitedTries = 5;

interface Open {
  readonly sent: SentBatch;
  /** Whether an earlier run has sent it. What it leaves goes into a batch again, because nobody has waited for it. */
  readonly earlier: boolean;
  counts: { readonly answered: number; readonly failed: number };
  status: string;
}

/**
 * Has questions, none of which is kept, answered by batches, and keeps the answers. What a batch of an earlier run asks is waited for and not sent again. Gives
 * the sentences that say why a question was refused for good, by its id; what may be answered when it is asked again is in neither. Cancelling cancels the batches
 * at the service; whatever they have answered is read by the next run. Rejects with the signal's reason, or an Error for the user.
 */
export async function answerByBatch(questions: readonly BatchQuestion[], desk: BatchDesk, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const { provider, model, batches, ledger, store, waiting } = desk;
  const wanted = new Map(questions.map((question) => [question.id, question]));
  const refused = new Map<string, string>();
  const open: Open[] = [];
  const done = { questions: 0, answered: 0, failed: 0 };
  try {
    const earlier = (await ledger.list(provider, model)).filter(({ keys }) => keys.some((key) => wanted.has(key)));
    for (const sent of earlier) {
      const known = sent.batch === undefined ? await found(sent) : sent;
      if (known) enter(known, true);
    }
    const awaited = new Set(open.flatMap(({ sent }) => sent.keys));
    await begin([...wanted.keys()].filter((key) => !awaited.has(key)));
    for (let pause = pauses.first; open.length > 0; pause = Math.min(pauses.most, pause * pauses.growth)) {
      for (const each of [...open]) await follow(each);
      if (open.length === 0) break;
      tell();
      await waiting.pause(pause, signal);
    }
    return refused;
  } catch (error) {
    if (signal.aborted) await Promise.all(open.map(cancel));
    throw error;
  }

  async function begin(keys: readonly string[]): Promise<void> {
    const asked = keys.flatMap((key) => wanted.get(key) ?? []);
    for (const part of asked.length === 0 ? [] : batches.split(asked)) await send(part);
  }

  async function send(part: BatchPart): Promise<void> {
    const file = await batches.upload(part, signal);
    const sent: SentBatch = { id: fingerprint(JSON.stringify([provider, model, file])), provider, model, keys: part.ids, file };
    // From here on the batch may exist, and costs money; whoever comes after this process finds it by its file.
    await ledger.keep(sent);
    const entered = enter(sent, false);
    await note(entered, await start(entered));
  }

  async function start(entered: Open): Promise<Batch> {
    const { file } = entered.sent;
    for (let tries = 0; ; tries += 1) {
      try {
        return await batches.start(file, signal);
      } catch (error) {
        signal.throwIfAborted();
        const { kind, retryAfter = pauses.limited } = error as ChatFailure;
        if (!isPassing(error)) await drop(entered);
        else if (kind !== "rate-limited") {
          // Its answer may be all that was lost. Where it cannot be found now, the next run looks once more.
          const batch = await batches.find(file, signal);
          if (batch) return batch;
        } else if (tries < limitedTries) {
          await waiting.pause(retryAfter, signal);
          continue;
        }
        throw error;
      }
    }
  }

  /** A batch of which only the file is known, with the batch that was made of it; what was never started is forgotten. */
  async function found(sent: SentBatch): Promise<SentBatch | undefined> {
    const batch = await batches.find(sent.file, signal);
    if (!batch) return void (await ledger.remove(sent.id));
    const known = { ...sent, batch: batch.id };
    await ledger.keep(known);
    return known;
  }

  function enter(sent: SentBatch, earlier: boolean): Open {
    const entered: Open = { sent, earlier, counts: { answered: 0, failed: 0 }, status: "sent" };
    open.push(entered);
    return entered;
  }

  async function note(entered: Open, { id, counts, status }: Batch): Promise<void> {
    Object.assign(entered, { sent: { ...entered.sent, batch: id }, status, ...(counts ? { counts } : {}) });
    await ledger.keep(entered.sent);
    tell();
  }

  async function drop(entered: Open): Promise<void> {
    open.splice(open.indexOf(entered), 1);
    await ledger.remove(entered.sent.id);
  }

  async function follow(entered: Open): Promise<void> {
    const { sent, earlier } = entered;
    const batch = await unlessPassing(() => batches.look(sent.batch ?? "", signal), entered);
    if (!batch) return;
    entered.status = batch.status;
    if (batch.counts) entered.counts = batch.counts;
    if (batch.state === "running") return;
    if (batch.state === "failed") {
      await drop(entered);
      throw new Error(`${provider} refuses the batch of ${model}: ${batch.problem?.replace(/\.\s*$/, "") ?? `it says "${batch.status}"`}. Leave "batch" out, and the questions are asked one by one.`);
    }
    const read = await unlessPassing(() => readResults(entered, batch), entered);
    if (!read) return;
    // Only now that every answer is kept the batch may be forgotten.
    await drop(entered);
    const again = earlier ? sent.keys.filter((key) => wanted.has(key) && !store.find(key) && !refused.has(key)) : [];
    done.questions += sent.keys.length - again.length;
    done.answered += read.answered;
    done.failed += sent.keys.length - read.answered - again.length;
    await begin(again);
  }

  async function readResults({ sent }: Open, batch: Batch): Promise<{ readonly answered: number }> {
    const asked = new Set(sent.keys);
    for await (const { id, outcome, passing } of batches.results(batch, signal)) {
      if (!asked.has(id)) continue;
      if (!("failure" in outcome)) {
        refused.delete(id);
        if (!store.find(id)) await store.keep(id, outcome);
      } else if (!passing && !store.find(id)) refused.set(id, outcome.failure);
    }
    return { answered: sent.keys.filter((key) => store.find(key) !== undefined).length };
  }

  /** A service that is not reached for a while, or asks for patience, has the batch all the same. One that does not know it has lost the answers. */
  async function unlessPassing<Value>(act: () => Promise<Value>, entered: Open): Promise<Value | undefined> {
    try {
      return await act();
    } catch (error) {
      signal.throwIfAborted();
      if (isPassing(error)) {
        entered.status = "not reached";
        return undefined;
      }
      if (error instanceof Error && (error as ChatFailure).kind === "not-found") {
        await drop(entered);
        throw new Error(`${error.message} The answers of the batch ${entered.sent.batch ?? entered.sent.file} are lost; running this again asks its questions anew.`, { cause: error });
      }
      throw error;
    }
  }

  /** Whether it succeeds or not: the next run looks at the batch first. */
  async function cancel({ sent }: Open): Promise<void> {
    await batches.cancel(sent).catch(() => undefined);
  }

  function tell(): void {
    const sum = (of: "answered" | "failed"): number => open.reduce((total, { counts }) => total + counts[of], done[of]);
    desk.tell({ questions: open.reduce((total, { sent }) => total + sent.keys.length, done.questions), answered: sum("answered"), failed: sum("failed"), status: open[0]?.status ?? "" });
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof Error && (error as ChatFailure).passing === true;
}
