import * as z from "zod";

const signed = { at: z.iso.datetime(), by: z.string().min(1), line: z.int().min(1) };
const comparison = z.object({
  ...signed,
  /** The candidates that were compared, by their names in the report. */
  pair: z.tuple([z.string(), z.string()]),
  /** The one whose answer was shown first. */
  first: z.string(),
  /** The one whose answer is better; null for a tie. */
  preferred: z.string().nullable(),
});
const rating = z.object({ ...signed, candidate: z.string(), rating: z.int().min(1).max(5) });
const entry = z.union([comparison, rating]);

/** What a person says of two answers to a record, whose models were not named. */
export type ReviewedPair = z.infer<typeof comparison>;
/** What a person says of one answer; the form in which a plan's judge takes people's marks. */
export type ReviewedAnswer = z.infer<typeof rating>;
export type ReviewEntry = z.infer<typeof entry>;

/** Reads a person's file, an entry a line; of several on the same answers the last counts. A line that somebody has broken is passed over. */
export function readReview(text: string): readonly ReviewEntry[] {
  const entries = new Map<string, ReviewEntry>();
  for (const line of text.split(/\r?\n/)) {
    const read = entry.safeParse(parsed(line));
    if (!read.success) continue;
    const key = subjectOf(read.data);
    // What was said last stands last, too.
    entries.delete(key);
    entries.set(key, read.data);
  }
  return [...entries.values()];
}

/** What an entry is of, whoever says it. */
export function subjectOf(of: { readonly line: number } & ({ readonly pair: readonly [string, string] } | { readonly candidate: string })): string {
  return JSON.stringify([of.line, "pair" in of ? [...of.pair].sort() : of.candidate]);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
