import { properties, readTree, type Node } from "../json-node.ts";
import type { Conversation } from "./conversation.ts";
import { jsonTextOf } from "./json-text.ts";
import { Refusal } from "./loss.ts";
import type { Mapping } from "./mapping.ts";
import { sayText } from "./plain-text.ts";
import { kindOf } from "./record-reader.ts";

/**
 * Reads one row of a table, a flat JSON object, as a conversation. Numbers keep the way they are written. Throws a Refusal for a column that
 * the row lacks, an empty cell, and a cell that holds no text.
 */
export function readRow(text: string, { columns, system }: Mapping): Conversation {
  const cells = readCells(readTree(text), text);
  const turns = system === undefined ? [] : [sayText("system", "system", system)];
  const rejected = columns.find(({ role }) => role === "rejected");
  for (const { role, column } of columns) if (role !== "rejected") turns.push(sayText(role, column, cellOf(cells, column)));
  if (!rejected) return { turns, tools: [] };
  const preferred = turns.splice(-1);
  return { turns, tools: [], preference: { preferred, rejected: [sayText("assistant", rejected.column, cellOf(cells, rejected.column))], path: rejected.column } };
}

/** Says that a column is not among `names`. */
export function missingColumn(column: string, names: readonly string[]): string {
  return `there is no column "${column}"; there is ${names.map((name) => `"${name}"`).join(", ") || "none"}`;
}

type Cell = string | { readonly holds: string };

function readCells(node: Node | undefined, text: string): ReadonlyMap<string, Cell> {
  if (node?.type !== "object") throw new Refusal("it is no JSON object");
  const cells = new Map<string, Cell>();
  for (const { name, value } of properties(node)) {
    if (cells.has(name)) throw new Refusal(`the key "${name}" stands twice`);
    const written = value.type === "number" || value.type === "boolean";
    cells.set(name, value.type === "string" ? String(value.value) : written ? jsonTextOf(value, text).jsonText : { holds: kindOf(value) });
  }
  return cells;
}

function cellOf(cells: ReadonlyMap<string, Cell>, column: string): string {
  const cell = cells.get(column);
  if (cell === undefined) throw new Refusal(missingColumn(column, [...cells.keys()]));
  if (typeof cell !== "string") throw new Refusal(`column "${column}" holds ${cell.holds}; expected text`);
  if (cell.trim() === "") throw new Refusal(`column "${column}" is empty`);
  return cell;
}
