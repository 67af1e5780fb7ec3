/** A way to tell a right answer from a wrong one. */
export interface Metric {
  readonly id: string;
  readonly title: string;
  /** What counts as right, for the user. */
  readonly explanation: string;
  isRight(answer: string, reference: string): boolean;
}
