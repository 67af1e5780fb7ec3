import { findNodeAtLocation, type Node } from "jsonc-parser";
import { readJsonc, type JsoncRead } from "../../dataset/read-jsonc.ts";
import { launchFileSchema, type LaunchFile } from "./schema.ts";

/** A place in a launch file, by keys and indices. */
export type LaunchPath = readonly (string | number)[];

/** A stretch of a text, in UTF-16 units from its beginning. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/** Reads the text of a `*.finetune.jsonc`: JSON with comments and trailing commas. Gives every fault when there is one, each with its stretch of the text. */
export function parseLaunchFile(text: string): JsoncRead<LaunchFile> {
  return readJsonc(text, launchFileSchema);
}

/** The stretch of what a path names: the key, or the value; where it lacks, that of the nearest that is there. */
export function stretchOf(tree: Node | undefined, path: LaunchPath, part: "key" | "value" = "value"): Stretch {
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
