import type { Outcome } from "../ask.ts";
import type { ChatMessage, ChatOptions } from "../model.ts";

/** A question of a batch; its answer bears the same `id`, which has at most 64 letters and digits. */
export interface BatchQuestion {
  readonly id: string;
  readonly messages: readonly ChatMessage[];
  readonly options: ChatOptions;
}

/** Questions that go together, each as the line that the service takes. */
export interface BatchPart {
  readonly ids: readonly string[];
  readonly lines: readonly string[];
}

/** A batch as the service has it. */
export interface Batch {
  readonly id: string;
  /** `failed` was refused as a whole, and nothing of it was answered. `ended` is completed, expired or cancelled: what was answered can be read. */
  readonly state: "running" | "ended" | "failed";
  /** The service's own word, for people. */
  readonly status: string;
  /** Questions that have their answer, and those that will have none; undefined where the service does not tell. */
  readonly counts?: { readonly answered: number; readonly failed: number };
  /** Why it was refused, in the service's words. */
  readonly problem?: string;
  /** The service's names of the files that hold what came of it. */
  readonly files: readonly string[];
}

/** What came of one question; `passing` says of a failure that it may be answered when it is asked again. */
export interface BatchResult {
  readonly id: string;
  readonly outcome: Outcome;
  readonly passing: boolean;
}

/** The port to a service that answers many questions to one model together, later and for less. Rejects as `ChatModel` does. */
export interface ChatBatches {
  /** As many batches as the service's limits make of the questions, in their order. */
  split(questions: readonly BatchQuestion[]): Iterable<BatchPart>;
  /** Sends the questions and gives the service's name of their file. Nothing is answered, and billed, for that. */
  upload(part: BatchPart, signal: AbortSignal): Promise<string>;
  /** Has the questions of a file answered. Is never retried blindly: a batch whose answer was lost is found by its file. */
  start(file: string, signal: AbortSignal): Promise<Batch>;
  find(file: string, signal: AbortSignal): Promise<Batch | undefined>;
  look(id: string, signal: AbortSignal): Promise<Batch>;
  /** Has no signal, because it is called when the caller's own was aborted; it takes some seconds at most. What was answered before is kept by the service. */
  cancel(sent: Pick<SentBatch, "file" | "batch">): Promise<void>;
  /** In any order. */
  results(batch: Batch, signal: AbortSignal): AsyncIterable<BatchResult>;
}

/** A batch whose answers were not read yet, as it is kept on disk. */
export interface SentBatch {
  /** Its own name, made of where it was sent. */
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  /** The ids of its questions. */
  readonly keys: readonly string[];
  readonly file: string;
  /** The service's id of the batch; undefined while it is not known whether it was started. */
  readonly batch?: string | undefined;
}

/** Where batches are kept from before they are started until their answers are, so that none is paid for twice. */
export interface BatchLedger {
  list(provider: string, model: string): Promise<readonly SentBatch[]>;
  /** When this resolves, the batch is on disk; one of the same id is replaced. */
  keep(sent: SentBatch): Promise<void>;
  remove(id: string): Promise<void>;
}
