import type { Finding, Fix } from "./finding.ts";
import { comparePositions, overlaps, type Edit } from "./text.ts";

/** The first safe fix of each finding that has one. */
export function safeFixes(findings: readonly Finding[]): readonly Fix[] {
  return findings.flatMap((finding) => finding.fixes.filter(({ safe }) => safe).slice(0, 1));
}

/**
 * The edits of as many of these fixes as do not disturb one another, in the order of the text; of two that overlap the first wins.
 * A fix is taken whole or not at all.
 */
export function selectEdits(fixes: readonly Fix[]): readonly Edit[] {
  const chosen: Edit[] = [];
  const ordered = [...fixes].filter(({ edits }) => edits.length > 0).sort((a, b) => compareFixes(a, b));
  for (const { edits } of ordered) {
    const last = chosen.at(-1);
    const clear = edits.every((edit) => !last || comparePositions(edit.range.start, last.range.end) >= 0 && !overlaps(edit.range, last.range));
    if (!clear) continue;
    for (const edit of [...edits].sort((a, b) => comparePositions(a.range.start, b.range.start))) chosen.push(edit);
  }
  return chosen;
}

function compareFixes(a: Fix, b: Fix): number {
  const [first] = a.edits;
  const [second] = b.edits;
  return first && second ? comparePositions(first.range.start, second.range.start) : 0;
}
