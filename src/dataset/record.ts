import type { Dialogue, TextField } from "./dialogue.ts";
import { findFormat, recogniseFormat, type FormatId } from "./formats/index.ts";
import { property, readTree, type Node } from "./json-node.ts";
import { findSyntaxFaults } from "./json-syntax.ts";
import type { TokenFault } from "./json-token.ts";
import type { Target } from "./targets/target.ts";

/** One record of a dataset, read once: what every record rule looks at. Offsets in it count UTF-16 units from the record's start. */
export interface DatasetRecord {
  readonly text: string;
  /** What keeps the record from being JSON. Where there is any, there is no tree. */
  readonly faults: readonly TokenFault[];
  readonly tree: Node | undefined;
  /** The format that the record's own keys show. */
  readonly format: FormatId | undefined;
  /** Whether the target takes that format. Where it does not, one finding says so and no rule about the target's wishes speaks. */
  readonly accepted: boolean;
  /** Its lists of turns; empty where the format is not accepted. */
  readonly dialogues: readonly Dialogue[];
  /** Its texts outside of them; empty likewise. */
  readonly texts: readonly TextField[];
}

/** Reads one record. Never throws: what is wrong with it is part of the record. */
export function readRecord(text: string, target: Target): DatasetRecord {
  const unread = { text, tree: undefined, format: undefined, accepted: false, dialogues: [], texts: [] };
  const faults = findSyntaxFaults(text);
  if (faults.length > 0) return { ...unread, faults };
  const tree = readTree(text);
  if (!tree) {
    const fault = { start: 0, end: text.trimEnd().length, message: "This record is nested too deeply to be read. Training records are a few levels deep; was something wrapped again and again?" };
    return { ...unread, faults: [fault] };
  }
  const id = tree.type === "object" ? recogniseFormat(tree, target.formats) : undefined;
  const accepted = id !== undefined && target.formats.includes(id);
  if (!accepted) return { ...unread, faults, tree, format: id };
  const format = findFormat(id);
  const dialogues = format.dialogues?.(tree) ?? [];
  return { text, faults, tree, format: id, accepted, dialogues: target.textForContent ? dialogues.map(withTexts) : dialogues, texts: format.texts?.(tree) ?? [] };
}

/** A dialogue in which messages without `content` say what stands under `text`. */
function withTexts(dialogue: Dialogue): Dialogue {
  const turns = dialogue.turns.map((turn) => {
    const text = turn.content ? undefined : property(turn.node, "text");
    return text?.type === "string" ? { ...turn, content: text } : turn;
  });
  return { ...dialogue, turns };
}
