import type { ReviewEntry } from "./entry.ts";

/** What reviewers make of a record: rejected where one of them rejects it as it is, else approved where one approves it. */
export type ReviewStatus = "approved" | "rejected" | "earlier" | "discussed";

/** An entry, and whether its record is as it was then. */
export interface PlacedEntry extends ReviewEntry {
  readonly isCurrent: boolean;
}

/** The status of a record by what was said of it, the oldest first: of each reviewer the last verdict on the record as it is counts. `earlier` where there is none but one on an earlier version. */
export function statusOf(entries: readonly PlacedEntry[]): ReviewStatus {
  const last = new Map<string, PlacedEntry>();
  for (const entry of entries) if (entry.verdict !== undefined && (entry.isCurrent || last.get(entry.by)?.isCurrent !== true)) last.set(entry.by, entry);
  const verdicts = [...last.values()];
  const current = verdicts.filter(({ isCurrent }) => isCurrent);
  if (current.some(({ verdict }) => verdict === "rejected")) return "rejected";
  if (current.length > 0) return "approved";
  return verdicts.length > 0 ? "earlier" : "discussed";
}

/** How a status is called. */
export const statusTitles: Readonly<Record<ReviewStatus, string>> = { approved: "approved", rejected: "rejected", earlier: "on an earlier version", discussed: "discussed" };
