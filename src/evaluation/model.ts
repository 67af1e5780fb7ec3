/** One message of a conversation, as OpenAI's chat format has it. */
export interface ChatMessage {
  readonly role: string;
  /** Empty where a message only calls tools. */
  readonly content: string;
  /** Calls that it makes, and the call whose result it is, as OpenAI's chat format writes them. */
  readonly tool_calls?: readonly unknown[] | undefined;
  readonly tool_call_id?: string | undefined;
}

export interface ChatOptions {
  readonly temperature: number;
  /** The most tokens that an answer may have. */
  readonly maximumTokens: number;
  readonly seed?: number;
  /** Tools that the model may call, as OpenAI's chat format declares them. */
  readonly tools?: readonly unknown[];
  /** A JSON Schema that the answer has to fit, where the service can hold a model to one. */
  readonly form?: { readonly name: string; readonly schema: object };
}

export interface ChatAnswer {
  /** What was said; where tools were called, what `writeCalls` makes of it. */
  readonly text: string;
  /** Why the answer ended; `length` means that it was cut at the maximum. */
  readonly finishReason: string;
  /** Tokens of the question and of the answer, by the service's count, where it tells them. */
  readonly promptTokens?: number | undefined;
  readonly answerTokens?: number | undefined;
  /** From the request to the whole answer, where it was measured. */
  readonly milliseconds?: number | undefined;
}

/** What the Error of a model may say besides its message. */
export interface ChatFailure {
  /** Whether the same request may be answered when it is sent again. */
  readonly passing?: boolean;
  /** `rate-limited` where the server takes fewer requests for now. */
  readonly kind?: string;
  /** Milliseconds after which the server asks to be asked again. */
  readonly retryAfter?: number;
}

/** A message of a conversation of which answers are scored: as in OpenAI's training records, an answer of weight 0 is not. */
export interface WeighedMessage extends ChatMessage {
  readonly weight?: number | undefined;
}

/** How likely a model finds given answers. */
export interface Likelihood {
  /** The natural logarithm of their probability: the sum over their tokens, the one that ends each answer included. */
  readonly logprob: number;
  /** How many tokens that are, by the model's own tokenizer. */
  readonly tokens: number;
}

/** The port to a model that answers conversations. It asks once, and rejects with an Error whose message is written for the user and which may say what `ChatFailure` has. */
export interface ChatModel {
  readonly id: string;
  answer(messages: readonly ChatMessage[], options: ChatOptions, signal: AbortSignal): Promise<ChatAnswer>;
  /** Says how likely the model finds the assistant's answers of weight 1, the default, each given all before it. Left out where the service does not tell that of a given text. Rejects as `answer` does, and where there is no such answer or the model does not read it whole. */
  likelihood?(messages: readonly WeighedMessage[], tools: readonly unknown[] | undefined, signal: AbortSignal): Promise<Likelihood>;
}
