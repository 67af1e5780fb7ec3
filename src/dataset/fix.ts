import { editedText } from "./edited-text.ts";
import type { FileFacts, Rewriting } from "./finding.ts";
import { toJsonLines } from "./json-lines.ts";
import { splitLines } from "./lines.ts";
import { createIncrementalLinter, type IncrementalLinter } from "./incremental-linter.ts";
import type { LintResult } from "./lint.ts";
import { safeFixes, selectEdits } from "./select-edits.ts";
import { applySeverities, type Severities } from "./severities.ts";
import type { Target } from "./targets/target.ts";
import { toReplacements, wholeRange, type Edit, type Replacement } from "./text.ts";

/** A text after all its safe fixes, and what is left to say of it. */
export interface FixedText {
  readonly text: string;
  /** What makes the text of it in one step. */
  readonly edits: readonly Edit[];
  /** How many findings were repaired. */
  readonly fixed: number;
  /** How the file's bytes are written anew, if they are. */
  readonly encoding: Exclude<Rewriting, "jsonl"> | undefined;
  readonly result: LintResult;
}

/** What is known of the text's file, and which rules a project has switched off. */
export interface FixOptions extends Partial<FileFacts> {
  readonly severities?: Severities | undefined;
}

/**
 * Applies safe fixes until none is left: a repaired record may show what its syntax hid before.
 * Records without a fix stay as they are, to the character. Fixing the result again changes nothing.
 */
export function fixText(text: string, target: Target, options: FixOptions = {}): FixedText {
  return fixWith(createIncrementalLinter(text, target), options);
}

/** The same for the text of a linter, which starts with what it knows and is edited: hand over a fork to keep it. */
export function fixWith(linter: IncrementalLinter, { severities, ...facts }: FixOptions = {}): FixedText {
  let current = editedText(linter.text());
  let repairing = linter;
  let { encoding = "utf-8", byteOrderMark = false } = facts;
  let fixed = 0;
  let anew: FixedText["encoding"];
  const lint = (): LintResult => applySeverities(repairing.lint({ ...(facts.byteLength === undefined ? {} : { byteLength: facts.byteLength }), encoding, byteOrderMark }, { withoutLikeness: true }), severities);
  let result = lint();
  // Every round repairs what it found; the bound only guards against two rules that would undo one another.
  for (let round = 0; round < 100; round++) {
    const fixes = safeFixes(result.findings);
    const rewritings = new Set(fixes.flatMap(({ rewrites }) => rewrites ?? []));
    const edits = rewritings.has("jsonl") ? [] : selectEdits(fixes);
    if (edits.length + rewritings.size === 0) break;
    fixed += edits.length + rewritings.size;
    for (const rewriting of rewritings) {
      if (rewriting === "jsonl") {
        current = current.edit([{ range: wholeRange(current.text), text: [...toJsonLines({ lines: splitLines(current.text) })].join("") }]);
        repairing = createIncrementalLinter(current.text, linter.target);
      } else {
        anew = rewriting;
        encoding = "utf-8";
        byteOrderMark = rewriting === "utf-8-marked";
      }
    }
    // From the last one on, so that the offsets of the others stay.
    for (const { start, end, text } of joinedByLine(current.text, toReplacements(current.text, edits)).reverse()) repairing.replace(start, end - start, text);
    current = current.edit(edits);
    result = lint();
  }
  return { text: current.text, edits: current.edits(), fixed, encoding: anew, result };
}

/** Replacements with those of one line joined: each splits its line anew, and a line may have a hundred thousand. */
function joinedByLine(text: string, replacements: Iterable<Replacement>): Replacement[] {
  const joined: { start: number; end: number; pieces: string[] }[] = [];
  for (const { start, end, text: put } of replacements) {
    const last = joined.at(-1);
    const between = last && text.slice(last.end, start);
    if (!last || between === undefined || /[\r\n]/.test(between)) {
      joined.push({ start, end, pieces: [put] });
      continue;
    }
    last.pieces.push(between, put);
    last.end = end;
  }
  return joined.map(({ start, end, pieces }) => ({ start, end, text: pieces.join("") }));
}
