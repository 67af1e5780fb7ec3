import { judgeEveryTarget, type EveryTarget, type Trial } from "../dataset/every-target.ts";
import type { FileFacts } from "../dataset/finding.ts";
import { fixText } from "../dataset/fix.ts";
import { sourceOf, splitLines } from "../dataset/lines.ts";
import { lintOnce, type LintResult } from "../dataset/lint.ts";
import { settledBy } from "../dataset/settled-by.ts";
import { applySeverities, type Severities } from "../dataset/severities.ts";
import type { Line } from "../dataset/source.ts";
import type { Target } from "../dataset/targets/target.ts";
import { targets } from "../dataset/targets/index.ts";
import { lintFile } from "./lint-file.ts";
import { openSource } from "./read-source.ts";

/** What is checked: a file on disk, or the text of an open document, which may not be saved. */
export type Checked = { readonly path: string } | { readonly text: string; readonly origin: Omit<FileFacts, "byteLength"> };

export interface EveryTargetOptions {
  readonly severities?: Severities | undefined;
  /** Told how much of all the work is done, from 0 to 1; when it throws, the run ends with that error. */
  readonly watch?: (share: number) => void;
  /** Other lengths than the usual ones. */
  readonly lengths?: typeof usualLengths;
}

/**
 * Longer texts are not repaired for each target: each round of repairs holds the text again and checks it again. In bytes. Of a longer dataset, a target that
 * refuses so many characters of its beginning need not look at the rest.
 */
const usualLengths = { fixed: 4e6, beginning: 1e6 };

/** Checks a dataset for every target; of one that is too long to be repaired for each, a target that refuses its beginning is told nothing more. Throws a FileError when the file cannot be read. */
export function checkEveryTarget(checked: Checked, { severities, watch = () => undefined, lengths = usualLengths }: EveryTargetOptions = {}): EveryTarget {
  const fixable = "text" in checked ? (checked.text.length > lengths.fixed ? undefined : { text: checked.text, ...checked.origin }) : readFixable(checked.path, lengths.fixed);
  const beginning = fixable ? undefined : readBeginning(checked, lengths.beginning);
  function* trials(): Generator<Trial> {
    for (const [index, target] of targets.entries()) {
      const told = (share: number): void => watch((index + share) / targets.length);
      told(0);
      const settled = beginning && settledBy(applySeverities(lintOnce(sourceOf(beginning), target, { withoutLikeness: true }), severities));
      if (settled) {
        yield { target, found: settled, isBeginning: true };
        continue;
      }
      const found = applySeverities(lint(checked, target, told), severities);
      const isRefused = found.findings.some(({ severity }) => severity === "error");
      yield { target, found, left: isRefused && fixable ? fixText(fixable.text, target, { ...fixable, severities }).result : undefined };
    }
  }
  const judged = judgeEveryTarget(trials());
  const isWhole = judged.targets.some((target) => target.beginning === undefined);
  const every = isWhole ? judged : { ...judged, records: withLines(checked, countRecords) };
  watch(1);
  return every;
}

function lint(checked: Checked, target: Target, watch: (share: number) => void): LintResult {
  if ("text" in checked) return lintOnce(sourceOf(checked.text, checked.origin), target, { withoutLikeness: true });
  return lintFile(checked.path, target, { withoutLikeness: true, watch: ({ bytes, byteLength }) => watch(byteLength === 0 ? 0 : bytes / byteLength) });
}

/** Calls `read` with the lines of a dataset. */
function withLines<Result>(checked: Checked, read: (lines: Iterable<Line & { readonly malformed?: unknown }>) => Result): Result {
  if ("text" in checked) return read(splitLines(checked.text));
  const source = openSource(checked.path);
  try {
    return read(source.lines);
  } finally {
    source.close();
  }
}

/** Records of a file that has one on each line. */
function countRecords(lines: Iterable<Line>): number {
  let records = 0;
  for (const { text } of lines) if (text.trim() !== "") records++;
  return records;
}

/** The first lines of a dataset that is longer, if each holds a whole record. */
function readBeginning(checked: Checked, most: number): string | undefined {
  return withLines(checked, (lines) => {
    const pieces: string[] = [];
    let length = 0;
    for (const { text, lineBreak, malformed } of lines) {
      if (length >= most) return pieces.join("");
      if (malformed || (text.trim() !== "" && !isRecord(text))) return undefined;
      pieces.push(text, lineBreak);
      length += text.length + lineBreak.length;
    }
    return undefined;
  });
}

function isRecord(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The text of a file, unless it is too long to be repaired, or holds bytes that no text has. */
function readFixable(path: string, most: number): ({ readonly text: string } & FileFacts) | undefined {
  const source = openSource(path);
  try {
    const { encoding, byteOrderMark, byteLength } = source;
    if (byteLength === 0 || byteLength > most) return undefined;
    const pieces: string[] = [];
    for (const { text, lineBreak, malformed } of source.lines) {
      if (malformed) return undefined;
      pieces.push(text, lineBreak);
    }
    return { text: pieces.join(""), encoding, byteOrderMark, byteLength };
  } finally {
    source.close();
  }
}
