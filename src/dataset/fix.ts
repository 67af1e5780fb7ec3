import type { Rewriting } from "./finding.ts";
import { toJsonLines } from "./json-lines.ts";
import { splitLines } from "./lines.ts";
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
  /** How the file's bytes are written anew, if they are. */
  readonly encoding: Exclude<Rewriting, "jsonl"> | undefined;
  readonly result: LintResult;
}

/**
 * Applies safe fixes until none is left: a repaired record may show what its syntax hid before.
 * Records without a fix stay as they are, to the character. Fixing the result again changes nothing.
 */
export function fixText(text: string, target: Target, origin: Partial<Pick<Source, "encoding" | "byteOrderMark">> = {}): FixedText {
  const linter = createLinter(target);
  let current = text;
  let { encoding = "utf-8", byteOrderMark = false } = origin;
  let fixed = 0;
  let anew: FixedText["encoding"];
  const lint = (): LintResult => linter.lint({ encoding, byteOrderMark, lines: splitLines(current) });
  let result = lint();
  // Every round repairs what it found; the bound only guards against two rules that would undo one another.
  for (let round = 0; round < 100; round++) {
    const fixes = safeFixes(result.findings);
    const rewritings = new Set(fixes.flatMap(({ rewrites }) => rewrites ?? []));
    const edits = rewritings.has("jsonl") ? [] : selectEdits(fixes);
    if (edits.length + rewritings.size === 0) break;
    fixed += edits.length + rewritings.size;
    for (const rewriting of rewritings) {
      if (rewriting === "jsonl") current = [...toJsonLines({ lines: splitLines(current) })].join("");
      else {
        anew = rewriting;
        encoding = "utf-8";
        byteOrderMark = rewriting === "utf-8-marked";
      }
    }
    current = applyEdits(current, edits);
    result = lint();
  }
  return { text: current, fixed, encoding: anew, result };
}
