import type { Node } from "../json-node.ts";
import { chat } from "./chat.ts";

/** Every format that Tunesmith knows. The first that recognises a record names its format. */
export const formats = [chat] as const;

export type FormatId = (typeof formats)[number]["id"];

/** The format that the keys of a record show, if any. */
export function recogniseFormat(record: Node): FormatId | undefined {
  return formats.find((format) => format.recognises(record))?.id;
}

/** The name of a format as users know it. */
export function formatTitle(id: FormatId): string {
  return formats.find((format) => format.id === id)?.title ?? id;
}
