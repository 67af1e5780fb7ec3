import type { TargetFormat } from "../dataset/convert/format.ts";
import { targetFormats } from "../dataset/convert/index.ts";
import { readMapping, type Mapping } from "../dataset/convert/mapping.ts";
import { convertFile, type ConversionFault } from "../workers/convert-file.ts";
import { refuseSameFile } from "../workers/write-beside.ts";
import { visible } from "./excerpt.ts";
import { named, readInput, standardInput } from "./read-input.ts";
import { exitCode, type ExitCode, type Streams } from "./streams.ts";
import { count } from "./summary.ts";
import { UsageError } from "./target.ts";

export interface ConvertOptions {
  readonly to: string;
  readonly map?: string;
  readonly system?: string;
  readonly allowLoss?: boolean;
  readonly out: string;
}

/** `tunesmith convert`: a dataset or table in another format, whole or not at all. Rejects with a FileError for unusable files, a UsageError for wrong options. */
export async function convert(path: string, options: ConvertOptions, streams: Streams): Promise<ExitCode> {
  const { notes } = streams;
  const target = readFormat(options.to);
  const mapping = readOptions(options);
  if (path !== standardInput) refuseSameFile(path, options.out);
  const input = await readInput(path, standardInput, streams);
  let told = false;
  const tell = ({ line, reason }: ConversionFault): void => {
    if (!told) notes(`Nothing is written: ${input.name} cannot be converted to ${target.title} whole.\n`);
    told = true;
    notes(`${input.name}:${line} ${visible(reason)}\n`);
  };
  const conversion = { target, allowLoss: options.allowLoss ?? false, ...(mapping ? { mapping } : {}) };
  const converted = await named(input, () => convertFile(input.path, conversion, options.out, tell)).finally(input.remove);
  if (!converted.draft) {
    if (converted.refused > 0) notes(`${count(converted.refused, "record")} refused.${converted.onlyLossy ? " --allow-loss converts them without what would be lost." : ""}\n`);
    return exitCode.errorsFound;
  }
  converted.draft.publish();
  notes(`${count(converted.records, "record")} written to ${options.out}.\n`);
  if (converted.losses.size > 0) notes("Left out:\n");
  for (const [reason, number] of converted.losses) notes(`  ${number} × ${visible(reason)}\n`);
  return exitCode.clean;
}

function readFormat(id: string): TargetFormat {
  const target = targetFormats.find((known) => known.id === id);
  if (!target) throw new UsageError(`There is no format "${id}" to convert to. There are: ${targetFormats.map((known) => known.id).join(", ")}`);
  return target;
}

function readOptions({ map, system }: ConvertOptions): Mapping | undefined {
  if (map === undefined) {
    if (system !== undefined) throw new UsageError("--system needs --map: it is the system message of a table's rows.");
    return undefined;
  }
  const mapping = readMapping(map, system);
  if ("reason" in mapping) throw new UsageError(`The columns cannot be mapped: ${mapping.reason}.`);
  return mapping;
}
