import { convertRecord, convertRow, type Converted } from "../dataset/convert/convert-record.ts";
import type { TargetFormat } from "../dataset/convert/format.ts";
import type { Mapping } from "../dataset/convert/mapping.ts";
import { missingColumn } from "../dataset/convert/read-row.ts";
import type { Entry } from "./entry.ts";
import type { FileProgress } from "./lint-file.ts";
import { readEntries } from "./read-entries.ts";
import { unchanged } from "./while-unchanged.ts";
import { openDraft, refuseSameFile, type Draft } from "./write-beside.ts";

/** What a file becomes. */
export interface Conversion {
  readonly target: TargetFormat;
  /** For tables: which column is said by whom. Without one, a row is a record whose keys are the columns. */
  readonly mapping?: Mapping;
  /** Whether what the target cannot hold is left out; without it, such a record is refused. */
  readonly allowLoss: boolean;
}

/** A place that is not converted whole: the line (from 1) on which its record begins, and why. */
export interface ConversionFault {
  readonly line: number;
  readonly reason: string;
  /** Whether it is converted if losses are allowed. */
  readonly lossy: boolean;
}

/** How a conversion ended. Without a draft nothing is written. */
export interface ConvertedFile {
  /** The records that were written. */
  readonly records: number;
  /** Records that cannot be converted, and those that lose something if that is not allowed; none where it is the file itself that cannot be. */
  readonly refused: number;
  /** Whether allowing losses would convert every record. */
  readonly onlyLossy: boolean;
  /** What was left out, with its number, by the reason and the kind of place. */
  readonly losses: ReadonlyMap<string, number>;
  readonly draft?: Draft;
}

/**
 * Converts a file record by record, all of them or none; memory holds some records at a time. `tell` is told each fault as it is found, in the order
 * of the lines; `watch` how far it is. The result is a draft of `out`, which whoever asked publishes or discards.
 * Rejects with a FileError when a file cannot be read or written, or when both are the same file.
 */
export async function convertFile(path: string, conversion: Conversion, out: string, tell: (fault: ConversionFault) => void, watch?: (progress: FileProgress) => void): Promise<ConvertedFile> {
  refuseSameFile(path, out);
  const requireUnchanged = unchanged(path);
  const draft = openDraft(out);
  const losses = new Map<string, number>();
  let records = 0;
  let refused = 0;
  let onlyLossy = true;
  let isRefused = false;
  const refuse = (line: number, reason: string, lossy = false): void => {
    refused++;
    onlyLossy &&= lossy;
    tell({ line, reason, lossy });
  };
  const refuseFile = (line: number, reason: string): void => {
    isRefused = true;
    tell({ line, reason, lossy: false });
  };
  const take = (entry: Entry): void => {
    if ("fault" in entry) return refuse(entry.line, entry.fault);
    if ("columns" in entry) {
      for (const { column } of conversion.mapping?.columns ?? []) if (!entry.columns.includes(column)) refuseFile(entry.line, missingColumn(column, entry.columns));
      return;
    }
    const converted = convert(entry.text, conversion);
    if ("refusal" in converted) return refuse(entry.line, converted.refusal);
    if (converted.losses.length > 0 && !conversion.allowLoss) return refuse(entry.line, converted.losses.map(({ path: place, reason }) => `${place}: ${reason}`).join("; "), true);
    for (const { path: place, reason } of converted.losses) {
      const kind = `${place.replace(/\[\d+\]/g, "[]")}: ${reason}`;
      losses.set(kind, (losses.get(kind) ?? 0) + 1);
    }
    records++;
    if (refused === 0) draft.append(Buffer.from(`${converted.line}\n`));
  };
  try {
    for await (const entries of readEntries(path, watch)) {
      for (const entry of entries) if (!isRefused) take(entry);
      if (isRefused) break;
    }
    requireUnchanged();
    if (records === 0 && refused === 0 && !isRefused) refuseFile(1, "the file has no records");
  } catch (error) {
    draft.discard();
    throw error;
  }
  const isWhole = refused === 0 && !isRefused;
  if (!isWhole) draft.discard();
  return { records, refused, onlyLossy: refused > 0 && onlyLossy, losses, ...(isWhole ? { draft: draft.finish() } : {}) };
}

function convert(text: string, { target, mapping }: Conversion): Converted {
  return mapping ? convertRow(text, mapping, target) : convertRecord(text, target);
}
