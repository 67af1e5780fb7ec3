import type { ChatAnswer } from "./model.ts";

/** Where answers are kept as they come, so that an evaluation that was cancelled or cut off goes on where it was. */
export interface AnswerStore {
  find(key: string): ChatAnswer | undefined;
  /** Rejects when the answer could not be kept; the evaluation stops then. */
  keep(key: string, answer: ChatAnswer): Promise<void>;
}
