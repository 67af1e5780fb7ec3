import { diffWordsWithSpace } from "diff";

/** A stretch of text that two texts share, or that only one of them has. */
export interface Stretch {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** Texts that are so far apart take longer than this to compare, in milliseconds; nobody would read the result word by word. */
const longest = 100;

/** How `text` differs from `from`, word by word; undefined where the two are too long and too different to say it soon. */
export function wordDifference(from: string, text: string): readonly Stretch[] | undefined {
  const changes = diffWordsWithSpace(from, text, { timeout: longest });
  return changes?.map(({ added, removed, value }) => ({ kind: added ? "added" : removed ? "removed" : "same", text: value }));
}
