import type { Replacement } from "../../dataset/text.ts";
import { rangeOnLine } from "../../dataset/text.ts";
import { editLine } from "../edit-line.ts";
import { FileError } from "../file-error.ts";
import { toLine } from "../read-source.ts";
import type { RecordFile } from "./record-file.ts";

/**
 * Writes a file anew with a line edited; bytes that the replacements, which are in UTF-16 units of `text`, do not touch stay, be they UTF-8 or not. Throws a
 * FileError when the line is not `text`, or the file is none in UTF-8.
 */
export function editLineOf(file: RecordFile, path: string, line: number, text: string, replacements: readonly Replacement[]): void {
  requireUtf8(file, path);
  const extent = file.extent(line);
  const raw = toLine(file.bytes(extent));
  if (raw.text !== text) throw new FileError("write", path, new Error(`line ${line + 1} has changed since the record was opened`));
  const edits = replacements.map(({ start, end, text: put }) => ({ range: rangeOnLine(line, start, end), text: put }));
  file.replace(extent, Buffer.concat(editLine(raw, line, edits).map(({ bytes }) => bytes)));
}

/** Writes a file anew without a line. Throws a FileError likewise. */
export function removeLineOf(file: RecordFile, path: string, line: number, text: string): void {
  requireUtf8(file, path);
  const extent = file.extent(line);
  if (toLine(file.bytes(extent)).text !== text) throw new FileError("write", path, new Error(`line ${line + 1} has changed since it was read`));
  file.replace(extent, Buffer.alloc(0));
}

/** Writes a file anew with one more line behind its last one, which it makes end in a break as the first line does. Throws a FileError likewise. */
export function addLineTo(file: RecordFile, path: string, lines: number, byteLength: number, text: string): void {
  requireUtf8(file, path);
  const first = lines > 0 ? toLine(file.bytes(file.extent(0))).lineBreak : "";
  const lineBreak = first === "" ? "\n" : first;
  const closed = lines === 0 || toLine(file.bytes(file.extent(lines - 1))).lineBreak !== "";
  file.replace({ start: byteLength, end: byteLength }, Buffer.from(`${closed ? "" : lineBreak}${text}${lineBreak}`));
}

function requireUtf8({ encoding }: RecordFile, path: string): void {
  if (encoding !== "utf-8") throw new FileError("write", path, new Error("it is in UTF-16, of which single records cannot be written; save it as UTF-8 first"));
}
