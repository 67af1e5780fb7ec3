import type { Cell, Row } from "../dataset/convert/to-chat.ts";
import { elements, endOf, properties, readTree, type Node } from "../dataset/json-node.ts";
import { findSyntaxFaults } from "../dataset/json-syntax.ts";
import type { Line } from "../dataset/source.ts";
import type { NumberedRow, Table, TableFault } from "./table.ts";

/** Reads JSON Lines: one flat object a line; blank lines are no rows. */
export function readObjectLines(lines: readonly Line[]): Table {
  const rows: NumberedRow[] = [];
  const faults: TableFault[] = [];
  lines.forEach(({ text }, index) => {
    if (text.trim() === "") return;
    const line = index + 1;
    const [fault] = findSyntaxFaults(text);
    const row = fault ? `it is not valid JSON: column ${fault.start + 1}: ${fault.message}` : readRow(readTree(text), text);
    if (typeof row === "string") faults.push({ line, reason: row });
    else rows.push({ line, row });
  });
  return { rows, faults };
}

/** Reads one JSON array of flat objects. */
export function readArray(lines: readonly Line[]): Table {
  const text = lines.map((line) => line.text + line.lineBreak).join("");
  const [fault] = findSyntaxFaults(text);
  const lineAt = lineFinder(lines);
  if (fault) return { rows: [], faults: [{ line: lineAt(fault.start), reason: `the file is not valid JSON: ${fault.message}` }] };
  const tree = readTree(text);
  if (tree?.type !== "array") return { rows: [], faults: [{ line: 1, reason: "the file holds no JSON array; expected a list of flat objects" }] };
  const rows: NumberedRow[] = [];
  const faults: TableFault[] = [];
  for (const element of elements(tree)) {
    const line = lineAt(element.offset);
    const row = readRow(element, text);
    if (typeof row === "string") faults.push({ line, reason: row });
    else rows.push({ line, row });
  }
  return { rows, faults };
}

/** The row that an object is, or the reason why it is none. Numbers keep the way they are written, because a JavaScript number would round them. */
function readRow(node: Node | undefined, text: string): Row | string {
  if (node?.type !== "object") return "it is no JSON object";
  const row = new Map<string, Cell>();
  for (const { name, value } of properties(node)) {
    if (row.has(name)) return `the key "${name}" stands twice`;
    row.set(name, readCell(value, text));
  }
  return row;
}

function readCell(value: Node, text: string): Cell {
  if (value.type === "string") return String(value.value);
  if (value.type === "number" || value.type === "boolean") return text.slice(value.offset, endOf(value));
  return { holds: value.type === "null" ? "null" : value.type === "array" ? "a list" : "an object" };
}

/** Gives the line (from 1) of an offset; offsets are asked for in rising order. */
function lineFinder(lines: readonly Line[]): (offset: number) => number {
  let index = 0;
  let end = 0;
  return (offset) => {
    for (let line = lines[index]; line && end + line.text.length + line.lineBreak.length <= offset; line = lines[index]) {
      end += line.text.length + line.lineBreak.length;
      index++;
    }
    return Math.min(index, Math.max(lines.length - 1, 0)) + 1;
  };
}
