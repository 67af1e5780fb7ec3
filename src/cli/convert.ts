import { accessSync, constants, statSync } from "node:fs";
import { readMapping } from "../dataset/convert/mapping.ts";
import { convertFile, type ConvertedFile } from "../workers/convert-file.ts";
import { describeFileError } from "../workers/file-error.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { UsageError } from "./target.ts";

export interface ConvertOptions {
  readonly to: string;
  readonly map: string;
  readonly system?: string;
  readonly out: string;
}

/** `tunesmith convert`: a table becomes a chat dataset, whole or not at all. */
export function convert(path: string, options: ConvertOptions, streams: Streams): ExitCode {
  if (options.to !== "openai-chat") throw new UsageError(`There is no format "${options.to}" to convert to. There is: openai-chat`);
  const mapping = readMapping(options.map, options.system);
  if ("reason" in mapping) throw new UsageError(`--map cannot be used: ${mapping.reason}.`);
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isDirectory()) throw Object.assign(new Error("it is a directory"), { code: "EISDIR" });
  } catch (error) {
    streams.notes(`${describeFileError("read", path, error)}\n`);
    return exitCode.unusable;
  }
  let converted: ConvertedFile;
  try {
    converted = convertFile(path, mapping, options.out);
  } catch (error) {
    streams.notes(`${describeFileError("write", options.out, error)}\n`);
    return exitCode.unusable;
  }
  if ("faults" in converted) {
    streams.notes(`Nothing was written: ${converted.faults.length} ${converted.faults.length === 1 ? "row" : "rows"} of ${path} cannot be converted whole.\n`);
    for (const { line, reason } of converted.faults) streams.notes(`${path}:${line} ${reason}\n`);
    return exitCode.errorsFound;
  }
  streams.notes(`${converted.records} records written to ${options.out}.\n`);
  return exitCode.clean;
}
