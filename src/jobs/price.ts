/** An amount of money. */
export interface Price {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** What a provider expects a job to cost, by its own word. */
export interface PriceEstimate {
  readonly price?: Price;
  /** What it cannot go beyond, where it is ended at a time. */
  readonly most?: Price;
  /** Tokens that are trained on, over all epochs. */
  readonly trainTokens?: number;
  /** Tokens that are evaluated while it trains. */
  readonly validationTokens?: number;
  /** Whether the account may start it; undefined where the provider does not say. */
  readonly allowed?: boolean;
  /** The most that the account may spend. */
  readonly limit?: Price;
}
