import { basename, dirname, extname, join } from "node:path";
import { version } from "../../../package.json";
import { ConditionError } from "../../dataset/shape/condition.ts";
import { readAmount } from "../../dataset/shape/read-amount.ts";
import type { Shape } from "../../dataset/shape/shape.ts";
import type { Amount } from "../../dataset/shape/split.ts";
import type { Strata } from "../../dataset/shape/strata.ts";
import { shapeFiles, type Shaped, type ShapeRequest } from "../../workers/shape/shape-files.ts";
import { visible } from "../excerpt.ts";
import { findFiles } from "../find-files.ts";
import { readInput, standardInput, type Input } from "../read-input.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { count } from "../summary.ts";
import { UsageError } from "../target.ts";

export interface SplitOptions {
  readonly validation: string;
  readonly test?: string;
  readonly out?: string;
  readonly frozen?: string;
  readonly similarity: number;
  readonly seed: number;
  readonly by?: string;
  readonly dryRun?: boolean;
}

export interface ShapeOptions {
  readonly out: string;
  readonly dryRun?: boolean;
  readonly seed?: number;
  readonly by?: string;
  readonly records?: string;
  readonly most?: number;
  readonly where?: string;
  readonly keys?: string;
  readonly unique?: boolean;
  readonly similarity?: number;
}

/** Labels that are told of each file. */
const mostTold = 8;

/** `tunesmith split`: parts of a dataset, all of them or nothing. Rejects with a FileError, or a UsageError for wrong options. */
export async function splitFile(file: string, { validation, test, out, frozen, similarity, seed, by, dryRun }: SplitOptions, streams: Streams): Promise<ExitCode> {
  const heldOut = [amountOf("--validation", validation), ...(test === undefined ? [] : [amountOf("--test", test)])];
  const path = file === standardInput ? join(".", "dataset.jsonl") : file;
  const ending = extname(path.replace(/\.gz$/i, ""));
  const name = basename(path.replace(/\.gz$/i, ""), ending);
  const part = (which: string): string => join(out ?? dirname(path), `${name}.${which}${ending}`);
  const outs = [part("train"), part("validation"), ...(test === undefined ? [] : [part("test")])];
  return run([file], { kind: "split", heldOut, seed, strata: strataOf(by), similarity, ...(frozen === undefined ? {} : { frozen }) }, outs, dryRun, streams);
}

/** The commands that write one file. Rejects likewise. */
export async function shapeFile(kind: Exclude<Shape["kind"], "split">, files: readonly string[], options: ShapeOptions, streams: Streams): Promise<ExitCode> {
  return run(files, shapeOf(kind, options), [options.out], options.dryRun, streams);
}

function shapeOf(kind: Exclude<Shape["kind"], "split">, { seed = 1, by, records, most, where = "", keys = "", unique = false, similarity = 0.8 }: ShapeOptions): Shape {
  switch (kind) {
    case "sample":
      return { kind, amount: amountOf("--records", records ?? ""), seed, strata: strataOf(by) };
    case "balance":
      return { kind, ...(most === undefined ? {} : { amount: { records: most } }), seed, strata: strataOf(by) };
    case "shuffle":
      return { kind, seed };
    case "filter":
      return { kind, where };
    case "rename":
      return { kind, keys };
    case "merge":
      return { kind, unique };
    case "deduplicate":
      return { kind, similarity };
    case "approved":
      return { kind };
  }
}

async function run(files: readonly string[], shape: Shape, outs: readonly string[], isPreview = false, streams: Streams): Promise<ExitCode> {
  const packed = outs.find((out) => /\.gz$/i.test(out));
  if (packed !== undefined) throw new UsageError(`${packed} is the name of a packed file, and what is written is not packed. Name it ${packed.replace(/\.gz$/i, "")}.`);
  const inputs: Input[] = [];
  try {
    for (const found of await findFiles(files)) {
      if ("unmatched" in found) throw new UsageError(`No file matches ${found.unmatched}.`);
      inputs.push(await readInput(found.path, standardInput, streams));
    }
    const made = shapeOrRefuse({ inputs: inputs.map(({ path }) => path), shape, outs, isPreview, provenance: { at: new Date().toISOString(), version } });
    tell(made, isPreview, streams);
    return exitCode.clean;
  } finally {
    for (const { remove } of inputs) remove();
  }
}

function shapeOrRefuse(request: ShapeRequest): Shaped {
  try {
    return shapeFiles(request);
  } catch (error) {
    if (error instanceof ConditionError || error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

function tell({ records, parts }: Shaped, isPreview: boolean, { notes }: Streams): void {
  for (const { path, records: written, strata } of parts) {
    notes(`${count(written, "record")} of ${records} ${isPreview ? "would be written" : "written"} to ${path}.\n`);
    const told = strata.slice(0, mostTold).map(([name, number]) => `${name === "" ? "(none)" : visible(name)} ${number}`);
    if (told.length > 0) notes(`  ${told.join(", ")}${strata.length > mostTold ? `, … ${strata.length - mostTold} more` : ""}\n`);
    const lacking = strata.filter(([, number]) => number === 0).length;
    if (lacking > 0) notes(`  ${count(lacking, "label")} not in it.\n`);
  }
}

function amountOf(option: string, written: string): Amount {
  const amount = readAmount(written);
  if (amount) return amount;
  throw new UsageError(`${option} ${written}: an amount is a number of records, or a share such as 0.1 or 10%.`);
}

function strataOf(by: string | undefined): Strata {
  if (by === undefined) return "label";
  return by === "none" ? "none" : { key: by };
}
