import { fixFile } from "../workers/fix-file.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { count } from "./summary.ts";
import { readTarget } from "./target.ts";

export interface FixOptions {
  readonly target: string;
  readonly method: string;
  readonly out: string;
}

const shown = 20;

/** `tunesmith fix`: writes the repaired file to another place and says what is left to do by hand. Throws a FileError for unusable files. */
export function fix(path: string, options: FixOptions, { notes }: Streams): ExitCode {
  const { fixed, repairs, result } = fixFile(path, readTarget(options.target, options.method), options.out);
  const errors = result.findings.filter(({ severity }) => severity === "error");
  const rules = Array.from(repairs, ([rule, number]) => `${rule} ${number}`).join(", ");
  notes(`${count(fixed, "finding")} fixed${fixed > 0 ? ` (${rules})` : ""}, ${count(errors.length, "error")} left in ${options.out}.\n`);
  for (const { range, rule, message } of errors.slice(0, shown)) notes(`${options.out}:${range.start.line + 1}:${range.start.character + 1} ${message} [${rule}]\n`);
  if (errors.length > shown) notes(`… and ${errors.length - shown} more; "tunesmith lint ${options.out}" lists them.\n`);
  return errors.length > 0 ? exitCode.errorsFound : exitCode.clean;
}
