import type { Severity } from "./finding.ts";
import type { Problem, RecordSummary } from "./rules/rule.ts";

/** What is known of a record by its text alone. */
export interface RecordAnalysis {
  readonly problems: readonly { readonly rule: string; readonly severity: Severity; readonly problem: Problem }[];
  readonly summary: Pick<RecordSummary, "length" | "kind" | "format" | "fingerprint" | "keys" | "traits" | "likeness">;
}
