import type { Turn } from "./conversation.ts";
import type { MessageReader } from "./messages.ts";
import { sayText } from "./plain-text.ts";
import { textOf, type Value } from "./record-reader.ts";

/** What TRL has as a text of one speaker as one message or as a list of them. */
export function readSaid(value: Value, speaker: Turn["speaker"], reader: MessageReader): readonly Turn[] {
  if (value.node.type === "string") return [sayText(speaker, value.path, textOf(value))];
  return value.node.type === "object" ? [reader.message(value)] : reader.read(value);
}
