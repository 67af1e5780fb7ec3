/** How far the batches of one candidate have come. */
export interface BatchProgress {
  readonly questions: number;
  readonly answered: number;
  readonly failed: number;
  /** What the service says of the first that is under way. */
  readonly status: string;
}

/** What is told of batches that are waited for: "batch of 300 questions: 120 answered (in progress)". */
export function describeBatch({ questions, answered, failed, status }: BatchProgress): string {
  const number = (count: number): string => count.toLocaleString("en");
  return `batch of ${number(questions)} question${questions === 1 ? "" : "s"}: ${number(answered)} answered${failed > 0 ? `, ${number(failed)} failed` : ""} (${status.toLowerCase().replaceAll("_", " ")})`;
}
