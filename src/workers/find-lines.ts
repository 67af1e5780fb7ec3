import { createHash } from "node:crypto";
import { openRecordFile, type Extent } from "./records/record-file.ts";

/** A line that is looked for: by its number, from 1, of all lines or of those that hold a record; or by what stands on it, where the nearest to `near` is meant. */
export type WantedLine =
  | { readonly number: number; readonly counts: "lines" | "records" }
  | (LineMark & { readonly near: number });

/** What a line is known by again: the hash of its text without line break, as UTF-8, and how many bytes it has in its file. */
export interface LineMark {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly byteLength: number;
}

/** A line that was found. */
export interface FoundLine extends LineMark {
  /** From 0. */
  readonly line: number;
  /** In UTF-16 units. */
  readonly length: number;
}

/** The hash of a line's text, as `LineMark` has it. */
export function hashLine(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** A line break has at most two characters of two bytes. */
const longestBreak = 4;

/** Finds lines of a file of any size, in the order in which they are wanted; undefined for one that is not there. Rejects with a FileError. */
export async function findLines(path: string, wanted: readonly WantedLine[]): Promise<readonly (FoundLine | undefined)[]> {
  const file = openRecordFile(path);
  let lines = 0;
  await file.index((progress) => (lines = progress.lines));

  const found: (FoundLine | undefined)[] = wanted.map((each) => ("number" in each && each.counts === "lines" && each.number >= 1 && each.number <= lines ? read(each.number - 1) : undefined));
  const byRecord = new Map<number, number[]>();
  const marks: number[] = [];
  for (const [index, each] of wanted.entries()) {
    if (!("number" in each)) marks.push(index);
    else if (each.counts === "records") byRecord.set(each.number, [...(byRecord.get(each.number) ?? []), index]);
  }

  const lastRecord = Math.max(0, ...byRecord.keys());
  for (let line = 0, record = 0; line < lines && record < lastRecord; line++) {
    if (isBlank(file.extent(line))) continue;
    record++;
    for (const index of byRecord.get(record) ?? []) found[index] = read(line);
  }

  if (marks.length > 0) {
    for (let line = 0; line < lines; line++) {
      const { start, end } = file.extent(line);
      const like = marks.filter((index) => mayBe(wanted[index], end - start));
      if (like.length === 0) continue;
      const here = read(line);
      for (const index of like) if (isNearer(here, found[index], wanted[index])) found[index] = here;
    }
  }
  return found;

  function read(line: number): FoundLine {
    const extent = file.extent(line);
    const text = file.read(extent, extent.end - extent.start);
    return { line, length: text.length, sha256: hashLine(text), byteLength: extent.end - extent.start };
  }

  function isBlank(extent: Extent): boolean {
    const beginning = file.read(extent, 64);
    return beginning.trim() === "" && (extent.end - extent.start <= 64 || file.read(extent, extent.end - extent.start).trim() === "");
  }
}

function mayBe(wanted: WantedLine | undefined, byteLength: number): boolean {
  return wanted !== undefined && "byteLength" in wanted && Math.abs(wanted.byteLength - byteLength) <= longestBreak;
}

function isNearer(here: FoundLine, before: FoundLine | undefined, wanted: WantedLine | undefined): boolean {
  if (!wanted || !("sha256" in wanted) || wanted.sha256 !== here.sha256) return false;
  return before === undefined || Math.abs(here.line - wanted.near) < Math.abs(before.line - wanted.near);
}
