import type { FileFacts } from "../dataset/finding.ts";
import { lintOnce, type LintOptions, type LintResult } from "../dataset/lint.ts";
import type { Target } from "../dataset/targets/target.ts";
import { createRangeLinter } from "./ranges/lint-range.ts";
import { createRangeMerger } from "./ranges/merge-ranges.ts";
import type { ByteRange } from "./ranges/judged-range.ts";
import { openSource, type OpenSource, type RawLine } from "./read-source.ts";
import { createSpilledTables } from "./spilled-tables.ts";

/** How far a run over a file has come. `byteLength` is 0 for what has no length, such as a pipe. */
export interface FileProgress {
  readonly bytes: number;
  readonly byteLength: number;
  /** Lines that have been read. */
  readonly lines: number;
}

export interface LintFileOptions extends Omit<LintOptions, "createTable"> {
  /** Told after each megabyte how far it is; when it throws, the run ends with that error, which is how to cancel it. */
  readonly watch?: ((progress: FileProgress) => void) | undefined;
}

/** How many findings of one rule are kept: more than anybody reads, fewer than take much memory. */
export const mostOfRule = 10_000;

const rangeBytes = 1 << 20;

/** Lints a file from disk, range by range, in this thread. Throws a FileError when the file cannot be read. */
export function lintFile(path: string, target: Target, { watch = () => undefined, ...options }: LintFileOptions = {}): LintResult {
  const bounded = { mostOfRule, ...options };
  const plan = planRanges(path, rangeBytes);
  if (!plan) return lintInOrder(path, target, bounded, watch);
  const { facts, jobs } = plan;
  const lint = createRangeLinter(path, target, { ...bounded, quick: options.quick ?? false }, rangeBytes);
  const tables = createSpilledTables();
  try {
    const merger = createRangeMerger(path, facts, target, { ...bounded, createTable: tables.create });
    for (const job of jobs) {
      const report = lint(job);
      if (report.isPartOfMore) return lintInOrder(path, target, bounded, watch);
      merger.add(report);
      watch({ bytes: job.to, byteLength: facts.byteLength, lines: merger.lines });
    }
    return merger.finish();
  } finally {
    tables.close();
  }
}

/** Lints a file from its first line to its last: what is no UTF-8, has no length, or is not a record on each line cannot be cut into ranges. */
export function lintInOrder(path: string, target: Target, options: Omit<LintOptions, "createTable">, watch: (progress: FileProgress) => void): LintResult {
  const source = openSource(path);
  const tables = createSpilledTables();
  try {
    return lintOnce({ ...source, lines: watched(source, watch) }, target, { ...options, createTable: tables.create });
  } finally {
    tables.close();
    source.close();
  }
}

/** The ranges of a file, each of so many bytes; undefined where it must be read in order. */
export function planRanges(path: string, bytes: number): { readonly facts: FileFacts & { readonly byteLength: number }; readonly jobs: readonly ByteRange[] } | undefined {
  const source = openSource(path);
  const { encoding, byteOrderMark, byteLength, isRegular } = source;
  source.close();
  if (encoding !== "utf-8" || !isRegular) return undefined;
  const first = byteOrderMark ? 3 : 0;
  const jobs = Array.from({ length: Math.ceil((byteLength - first) / bytes) }, (_, index) => ({
    from: first + index * bytes, to: Math.min(byteLength, first + (index + 1) * bytes), isFirst: index === 0,
  }));
  return { facts: { encoding, byteOrderMark, byteLength }, jobs };
}

/** The same lines; `watch` is told whenever another slice of the file has been read. */
export function* watched({ lines, position, byteLength }: OpenSource, watch: (progress: FileProgress) => void): Generator<RawLine> {
  let told = 0;
  let count = 0;
  for (const line of lines) {
    count++;
    yield line;
    if (position() === told) continue;
    told = position();
    watch({ bytes: told, byteLength, lines: count });
  }
}
