import { appendFile, readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readReview, type ReviewEntry } from "../evaluation/review/review-entry.ts";
import { toFileName } from "./report-file.ts";

/** The file beside a report that holds what one person says of its answers: everybody has one, so that version control merges them. */
export function reviewPath(report: string, reviewer: string): string {
  return join(dirname(report), `${stemOf(report)}${toFileName(reviewer)}.jsonl`);
}

/** What people said of a report's answers, by the names that they sign with. A file that cannot be read counts as none. */
export async function readReviews(report: string): Promise<ReadonlyMap<string, readonly ReviewEntry[]>> {
  const names = (await readdir(dirname(report)).catch(() => [] as string[])).filter((name) => name.startsWith(stemOf(report)) && name.endsWith(".jsonl")).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(dirname(report), name), "utf8").catch(() => "")));
  const reviews = new Map<string, ReviewEntry[]>();
  for (const entry of texts.flatMap((text) => readReview(text))) reviews.set(entry.by, [...(reviews.get(entry.by) ?? []), entry]);
  return reviews;
}

/** Adds what a person says to their file. Rejects with Node's error when that cannot be written. */
export async function keepReview(report: string, entry: ReviewEntry): Promise<void> {
  const path = reviewPath(report, entry.by);
  const before = await readFile(path, "utf8").catch(() => "");
  // A crash may have cut the last line; the next must not be glued to it.
  await appendFile(path, `${before === "" || before.endsWith("\n") ? "" : "\n"}${JSON.stringify(entry)}\n`);
}

function stemOf(report: string): string {
  return `${basename(report).replace(/\.json$/i, "")}.review.`;
}
