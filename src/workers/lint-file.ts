import { lintOnce, type LintResult } from "../dataset/lint.ts";
import type { Target } from "../dataset/targets/target.ts";
import { openSource, type OpenSource, type RawLine } from "./read-source.ts";

/** How far a run over a file has come. `byteLength` is 0 for what has no length, such as a pipe. */
export interface FileProgress {
  readonly bytes: number;
  readonly byteLength: number;
  /** Lines that have been read. */
  readonly lines: number;
}

/**
 * Lints a file from disk, line by line. `watch` is told after each megabyte how far it is; when it throws, the run ends with that error,
 * which is how to cancel it. Throws a FileError when the file cannot be read.
 */
export function lintFile(path: string, target: Target, watch: (progress: FileProgress) => void = () => undefined): LintResult {
  const source = openSource(path);
  try {
    return lintOnce({ ...source, lines: watched(source, watch) }, target);
  } finally {
    source.close();
  }
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
