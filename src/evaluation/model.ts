/** One message of a conversation, as OpenAI's chat format has it. */
export interface ChatMessage {
  readonly role: string;
  readonly content: string;
}

export interface ChatOptions {
  readonly temperature: number;
  /** The most tokens that an answer may have. */
  readonly maximumTokens: number;
  readonly seed?: number;
}

export interface ChatAnswer {
  readonly text: string;
  /** Why the answer ended; `length` means that it was cut at the maximum. */
  readonly finishReason: string;
}

/** The port to a model that answers conversations. Rejects with an Error whose message is written for the user. */
export interface ChatModel {
  readonly id: string;
  answer(messages: readonly ChatMessage[], options: ChatOptions, signal: AbortSignal): Promise<ChatAnswer>;
}
