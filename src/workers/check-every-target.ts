import { judgeEveryTarget, type EveryTarget, type Trial } from "../dataset/every-target.ts";
import type { FileFacts } from "../dataset/finding.ts";
import { fixText } from "../dataset/fix.ts";
import { sourceOf } from "../dataset/lines.ts";
import { lintOnce, type LintResult } from "../dataset/lint.ts";
import { applySeverities, type Severities } from "../dataset/severities.ts";
import type { Target } from "../dataset/targets/target.ts";
import { targets } from "../dataset/targets/index.ts";
import { lintFile } from "./lint-file.ts";
import { openSource } from "./read-source.ts";
import type { DocumentOrigin } from "./worker-protocol.ts";

/** What is checked: a file on disk, or the text of an open document, which may not be saved. */
export type Checked = { readonly path: string } | { readonly text: string; readonly origin: DocumentOrigin };

export interface EveryTargetOptions {
  readonly severities?: Severities | undefined;
  /** Told how much of all the work is done, from 0 to 1; when it throws, the run ends with that error. */
  readonly watch?: (share: number) => void;
}

/** Longer texts are not repaired for each target: each round of repairs holds the text again and checks it again. In bytes. */
const mostFixed = 16e6;

/** Checks a dataset for every target. Throws a FileError when the file cannot be read. */
export function checkEveryTarget(checked: Checked, { severities, watch = () => undefined }: EveryTargetOptions = {}): EveryTarget {
  const fixable = "text" in checked ? { text: checked.text, ...checked.origin } : readFixable(checked.path);
  function* trials(): Generator<Trial> {
    for (const [index, target] of targets.entries()) {
      const told = (share: number): void => watch((index + share) / targets.length);
      told(0);
      const found = applySeverities(lint(checked, target, told), severities);
      const isRefused = found.findings.some(({ severity }) => severity === "error");
      yield { target, found, left: isRefused && fixable && fixable.text.length <= mostFixed ? fixText(fixable.text, target, { ...fixable, severities }).result : undefined };
    }
  }
  const judged = judgeEveryTarget(trials());
  watch(1);
  return judged;
}

function lint(checked: Checked, target: Target, watch: (share: number) => void): LintResult {
  if ("text" in checked) return lintOnce(sourceOf(checked.text, checked.origin), target, { withoutLikeness: true });
  return lintFile(checked.path, target, { withoutLikeness: true, watch: ({ bytes, byteLength }) => watch(byteLength === 0 ? 0 : bytes / byteLength) });
}

/** The text of a file, unless it is too long to be repaired, or holds bytes that no text has. */
function readFixable(path: string): ({ readonly text: string } & FileFacts) | undefined {
  const source = openSource(path);
  try {
    const { encoding, byteOrderMark, byteLength } = source;
    if (byteLength === 0 || byteLength > mostFixed) return undefined;
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
