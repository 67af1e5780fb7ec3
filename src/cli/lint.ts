import type { Target } from "../dataset/targets/target.ts";
import { describeFileError } from "../workers/file-error.ts";
import { lintFile } from "../workers/lint-file.ts";
import { findFiles } from "./find-files.ts";
import { presentJson } from "./present-json.ts";
import { presentSarif } from "./present-sarif.ts";
import { presentText } from "./present-text.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { count, summarise, type LintedFile } from "./summary.ts";
import { readTarget } from "./target.ts";

export interface LintOptions {
  readonly target: string;
  readonly method: string;
  readonly format: "text" | "json" | "sarif";
  /** More warnings than this end with exit code 1 too. */
  readonly maxWarnings?: number;
}

/** `tunesmith lint`: judges what can be opened by its findings; what cannot is named, and the other files are still reported. */
export async function lint(written: readonly string[], options: LintOptions, streams: Streams): Promise<ExitCode> {
  const target = readTarget(options.target, options.method);
  const linted: LintedFile[] = [];
  const complaints: string[] = [];
  for (const found of await findFiles(written)) {
    const file = "unmatched" in found ? `No file matches ${found.unmatched}.` : lintOne(found.path, target);
    if (typeof file !== "string") linted.push(file);
    else {
      complaints.push(file);
      streams.notes(`${file}\n`);
    }
  }
  writeAll(present(linted, complaints, options.format, streams), streams);
  if (complaints.length > 0) return exitCode.unusable;
  const { errors, warnings } = summarise(linted);
  if (errors > 0) return exitCode.errorsFound;
  if (warnings <= (options.maxWarnings ?? Infinity)) return exitCode.clean;
  streams.notes(`${count(warnings, "warning")}, and --max-warnings allows ${options.maxWarnings}.\n`);
  return exitCode.errorsFound;
}

function present(linted: readonly LintedFile[], complaints: readonly string[], format: LintOptions["format"], { colour }: Streams): Iterable<string> {
  if (format === "json") return presentJson(linted);
  return format === "sarif" ? presentSarif(linted, complaints) : presentText(linted, colour);
}

/** What a file was found to be, or the sentence that says why it cannot be read. */
function lintOne(path: string, target: Target): LintedFile | string {
  try {
    return { path, result: lintFile(path, target) };
  } catch (error) {
    return describeFileError("read", path, error);
  }
}

/** Writes the pieces some at a time: one write for each would be slow, and one for all of them may be longer than a string can be. */
function writeAll(pieces: Iterable<string>, { output }: Streams): void {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < 1 << 16) continue;
    output(text);
    text = "";
  }
  output(text);
}
