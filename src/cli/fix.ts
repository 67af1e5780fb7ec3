import { accessSync, constants } from "node:fs";
import { describeFileError } from "../workers/file-error.ts";
import { fixFile, type FixedFile } from "../workers/fix-file.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { readTarget } from "./target.ts";

export interface FixOptions {
  readonly target: string;
  readonly method: string;
  readonly out: string;
}

/** `tunesmith fix`: writes the repaired file to another place and says what is left to do by hand. */
export function fix(path: string, options: FixOptions, streams: Streams): ExitCode {
  const target = readTarget(options.target, options.method);
  let fixed: FixedFile;
  try {
    accessSync(path, constants.R_OK);
  } catch (error) {
    streams.notes(`${describeFileError("read", path, error)}\n`);
    return exitCode.unusable;
  }
  try {
    fixed = fixFile(path, target, options.out);
  } catch (error) {
    const reading = (error as { syscall?: unknown }).syscall === "read" || (error as { code?: unknown }).code === "EISDIR" && (error as { syscall?: unknown }).syscall !== "rename";
    streams.notes(`${reading ? describeFileError("read", path, error) : describeFileError("write", options.out, error)}\n`);
    return exitCode.unusable;
  }
  const errors = fixed.result.findings.filter(({ severity }) => severity === "error");
  streams.notes(`${fixed.fixed} fixed, ${errors.length} ${errors.length === 1 ? "error" : "errors"} left in ${options.out}.\n`);
  for (const { range, rule, message } of errors.slice(0, 20)) streams.notes(`${options.out}:${range.start.line + 1}:${range.start.character + 1} ${message} [${rule}]\n`);
  if (errors.length > 20) streams.notes(`… and ${errors.length - 20} more; "tunesmith lint ${options.out}" lists them.\n`);
  return errors.length > 0 ? exitCode.errorsFound : exitCode.clean;
}
