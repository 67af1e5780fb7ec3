import type { Mapping } from "./mapping.ts";

/** One row of a table: its columns by name. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * One row as a line of OpenAI's chat format, without its line break. What could not be converted whole is refused with the reason:
 * a column that the row lacks, an empty cell, a value that is neither text nor number nor truth value.
 */
export function toChat(row: Row, mapping: Mapping): { readonly line: string } | { readonly reason: string } {
  const messages = mapping.system === undefined ? [] : [{ role: "system", content: mapping.system }];
  for (const { role, column } of mapping.columns) {
    if (!Object.hasOwn(row, column)) return { reason: `it has no column "${column}"; it has ${Object.keys(row).map((name) => `"${name}"`).join(", ") || "none"}` };
    const value = row[column];
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      return { reason: `column "${column}" holds ${value === null ? "null" : Array.isArray(value) ? "a list" : "an object"}; expected text` };
    }
    const content = String(value);
    if (content.trim() === "") return { reason: `column "${column}" is empty` };
    messages.push({ role, content });
  }
  return { line: JSON.stringify({ messages }) };
}
