/** One conversation to answer. */
export interface ChatRequest {
  /** The base model: a folder, or an id of the Hugging Face Hub. */
  readonly base: string;
  /** The folder of a LoRA adapter of that base. */
  readonly adapter?: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  /** 0 takes the likeliest token each time. */
  readonly temperature: number;
  readonly topP: number;
  readonly maximumTokens: number;
  readonly seed?: number;
  readonly stop: readonly string[];
}

/** A piece of an answer, or its end. */
export type ChatPart =
  | { readonly type: "token"; readonly text: string }
  | { readonly type: "done"; readonly finishReason: "stop" | "length"; readonly promptTokens: number; readonly completionTokens: number };

/** A failed answer; `code` is `invalid_model`, `context_length_exceeded`, `out_of_memory`, `process_ended`, `unexpected`. The message is for the user. */
export class ChatError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "ChatError";
    this.code = code;
  }
}

/** The process that answers conversations. It starts with the first request, again when it died, and ends when it had nothing to do for a while. */
export interface ChatProcess {
  /** The answer's pieces, the last of which is `done`. Throws `ChatError`, or the signal's reason when aborted. */
  answer(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatPart>;
  /** Ends the process; requests under way end with `ChatError`. */
  stop(): Promise<void>;
}
