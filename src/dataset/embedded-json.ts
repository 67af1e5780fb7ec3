import { endOf, readTree, type Node } from "./json-node.ts";
import { isJson } from "./json-syntax.ts";

/*
 * JSON inside of a string: the arguments of a tool call, and whole calls and definitions of ShareGPT's. Such nodes have their place in the record
 * as all others; the depth of a node is the number of strings that it stands in, each of which has escaped it once.
 */

/** Characters, each with its place in the record; one place more than characters, for the end. */
interface Located {
  readonly characters: string;
  readonly places: readonly number[];
}

/** The JSON text of a node as it is without the strings around it. */
export function writtenText(text: string, node: Node, depth = 0): string {
  let written = text.slice(node.offset, endOf(node));
  for (let level = 0; level < depth; level++) written = JSON.parse(`"${written}"`) as string;
  return written;
}

/** A JSON text as it is written into so many strings. */
export function escapeText(written: string, depth: number): string {
  let escaped = written;
  for (let level = 0; level < depth; level++) escaped = JSON.stringify(escaped).slice(1, -1);
  return escaped;
}

/**
 * The JSON of a string as it can stand by itself: on one line, since line breaks stand only between its tokens. Undefined where it has half of a
 * surrogate pair, which only an escape of the string can write.
 */
export function unwrapText(json: string): string | undefined {
  return /\p{Surrogate}/u.test(json) ? undefined : json.trim().replaceAll(/[\r\n]+/g, " ");
}

/** The tree of the JSON that a string node holds, its nodes at their places in the record; undefined where it holds none. */
export function readEmbedded(text: string, node: Node, depth = 0): Node | undefined {
  if (node.type !== "string" || !isJson(String(node.value))) return undefined;
  const tree = readTree(String(node.value));
  return tree && moveTo(tree, placesWithin(text, node, depth));
}

/** The place in the record of each character of the string that a node holds, and of its end. */
export function placesWithin(text: string, { offset, length }: Node, depth = 0): readonly number[] {
  let located: Located = { characters: text.slice(offset, offset + length), places: Array.from({ length: length + 1 }, (_, index) => offset + index) };
  for (let level = 0; level < depth; level++) located = unescape(located);
  return unescape({ characters: located.characters.slice(1, -1), places: located.places.slice(1, -1) }).places;
}

/** Undoes the escapes of one string. */
function unescape({ characters, places }: Located): Located {
  if (!characters.includes("\\")) return { characters, places };
  const plain: string[] = [];
  const from: number[] = [];
  for (let index = 0; index < characters.length; ) {
    const length = characters[index] !== "\\" ? 1 : characters[index + 1] === "u" ? 6 : 2;
    const written = characters.slice(index, index + length);
    plain.push(length === 1 ? written : (JSON.parse(`"${written}"`) as string));
    from.push(places[index] ?? 0);
    index += length;
  }
  return { characters: plain.join(""), places: [...from, places[characters.length] ?? 0] };
}

/** The same tree at other places; by a list and not by recursion, as it may be deep. */
function moveTo(tree: Node, places: readonly number[]): Node {
  const open = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    const offset = places[node.offset] ?? 0;
    Object.assign(node, { offset, length: (places[endOf(node)] ?? 0) - offset });
    for (const child of node.children ?? []) open.push(child);
  }
  return tree;
}
