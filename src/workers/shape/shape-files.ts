import { readCondition } from "../../dataset/shape/condition.ts";
import { countStrata, type RecordFacts } from "../../dataset/shape/record-facts.ts";
import { createFactsReader } from "../../dataset/shape/read-facts.ts";
import { readRenames, renameKeys } from "../../dataset/shape/rename-keys.ts";
import { balance, sample } from "../../dataset/shape/sample.ts";
import type { Deduplicate, Filter, Merge, Rename, Selection, Shape, Shuffle, Split } from "../../dataset/shape/shape.ts";
import { split } from "../../dataset/shape/split.ts";
import { FileError } from "../file-error.ts";
import type { FileProgress } from "../lint-file.ts";
import { createSpilledTables } from "../spilled-tables.ts";
import { rereadLines } from "../reread-lines.ts";
import { placeReviews } from "../review/place-reviews.ts";
import { unchanged } from "../while-unchanged.ts";
import { refuseSameFile } from "../write-beside.ts";
import { readFrozen, writeFrozen } from "./frozen-list.ts";
import { mergeInto } from "./merge-files.ts";
import type { Outcome } from "./outcome.ts";
import { openPart, type PartWriter } from "./part-writer.ts";
import { keepProvenance, type Provenance } from "./provenance.ts";
import { readRecords, recordLines } from "./read-records.ts";
import { shuffleInto } from "./shuffle-file.ts";

/** Which files are shaped, how, and where it is written: one file, or of a split first the training part and then what is kept back. */
export interface ShapeRequest {
  readonly inputs: readonly string[];
  readonly shape: Shape;
  readonly outs: readonly string[];
  /** Whether nothing is written and only told what would be. */
  readonly isPreview: boolean;
  /** When and by what version, which is kept beside each file that is written; without it nothing is kept. */
  readonly provenance?: Pick<Provenance, "at" | "version">;
}

/** What was written, or would be. */
export interface Shaped {
  /** Records that were read. */
  readonly records: number;
  readonly parts: readonly ShapedPart[];
}

export interface ShapedPart {
  readonly path: string;
  readonly records: number;
  /** How many records of each stratum it has, the most frequent first; none where they were not told apart. */
  readonly strata: readonly (readonly [name: string, records: number])[];
}

/**
 * Shapes datasets: all of it or nothing, with memory for some bytes a record and never for the file.
 * Throws a FileError when a file cannot be read or written, is read and written at once, or a part would have no record, and a ConditionError or RangeError for what was asked.
 */
export function shapeFiles(request: ShapeRequest, watch: (progress: FileProgress) => void = () => undefined): Shaped {
  const { inputs, shape, outs, isPreview } = request;
  for (const input of inputs) for (const out of outs) refuseSameFile(input, out);
  const checks = inputs.map((input) => unchanged(input));
  const parts: PartWriter[] = [];
  try {
    for (const out of outs) parts.push(openPart(out, isPreview));
    const shaped = shapeInto(shape, inputs, parts, watch);
    for (const check of checks) check();
    const empty = parts.find(({ records }) => records === 0);
    if (empty) throw new FileError("write", empty.path, new Error(`none of ${shaped.records} records would be in it${shaped.reason ?? ""}; nothing is written`));
    if (!isPreview) publish(parts, request, shaped);
    return { records: shaped.records, parts: parts.map(({ path, records }, part) => ({ path, records, strata: shaped.strata?.(part) ?? [] })) };
  } finally {
    for (const part of parts) part.discard();
  }
}

function shapeInto(shape: Shape, inputs: readonly string[], parts: readonly PartWriter[], watch: (progress: FileProgress) => void): Outcome {
  if (shape.kind === "merge") return mergeInto(inputs, shape satisfies Merge, parts, watch);
  const [input = ""] = inputs;
  switch (shape.kind) {
    case "split":
      return splitInto(input, shape, parts, watch);
    case "sample":
    case "balance":
      return selectInto(input, shape, parts, watch);
    case "shuffle":
      return shuffleInto(input, shape satisfies Shuffle, parts, watch);
    case "filter":
      return filterInto(input, shape, parts, watch);
    case "deduplicate":
      return deduplicateInto(input, shape, parts, watch);
    case "approved":
      return approvedInto(input, parts, watch);
    case "rename":
      return renameInto(input, shape, parts, watch);
  }
}

function splitInto(input: string, { heldOut, seed, strata, similarity, frozen: list }: Split, parts: readonly PartWriter[], watch: (progress: FileProgress) => void): Outcome {
  const facts = readFacts(input, { strata, groups: { similarity, conversations: true } }, watch);
  const frozen = list === undefined ? undefined : readFrozen(list);
  const chosen = split(facts, { heldOut, seed, ...(frozen ? { frozen } : {}) });
  writeChosen(input, parts, (record) => chosen[record]);
  const afterwards = list !== undefined && !frozen ? () => writeFrozen(list, facts.hashes, chosen) : undefined;
  const groups = facts.groups.reduce((count, head, record) => (head === record ? count + 1 : count), 0);
  const reason = groups < facts.count ? `: they are ${groups === 1 ? "one group" : `${groups} groups`} of records that are equal or nearly equal, ask the same, or are of one conversation, and each group stays in one part` : undefined;
  return { records: facts.count, strata: strataOf(facts, (record) => chosen[record]), ...(reason === undefined ? {} : { reason }), ...(afterwards ? { afterwards } : {}) };
}

function selectInto(input: string, { kind, amount, seed, strata }: Selection, parts: readonly PartWriter[], watch: (progress: FileProgress) => void): Outcome {
  const facts = readFacts(input, { strata }, watch);
  if (kind === "balance" && facts.names.length < 2) throw new FileError("read", input, new Error("its records have no labels to balance: answers are labels where most are short and each comes three times or more. Name the key that tells them apart, such as label"));
  const most = amount && "records" in amount ? amount.records : undefined;
  const chosen = kind === "balance" ? balance(facts, most, seed) : sample(facts, amount ?? { share: 1 }, seed);
  const partOf = (record: number): number | undefined => (chosen[record] === 1 ? 0 : undefined);
  writeChosen(input, parts, partOf);
  return { records: facts.count, strata: strataOf(facts, partOf) };
}

function filterInto(input: string, { where }: Filter, parts: readonly PartWriter[], watch: (progress: FileProgress) => void): Outcome {
  const holds = readCondition(where);
  let records = 0;
  for (const { line, text, value, bytes } of readRecords(input, watch)) {
    records++;
    if (holds({ line: line + 1, text, value })) parts[0]?.append(bytes);
  }
  return { records };
}

function deduplicateInto(input: string, { similarity }: Deduplicate, parts: readonly PartWriter[], watch: (progress: FileProgress) => void): Outcome {
  const { count, groups } = readFacts(input, { strata: "none", groups: { similarity, conversations: false } }, watch);
  writeChosen(input, parts, (record) => (groups[record] === record ? 0 : undefined));
  return { records: count };
}

function approvedInto(input: string, parts: readonly PartWriter[], watch: (progress: FileProgress) => void): Outcome {
  const { records, reviewed } = placeReviews(input, watch);
  const approved = new Set(reviewed.filter(({ status }) => status === "approved").map(({ line }) => line));
  if (approved.size === 0) throw new FileError("read", input, new Error(`none of its ${records} records is approved as it is, without being rejected by another reviewer; nothing is written`));
  for (const { line, bytes } of recordLines(input)) if (approved.has(line)) parts[0]?.append(bytes);
  return { records };
}

function renameInto(input: string, { keys }: Rename, parts: readonly PartWriter[], watch: (progress: FileProgress) => void): Outcome {
  const renames = readRenames(keys);
  let records = 0;
  let renamed = 0;
  for (const { line, text, lineBreak } of recordLines(input, watch)) {
    records++;
    const made = renameKeys(text, renames);
    if (!made) throw new FileError("read", input, new Error(`line ${line + 1} is no record: one object of JSON is expected on each line; nothing is written`));
    if ("taken" in made) throw new FileError("read", input, new Error(`line ${line + 1} has ${made.taken} already, and one of the two would be lost; nothing is written`));
    renamed += made.edits.length;
    parts[0]?.append(Buffer.from(made.text + (lineBreak === "" ? "\n" : lineBreak)));
  }
  if (renamed === 0 && records > 0) throw new FileError("read", input, new Error(`no record has ${renames.map(({ path }) => path.join(".")).join(" or ")}; nothing is written`));
  return { records };
}

function readFacts(input: string, wanted: Parameters<typeof createFactsReader>[0], watch: (progress: FileProgress) => void): RecordFacts {
  const tables = createSpilledTables();
  try {
    const reader = createFactsReader(wanted, tables.create);
    for (const record of readRecords(input, watch)) reader.add(record);
    return reader.finish(rereadLines(input));
  } finally {
    tables.close();
  }
}

function writeChosen(input: string, parts: readonly PartWriter[], partOf: (record: number) => number | undefined): void {
  let record = 0;
  for (const { bytes } of recordLines(input)) parts[partOf(record++) ?? -1]?.append(bytes);
}

function strataOf(facts: RecordFacts, partOf: (record: number) => number | undefined): Outcome["strata"] & object {
  const all = countStrata(facts);
  return (part) => {
    if (facts.names.length < 2) return [];
    const sizes = countStrata(facts, (record) => partOf(record) === part);
    return facts.names.map((name, place) => [name, sizes[place] ?? 0] as const).filter((_, place) => (all[place] ?? 0) > 0).sort((a, b) => b[1] - a[1]);
  };
}

function publish(parts: readonly PartWriter[], { inputs, shape, provenance }: ShapeRequest, { afterwards }: Outcome): void {
  for (const part of parts) {
    const sha256 = part.publish();
    if (provenance) keepProvenance(part.path, { ...provenance, shape, inputs, records: part.records, sha256 });
  }
  afterwards?.();
}
