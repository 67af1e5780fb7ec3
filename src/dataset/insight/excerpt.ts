import { readTree } from "../json-node.ts";
import { readConversation } from "./turns.ts";

/** What one row of a list shows of a record. */
export interface Excerpt {
  /** Who speaks in `text`; undefined where the line is no conversation and `text` is how it begins. */
  readonly role: string | undefined;
  /** On one line and cut; empty for a blank line. */
  readonly text: string;
}

/** UTF-16 units that a row has room for on a wide screen. */
const longestRow = 300;

/** Roles that say the same in every record of a file, and so tell no record from another. */
const settingRoles = new Set(["system", "developer", "tool", "function"]);

/** An excerpt of a line from its beginning, which may end anywhere: the first words of the first speaker who is not the system. Never throws. */
export function excerptOf(beginning: string): Excerpt {
  const conversation = readConversation(readTree(beginning), beginning);
  const spoken = conversation?.turns.filter(({ text }) => text.trim() !== "") ?? [];
  const turn = spoken.find(({ role }) => !settingRoles.has(role)) ?? spoken[0];
  return turn ? { role: turn.role, text: shorten(turn.text) } : { role: undefined, text: shorten(beginning) };
}

/** A text on one line, cut to so many UTF-16 units. */
export function shorten(text: string, longest = longestRow): string {
  const line = text.slice(0, longest * 4).replace(/\s+/g, " ").trim();
  if (line.length <= longest) return line;
  // A character outside the Basic Multilingual Plane must not be cut in half.
  return `${line.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
