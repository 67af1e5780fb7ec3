import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readReviews } from "../../dataset/review/entry.ts";
import { attempt } from "../file-error.ts";
import { reviewEnding, reviewFolder } from "./review-folder.ts";

/** What was said of a dataset's records. Throws a FileError. */
export function readReviewFolder(dataset: string): ReturnType<typeof readReviews> {
  const folder = reviewFolder(dataset);
  if (!existsSync(folder)) return { entries: [], unreadable: 0 };
  const names = attempt("read", folder, () => readdirSync(folder)).filter((name) => name.endsWith(reviewEnding));
  return readReviews(names.sort().map((name) => attempt("read", join(folder, name), () => readFileSync(join(folder, name), "utf8"))));
}
