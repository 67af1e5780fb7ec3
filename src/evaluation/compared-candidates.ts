import type { JudgedRecord } from "./report-schema.ts";
import type { ReportView } from "./report-view.ts";

/** Two candidates of a report by their places: what is compared with, and what is judged. */
export type Pair = readonly [base: number, candidate: number];

/** The pair that is meant, or the first two where a candidate is not there or is compared with itself. */
export function pairIn({ candidates }: Pick<ReportView, "candidates">, wanted: Pair | undefined): Pair {
  const there = (index: number): boolean => candidates[index] !== undefined;
  return wanted && wanted[0] !== wanted[1] && there(wanted[0]) && there(wanted[1]) ? wanted : [0, 1];
}

/** The records as two candidates answered them. */
export function recordsOfPair({ records }: Pick<ReportView, "records">, [base, candidate]: Pair): readonly JudgedRecord[] {
  const missing = { failure: "It was not asked." };
  return records.map(({ outcomes, prompt, ...record }) => ({ ...(record as Omit<JudgedRecord, "prompt" | "base" | "tuned">), prompt: prompt as JudgedRecord["prompt"], base: outcomes[base] ?? missing, tuned: outcomes[candidate] ?? missing }));
}
