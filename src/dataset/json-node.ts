import { parseTree, type Node } from "jsonc-parser";

export type { Node } from "jsonc-parser";

/** Lists and objects within one another, beyond which a record is not read: many a function that follows them calls itself for each level. */
const deepest = 1000;

/** The syntax tree of a text that is valid JSON; `undefined` when it is nested deeper than a thousand levels. */
export function readTree(text: string): Node | undefined {
  try {
    const tree = parseTree(text, [], { disallowComments: true });
    // Each level takes two characters at least.
    return tree && (text.length <= 2 * deepest || !isDeeper(tree, deepest)) ? tree : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether more lists and objects than that stand within one another; by levels and not by recursion. */
function isDeeper(tree: Node, most: number): boolean {
  let level: readonly Node[] = [tree];
  for (let depth = 0; depth <= most && level.length > 0; depth++) {
    level = level.flatMap((node) => (node.children ?? []).flatMap((child) => (child.type === "property" ? (child.children ?? []) : [child]))).filter(({ children }) => children);
  }
  return level.length > 0;
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
