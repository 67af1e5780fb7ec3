import type { Mapping } from "../dataset/convert/mapping.ts";
import { missingColumn, toChat } from "../dataset/convert/to-chat.ts";
import { readTable } from "./read-table.ts";
import type { TableFault } from "./table.ts";
import { refuseSameFile, writeBeside } from "./write-beside.ts";

/** How a conversion ended: how many records were written, or why nothing was. Faults stand in the order of their lines. */
export type ConvertedFile = { readonly records: number } | { readonly faults: readonly TableFault[] };

/**
 * Writes the rows of a table as a chat dataset, all of them or, when one cannot be converted whole, none.
 * Throws a FileError when a file cannot be read or written, or when both are the same file.
 */
export function convertFile(path: string, mapping: Mapping, out: string): ConvertedFile {
  refuseSameFile(path, out);
  const { header, rows, faults } = readTable(path);
  const missing = header ? mapping.columns.filter(({ column }) => !header.columns.includes(column)) : [];
  if (header && missing.length > 0) return { faults: missing.map(({ column }) => ({ line: header.line, reason: missingColumn(column, header.columns) })) };
  const lines: string[] = [];
  const refused: TableFault[] = [...faults];
  for (const { line, row } of rows) {
    const converted = toChat(row, mapping);
    if ("reason" in converted) refused.push({ line, reason: converted.reason });
    else lines.push(converted.line);
  }
  if (refused.length === 0 && lines.length === 0) refused.push({ line: 1, reason: "the file has no rows" });
  if (refused.length > 0) return { faults: refused.sort((a, b) => a.line - b.line) };
  writeBeside(out, lines.map((line) => Buffer.from(`${line}\n`)));
  return { records: lines.length };
}
