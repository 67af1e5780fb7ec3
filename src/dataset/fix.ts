import type { Finding, Fix } from "./finding.ts";
import { sourceOf } from "./lines.ts";
import { createLinter, type LintResult } from "./lint.ts";
import type { Source } from "./source.ts";
import type { Target } from "./targets/target.ts";
import { applyEdits, comparePositions, overlaps, type Edit } from "./text.ts";

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
    if (clear) chosen.push(...[...edits].sort((a, b) => comparePositions(a.range.start, b.range.start)));
  }
  return chosen;
}

function compareFixes(a: Fix, b: Fix): number {
  const [first] = a.edits;
  const [second] = b.edits;
  return first && second ? comparePositions(first.range.start, second.range.start) : 0;
}

/** A text after all its safe fixes, and what is left to say of it. */
export interface FixedText {
  readonly text: string;
  /** How many findings were repaired. */
  readonly fixed: number;
  /** Whether the file's bytes are to be written anew as UTF-8 without a byte-order mark. */
  readonly encoding: boolean;
  readonly result: LintResult;
}

/**
 * Applies safe fixes until none is left: a repaired line may show what its syntax hid before.
 * Lines without a fix stay as they are, to the character. Fixing the result again changes nothing.
 */
export function fixText(text: string, target: Target, origin: Partial<Pick<Source, "encoding" | "byteOrderMark">> = {}): FixedText {
  const linter = createLinter(target);
  let current = text;
  let fixed = 0;
  let result = linter.lint(sourceOf(current, origin));
  const encoding = safeFixes(result.findings).some((fix) => fix.encoding !== undefined);
  if (encoding) {
    fixed++;
    result = linter.lint(sourceOf(current));
  }
  // Every round repairs what it found; the bound only guards against two rules that would undo one another.
  for (let round = 0; round < 100; round++) {
    const edits = selectEdits(safeFixes(result.findings));
    if (edits.length === 0) break;
    fixed += edits.length;
    current = applyEdits(current, edits);
    result = linter.lint(sourceOf(current));
  }
  return { text: current, fixed, encoding, result };
}
