import { readMapping } from "../dataset/convert/mapping.ts";
import { convertFile } from "../workers/convert-file.ts";
import { refuseSameFile } from "../workers/write-beside.ts";
import { named, readInput, standardInput } from "./read-input.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { count } from "./summary.ts";
import { UsageError } from "./target.ts";

export interface ConvertOptions {
  readonly to: string;
  readonly map: string;
  readonly system?: string;
  readonly out: string;
}

/** `tunesmith convert`: a table becomes a chat dataset, whole or not at all. Rejects with a FileError for unusable files. */
export async function convert(path: string, options: ConvertOptions, streams: Streams): Promise<ExitCode> {
  const { notes } = streams;
  if (options.to !== "openai-chat") throw new UsageError(`There is no format "${options.to}" to convert to. There is: openai-chat`);
  const mapping = readMapping(options.map, options.system);
  if ("reason" in mapping) throw new UsageError(`The columns cannot be mapped: ${mapping.reason}.`);
  if (path !== standardInput) refuseSameFile(path, options.out);
  const input = await readInput(path, standardInput, streams);
  const converted = await named(input, () => convertFile(input.path, mapping, options.out)).finally(input.remove);
  if ("records" in converted) {
    notes(`${count(converted.records, "record")} written to ${options.out}.\n`);
    return exitCode.clean;
  }
  notes(`Nothing was written: ${path} cannot be converted whole.\n`);
  for (const { line, reason } of converted.faults) notes(`${path}:${line} ${reason}\n`);
  return exitCode.errorsFound;
}
