import { countBySeverity } from "../dataset/finding-sink.ts";
import { fixFile } from "../workers/fix-file.ts";
import { refuseSameFile } from "../workers/write-beside.ts";
import { named, readInput, standardInput } from "./read-input.ts";
import { readSettings, type SettingsOptions } from "./settings.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { count } from "./summary.ts";
import { UsageError } from "./target.ts";

export interface FixOptions extends SettingsOptions {
  readonly out: string;
  /** How standard input is called, and whose folder's configuration it is fixed by. */
  readonly stdinFilename?: string;
}

const shown = 20;

/** `tunesmith fix`: writes the repaired file to another place and says what is left to do by hand. Rejects with a FileError for unusable files. */
export async function fix(argument: string, { out, stdinFilename = standardInput, ...options }: FixOptions, streams: Streams): Promise<ExitCode> {
  const { notes } = streams;
  if (/\.gz$/i.test(out)) throw new UsageError(`--out ${out} is the name of a packed file, and what is written is not packed. Name it ${out.replace(/\.gz$/i, "")}.`);
  const { target, configuration } = readSettings(options).forFile(argument === standardInput ? stdinFilename : argument);
  if (argument !== standardInput) refuseSameFile(argument, out);
  const input = await readInput(argument, stdinFilename, streams);
  try {
    const { fixed, repairs, result } = await named(input, () => fixFile(input.path, target, out, { severities: configuration?.settings.rules }));
    const errors = countBySeverity(result.tallies).error;
    const rules = Array.from(repairs, ([rule, number]) => `${rule} ${number}`).join(", ");
    notes(`${count(fixed, "finding")} fixed${fixed > 0 ? ` (${rules})` : ""}, ${count(errors, "error")} left in ${out}.\n`);
    for (const { range, rule, message } of result.findings.filter(({ severity }) => severity === "error").slice(0, shown)) notes(`${out}:${range.start.line + 1}:${range.start.character + 1} ${message} [${rule}]\n`);
    if (errors > shown) notes(`… and ${errors - shown} more; "tunesmith lint ${out}" lists them.\n`);
    return errors > 0 ? exitCode.errorsFound : exitCode.clean;
  } finally {
    input.remove();
  }
}
