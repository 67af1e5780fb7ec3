import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ReviewEntry, Withdrawal } from "../../dataset/review/entry.ts";
import { attempt } from "../file-error.ts";

/** Of the folder, and of the files in it. */
export const reviewEnding = ".review";

/** Where the reviews of a dataset lie: a folder beside it, with a file for each reviewer. */
export function reviewFolder(dataset: string): string {
  return `${dataset}${reviewEnding}`;
}

/** Whether something was ever said of a dataset's records. */
export function hasReviews(dataset: string): boolean {
  return existsSync(reviewFolder(dataset));
}

/** Adds a line to a reviewer's file. Throws a FileError. */
export function addReview(dataset: string, entry: ReviewEntry | Withdrawal): void {
  const folder = reviewFolder(dataset);
  const path = join(folder, `${fileName(entry.by)}${reviewEnding}`);
  attempt("write", path, () => {
    mkdirSync(folder, { recursive: true });
    appendFileSync(path, `${JSON.stringify(entry)}\n`, { flush: true });
  });
}

/** A reviewer's name as every file system takes it. */
function fileName(name: string): string {
  const plain = name.normalize("NFC").replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "").toLowerCase().slice(0, 80);
  return plain === "" || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/.test(plain) ? `reviewer-${plain}` : plain;
}
