import { readMapping } from "../dataset/convert/mapping.ts";
import { convertFile } from "../workers/convert-file.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { count } from "./summary.ts";
import { UsageError } from "./target.ts";

export interface ConvertOptions {
  readonly to: string;
  readonly map: string;
  readonly system?: string;
  readonly out: string;
}

/** `tunesmith convert`: a table becomes a chat dataset, whole or not at all. Throws a FileError for unusable files. */
export function convert(path: string, options: ConvertOptions, { notes }: Streams): ExitCode {
  if (options.to !== "openai-chat") throw new UsageError(`There is no format "${options.to}" to convert to. There is: openai-chat`);
  const mapping = readMapping(options.map, options.system);
  if ("reason" in mapping) throw new UsageError(`The columns cannot be mapped: ${mapping.reason}.`);
  const converted = convertFile(path, mapping, options.out);
  if ("records" in converted) {
    notes(`${count(converted.records, "record")} written to ${options.out}.\n`);
    return exitCode.clean;
  }
  notes(`Nothing was written: ${path} cannot be converted whole.\n`);
  for (const { line, reason } of converted.faults) notes(`${path}:${line} ${reason}\n`);
  return exitCode.errorsFound;
}
