/**
 * What was measured at one step. Names that mean the same everywhere are spelled one way: `train_loss`, `train_mean_token_accuracy`, `valid_loss`,
 * `valid_mean_token_accuracy`, `full_valid_loss`, `full_valid_mean_token_accuracy`, `train_mean_reward`, `valid_mean_reward`, `learning_rate`, `epoch`;
 * others stay as the provider calls them.
 */
export interface MetricPoint {
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly createdAt?: number;
  readonly metrics: Readonly<Record<string, number>>;
}
