import { sourceOf } from "./lines.ts";
import { createLinter, type LintResult } from "./lint.ts";
import { safeFixes, selectEdits } from "./select-edits.ts";
import type { Source } from "./source.ts";
import type { Target } from "./targets/target.ts";
import { applyEdits } from "./text.ts";

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
