import type { Mapping } from "./mapping.ts";

/** The text of a cell, or what it holds instead, in words such as "a list". */
export type Cell = string | { readonly holds: string };

/** One row of a table: its cells by the names of their columns. */
export type Row = ReadonlyMap<string, Cell>;

/**
 * One row as a line of OpenAI's chat format, without its line break. What could not be converted whole is refused with the reason:
 * a column that the row lacks, an empty cell, a cell that holds no text.
 */
export function toChat(row: Row, mapping: Mapping): { readonly line: string } | { readonly reason: string } {
  const messages = mapping.system === undefined ? [] : [{ role: "system", content: mapping.system }];
  for (const { role, column } of mapping.columns) {
    const cell = row.get(column);
    if (cell === undefined) return { reason: missingColumn(column, [...row.keys()]) };
    if (typeof cell !== "string") return { reason: `column "${column}" holds ${cell.holds}; expected text` };
    if (cell.trim() === "") return { reason: `column "${column}" is empty` };
    messages.push({ role, content: cell });
  }
  return { line: JSON.stringify({ messages }) };
}

/** Says that a column is not among `names`. */
export function missingColumn(column: string, names: readonly string[]): string {
  return `there is no column "${column}"; there is ${names.map((name) => `"${name}"`).join(", ") || "none"}`;
}
