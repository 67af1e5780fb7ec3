import { describeFileError } from "../workers/file-error.ts";
import { lintFile } from "../workers/lint-file.ts";
import { findFiles } from "./find-files.ts";
import { presentJson, summarise, type LintedFile } from "./present-json.ts";
import { presentText } from "./present-text.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { readTarget } from "./target.ts";

export interface LintOptions {
  readonly target: string;
  readonly method: string;
  readonly format: "text" | "json";
}

/** `tunesmith lint`: judges what can be opened by its findings; what cannot is named, and the other files are still reported. */
export async function lint(written: readonly string[], options: LintOptions, streams: Streams): Promise<ExitCode> {
  const target = readTarget(options.target, options.method);
  const linted: LintedFile[] = [];
  let unreadable = false;
  for (const path of await findFiles(written)) {
    try {
      linted.push({ path, result: lintFile(path, target) });
    } catch (error) {
      unreadable = true;
      streams.notes(`${describeFileError("read", path, error)}\n`);
    }
  }
  streams.output(options.format === "json" ? presentJson(linted) : presentText(linted, streams.colour));
  if (unreadable) return exitCode.unusable;
  return summarise(linted).errors > 0 ? exitCode.errorsFound : exitCode.clean;
}
