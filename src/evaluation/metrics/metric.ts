/** A way to judge an answer by the reference. */
export interface Metric {
  readonly id: string;
  readonly title: string;
  /** What counts as right or what is scored, for the user. */
  readonly explanation: string;
  /** Whether it tells right (1) from wrong (0), or gives a score from 0 to 1. */
  readonly kind: "pass-fail" | "score";
  measure(answer: string, reference: string): number;
  /** Why the metric is undefined for records with this reference, whatever the answer; undefined where it is not. Such records are left out with the reason. */
  unsuited?(reference: string): string | undefined;
}
