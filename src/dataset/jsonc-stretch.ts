import { findNodeAtLocation, type Node } from "jsonc-parser";

/** A place in a text of JSON, by keys and indices. */
export type JsoncPath = readonly (string | number)[];

/** A stretch of a text, in UTF-16 units from its beginning. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/** The stretch of what a path names: the key, or the value; where it lacks, that of the nearest that is there. */
export function stretchOf(tree: Node | undefined, path: JsoncPath, part: "key" | "value" = "value"): Stretch {
  if (!tree) return { offset: 0, length: 0 };
  const node = findNodeAtLocation(tree, [...path]);
  if (!node) {
    if (path.length > 0) return stretchOf(tree, path.slice(0, -1), "key");
    return { offset: tree.offset, length: 1 };
  }
  if (path.length === 0) return { offset: node.offset, length: 1 };
  const key = part === "key" && node.parent?.type === "property" ? node.parent.children?.[0] : undefined;
  const { offset, length } = key ?? node;
  return { offset, length };
}

/** The text, number or truth value that a path names; undefined where it lacks, or is an object or a list. */
export function valueAt(tree: Node | undefined, path: JsoncPath): unknown {
  return tree && (findNodeAtLocation(tree, [...path])?.value as unknown);
}
