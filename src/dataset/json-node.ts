import { parseTree, type Node } from "jsonc-parser";

export type { Node } from "jsonc-parser";

/** The syntax tree of a text that is valid JSON; `undefined` when it is nested deeper than the parser can follow. */
export function readTree(text: string): Node | undefined {
  try {
    return parseTree(text, [], { disallowComments: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The key and value nodes of an object's properties, in their order, duplicates included. */
export function properties(node: Node | undefined): readonly { readonly key: Node; readonly name: string; readonly value: Node }[] {
  if (node?.type !== "object") return [];
  return (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    return key && value ? [{ key, name: String(key.value), value }] : [];
  });
}

/** The value that a JSON parser keeps for `name`: the last one written. Every rule asks this of every message, so it makes nothing. */
export function property(node: Node | undefined, name: string): Node | undefined {
  const children = node?.type === "object" ? (node.children ?? []) : [];
  for (let index = children.length - 1; index >= 0; index--) {
    const [key, value] = children[index]?.children ?? [];
    if (value && key?.value === name) return value;
  }
  return undefined;
}

/** The elements of an array; nothing for any other node. */
export function elements(node: Node | undefined): readonly Node[] {
  return node?.type === "array" ? (node.children ?? []) : [];
}

/** The node's end offset, exclusive. */
export function endOf(node: Node): number {
  return node.offset + node.length;
}
