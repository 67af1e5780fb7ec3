import { lintOnce, type LintResult } from "../dataset/lint.ts";
import type { Target } from "../dataset/targets/target.ts";
import { openSource, type RawLine } from "./read-source.ts";

/** How far a run over a file has come. */
export interface FileProgress {
  readonly bytes: number;
  readonly byteLength: number;
}

/**
 * Lints a file from disk, line by line. `watch` is told every megabyte or so how far it is; when it throws, the run ends with that error.
 * Throws Node's error when the file cannot be read.
 */
export function lintFile(path: string, target: Target, watch: (progress: FileProgress) => void = () => undefined): LintResult {
  const source = openSource(path);
  try {
    return lintOnce({ ...source, lines: watched(source.lines, () => watch({ bytes: source.position(), byteLength: source.byteLength })) }, target);
  } finally {
    source.close();
  }
}

/** The same lines; `tick` is called after each thousand of them. */
function* watched(lines: Iterable<RawLine>, tick: () => void): Generator<RawLine> {
  let count = 0;
  for (const line of lines) {
    yield line;
    if (++count % 1000 === 0) tick();
  }
}
