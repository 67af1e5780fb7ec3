import type { Node } from "./json-node.ts";

/**
 * Where the characters `start` to `end` of a string's value stand in its record's text: offsets in UTF-16 units, `end` exclusive.
 * An escape takes two or six characters for the one that it means, so that the two counts differ.
 */
export function writtenRange(text: string, node: Node, start: number, end: number): { readonly start: number; readonly end: number } {
  const first = node.offset + 1;
  if (node.length === String(node.value).length + 2) return { start: first + start, end: first + end };
  const before = reached.get(node);
  const from = before && before.start <= start ? skipCharacters(text, before.at, start - before.start) : skipCharacters(text, first, start);
  reached.set(node, { start, at: from });
  return { start: from, end: skipCharacters(text, from, end - start) };
}

/** How far a string was last counted: rules find one passage after the other in a text that may be long. */
const reached = new WeakMap<Node, { readonly start: number; readonly at: number }>();

function skipCharacters(text: string, offset: number, count: number): number {
  let at = offset;
  for (let skipped = 0; skipped < count; skipped++) at += text[at] !== "\\" ? 1 : text[at + 1] === "u" ? 6 : 2;
  return at;
}

/** A text as it stands inside a JSON string, without the quotation marks. */
export function insideString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
