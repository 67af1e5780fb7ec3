/** What a moderation model says of a text: the categories that it flags, the surest first; none where it flags nothing. */
export interface Judgement {
  readonly flagged: readonly { readonly category: string; /** From 0 to 1. */ readonly score: number }[];
}

/** The port to a model that judges texts by a provider's rules of use. It asks once, and rejects as `ChatModel` does. */
export interface ModerationModel {
  readonly id: string;
  /** As many judgements as texts, in their order. */
  judge(texts: readonly string[], signal: AbortSignal): Promise<readonly Judgement[]>;
}

/** What is known of a service's moderation before it is opened. */
export interface ModerationOffer {
  readonly model: string;
  /** Whether the service says that it bills nothing for it. */
  readonly free: boolean;
}
