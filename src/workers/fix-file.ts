import { statSync } from "node:fs";
import type { Finding, Fix, Rewriting } from "../dataset/finding.ts";
import { safeFixes, selectEdits } from "../dataset/select-edits.ts";
import { toJsonLines } from "../dataset/json-lines.ts";
import { lintOnce, type LintResult } from "../dataset/lint.ts";
import { notUtf8 } from "../dataset/rules/not-utf-8.ts";
import type { RuleSettings } from "../dataset/rule-settings.ts";
import { applySeverities, type Severities } from "../dataset/severities.ts";
import type { Line } from "../dataset/source.ts";
import type { Target } from "../dataset/targets/target.ts";
import type { Edit } from "../dataset/text.ts";
import { editLine } from "./edit-line.ts";
import { attempt, FileError } from "./file-error.ts";
import { lintFile, watched, type FileProgress } from "./lint-file.ts";
import { openSource, readBytes } from "./read-source.ts";
import { unchanged } from "./while-unchanged.ts";
import { refuseSameFile, writeDraft } from "./write-beside.ts";

/** What fixing a file did, and what is left to say of the file that was written. */
export interface FixedFile {
  /** How many findings were repaired. */
  readonly fixed: number;
  /** The same, by rule. */
  readonly repairs: ReadonlyMap<string, number>;
  readonly result: LintResult;
}

/** What fixing a file does at a moment: it reads to see what to repair, or writes what is repaired. */
export interface FixProgress extends Omit<FileProgress, "lines"> {
  readonly act: "checking" | "writing";
  /** Left out where bytes are copied as they are. */
  readonly lines?: number;
}

export interface FixFileOptions {
  /** How the project takes the findings of some rules. */
  readonly severities?: Severities | undefined;
  readonly settings?: RuleSettings | undefined;
  /** Told after each megabyte how far it is; when it throws, the run ends with that error and leaves nothing behind. */
  readonly watch?: (progress: FixProgress) => void;
}

/**
 * Writes `out` with all safe fixes of `path`, round by round until none is left: a repaired line may show what its syntax hid before.
 * What is found by a rule that `severities` turns off stays. Every byte that no fix touches is copied, be it UTF-8 or not.
 * `out` is always written, and never half; memory holds one line and the findings.
 * Throws a FileError when a file cannot be read or written, or when both are the same file.
 */
export function fixFile(path: string, target: Target, out: string, { severities, settings, watch = () => undefined }: FixFileOptions = {}): FixedFile {
  const checking: Watch = (progress) => watch({ ...progress, act: "checking" });
  const writing: Watch = (progress) => watch({ ...progress, act: "writing" });
  refuseSameFile(path, out);
  const repairs = new Map<string, number>();
  const before = attempt("read", path, () => statSync(path));
  if (before.isDirectory()) throw new FileError("read", path, Object.assign(new Error("it is a directory"), { code: "EISDIR" }));
  if (!before.isFile()) throw new FileError("read", path, new Error("it is no regular file; save it as one first"));
  const checkUnchanged = unchanged(path);
  let { plan, result } = planRepairs(path, target, { severities, settings }, checking);
  let draft = writeDraft(out, repaired(path, plan, writing));
  try {
    checkUnchanged();
    // Every round repairs what it found; the bound only guards against two rules that would undo one another.
    for (let round = 0; round < 100 && plan.repaired.length > 0; round++) {
      for (const { rule } of plan.repaired) repairs.set(rule, (repairs.get(rule) ?? 0) + 1);
      ({ plan, result } = planRepairs(draft.path, target, { severities, settings }, checking));
      if (plan.repaired.length === 0) break;
      const next = writeDraft(out, repaired(draft.path, plan, writing));
      draft.discard();
      draft = next;
    }
  } catch (error) {
    draft.discard();
    throw error;
  }
  draft.publish();
  return { fixed: [...repairs.values()].reduce((sum, count) => sum + count, 0), repairs, result };
}

type Watch = (progress: Omit<FixProgress, "act">) => void;

/** What one round does to a file. */
interface Plan {
  readonly repaired: readonly Finding[];
  readonly edits: ReadonlyMap<number, readonly Edit[]>;
  /** Whether the file is written anew, with a byte-order mark or without, or one record a line. */
  readonly rewritings: ReadonlySet<Rewriting>;
}

/** Findings of one rule that a round repairs at most; the next ones repair the others. */
const mostOfRound = 1_000_000;

const nothingToDo: Plan = { repaired: [], edits: new Map(), rewritings: new Set() };

function planRepairs(path: string, target: Target, { severities, settings }: Omit<FixFileOptions, "watch">, watch: Watch): { readonly plan: Plan; readonly result: LintResult } {
  const malformed = new Map<number, readonly number[]>();
  const source = openSource(path);
  let result: LintResult;
  try {
    const found = lintFile(path, target, { watch, settings, withoutLikeness: true, mostOfRule: mostOfRound });
    const isText = source.encoding === "utf-8" && !found.tallies.some(({ rule }) => rule === notUtf8.id);
    // Where bytes are no UTF-8, only the lines as they are read tell.
    result = applySeverities(isText ? found : lintOnce({ ...source, lines: noting(watched(source, watch), malformed) }, target, { settings, withoutLikeness: true }), severities);
  } finally {
    source.close();
  }
  // What is malformed in UTF-16 cannot be written as UTF-8 without losing it; such a file stays as it is.
  if (source.encoding !== "utf-8" && malformed.size > 0) return { plan: nothingToDo, result };
  const chosen = result.findings.flatMap((finding) => safeFixes([finding]).filter((fix) => !losesBytes(fix, malformed)).map((fix) => ({ finding, fix })));
  const rewritings = new Set(chosen.flatMap(({ fix }) => fix.rewrites ?? []));
  // The text of a file in UTF-16 is repaired in the next round, when it is UTF-8; the records of an array, when each has its line.
  const selected = new Set(source.encoding === "utf-8" && !rewritings.has("jsonl") ? selectEdits(chosen.map(({ fix }) => fix)) : []);
  const repaired = chosen.filter(({ fix }) => fix.rewrites !== undefined || fix.edits.some((edit) => selected.has(edit))).map(({ finding }) => finding);
  const edits = new Map<number, Edit[]>();
  for (const edit of selected) {
    const own = edits.get(edit.range.start.line);
    if (own) own.push(edit);
    else edits.set(edit.range.start.line, [edit]);
  }
  return { plan: { repaired, edits, rewritings }, result };
}

function* noting<Read extends Line>(lines: Iterable<Read>, malformed: Map<number, readonly number[]>): Generator<Read> {
  let number = 0;
  for (const line of lines) {
    if (line.malformed) malformed.set(number, line.malformed);
    yield line;
    number++;
  }
}

/** Whether a fix writes anew a stretch with bytes that are no UTF-8, which its text cannot hold. */
function losesBytes({ edits, rewrites }: Fix, malformed: ReadonlyMap<number, readonly number[]>): boolean {
  if (rewrites === "jsonl") return malformed.size > 0;
  return edits.some(({ range: { start, end }, text }) => text !== "" && malformed.get(start.line)?.some((character) => character >= start.character && (end.line > start.line || character < end.character)));
}

function* repaired(path: string, { edits, rewritings, repaired: findings }: Plan, watch: Watch): Generator<Buffer> {
  if (findings.length === 0) return yield* copied(path, watch);
  const source = openSource(path);
  try {
    const marked = rewritings.has("utf-8-marked") || (source.byteOrderMark && !rewritings.has("utf-8"));
    if (marked) yield Buffer.from("\uFEFF");
    if (rewritings.has("jsonl")) {
      for (const line of toJsonLines({ ...source, lines: watched(source, watch) })) yield Buffer.from(line);
      return;
    }
    let number = 0;
    for (const line of watched(source, watch)) {
      const own = edits.get(number);
      if (own) for (const { bytes } of editLine(line, number, own)) yield bytes;
      else yield line.bytes;
      number++;
    }
  } finally {
    source.close();
  }
}

function* copied(path: string, watch: Watch): Generator<Buffer> {
  const byteLength = attempt("read", path, () => statSync(path).size);
  let bytes = 0;
  for (const slice of readBytes(path)) {
    yield slice;
    bytes += slice.length;
    watch({ bytes, byteLength });
  }
}
