import type { FormatId } from "./formats/index.ts";
import { recogniseFormat } from "./formats/index.ts";
import { readTree, type Node } from "./json-node.ts";
import { findSyntaxFaults } from "./json-syntax.ts";
import type { TokenFault } from "./json-token.ts";

/** One line of a dataset, read once: what every record rule looks at. Offsets in it count UTF-16 units from the line's start. */
export interface DatasetRecord {
  readonly text: string;
  /** What keeps the line from being JSON. Where there is any, there is no tree. */
  readonly faults: readonly TokenFault[];
  readonly tree: Node | undefined;
  /** The format that the record's own keys show. */
  readonly format: FormatId | undefined;
}

/** Reads one line. Never throws: what is wrong with the line is part of the record. */
export function readRecord(text: string): DatasetRecord {
  const faults = findSyntaxFaults(text);
  if (faults.length > 0) return { text, faults, tree: undefined, format: undefined };
  const tree = readTree(text);
  if (!tree) {
    const fault = { start: 0, end: text.trimEnd().length, message: "This record is nested too deeply to be read. Training records are a few levels deep; was something wrapped again and again?" };
    return { text, faults: [fault], tree: undefined, format: undefined };
  }
  return { text, faults, tree, format: recogniseFormat(tree) };
}
