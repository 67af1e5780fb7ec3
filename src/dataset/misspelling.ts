import { properties, property, type Node } from "./json-node.ts";

/** The key of an object that is `name` but for letter case and spaces around it, where the object has no `name` itself. */
export function misspeltKey(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== "object" || property(node, name)) return undefined;
  const plain = name.toLowerCase();
  return properties(node).find((member) => member.name !== name && member.name.trim().toLowerCase() === plain)?.key;
}
