import { createAdaptiveConcurrency } from "../evaluation/adaptive-concurrency.ts";
import { patiently } from "../evaluation/ask.ts";
import { findUnlikely, type ScoredRecord, type UnlikelyRecords } from "../evaluation/unlikely-records.ts";
import type { LearnedFile } from "../workers/read-learned.ts";
import type { EvaluationDesk } from "./evaluate.ts";
import { waiting } from "./waiting.ts";

/** Which records of a file are looked for, and by which model. */
export interface ScoreRequest {
  readonly path: string;
  /** How the file is called in complaints. */
  readonly name: string;
  readonly service: string;
  readonly model: string;
  /** How many records are listed. */
  readonly most: number;
}

/** What scoring a file needs. */
export interface ScoreDesk extends Pick<EvaluationDesk, "open"> {
  /** Reads the file; in a worker where the caller must not wait. */
  readLearned(path: string, most: number, signal: AbortSignal): Promise<LearnedFile>;
  /** Is told of every record: how many of all have been scored. */
  scored(done: number, of: number): void;
}

/** A file that a model scored. */
export interface ScoredFile extends UnlikelyRecords {
  readonly model: string;
  /** Lines from 0 that were not scored, and why. */
  readonly left: readonly { readonly line: number; readonly reason: string }[];
}

/** More would take hours on a processor. */
const mostRecords = 20_000;
/** So many requests are under way; the local engine computes as many together. */
const concurrency = 16;
/** A model that fails so often before it scored anything is not asked further. */
const failuresWithoutScore = 5;

/**
 * Has a model score every record of a chat dataset, and gives those with the highest loss. Rejects with the signal's reason when cancelled, or with an Error for the user: where the
 * service does not tell how likely a model finds a given text, where no record can be scored, or where there are too many.
 */
export async function scoreFile({ path, name, service, model, most }: ScoreRequest, desk: ScoreDesk, signal: AbortSignal): Promise<ScoredFile> {
  const { records, refused, more } = await desk.readLearned(path, mostRecords, signal);
  if (more) throw new Error(`${name} has more than ${mostRecords.toLocaleString("en")} records, which would take hours. Take a sample of it first.`);
  if (records.length === 0) throw new Error(refused[0] ? `No record of ${name} can be scored. Line ${refused[0].line + 1}: ${refused[0].reason}.` : `${name} has no records.`);
  const { likelihood } = (await desk.open(service, signal)).chatModel(model);
  if (!likelihood) throw new Error(`${service} does not tell how likely a model finds a given text. Choose a model of the local engine, which tells it.`);
  const pace = createAdaptiveConcurrency(concurrency, waiting, signal);
  const scored: ScoredRecord[] = [];
  const left = [...refused];
  let failed = 0;
  /** No further request leaves. */
  const stop = (error: unknown): never => {
    pace.end(error);
    throw error;
  };
  try {
    await Promise.all(records.map(async ({ line, messages, tools }) => {
      const told = await patiently(() => likelihood(messages, tools, signal), pace, waiting, signal);
      if (!("failure" in told)) scored.push({ line, messages, likelihood: told });
      else {
        failed += 1;
        left.push({ line, reason: told.failure });
        if (scored.length === 0 && failed >= Math.min(failuresWithoutScore, records.length)) stop(new Error(`${model} scores no record. The last reason: ${told.failure}`));
      }
      desk.scored(scored.length + failed, records.length);
    }));
  } catch (error) {
    stop(error);
  }
  return { model, ...findUnlikely(scored, most), left: left.sort((a, b) => a.line - b.line) };
}
