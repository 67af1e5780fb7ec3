import { property, type Node } from "./json-node.ts";

/** The key of an object that is `name` but for letter case and spaces around it, where the object has no `name` itself. */
export function misspeltKey(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== "object" || property(node, name)) return undefined;
  const plain = name.toLowerCase();
  // Every rule about keys asks this of every message and every name: most keys differ in length already.
  return node.children?.find(({ children: [key, value] = [] }) => value && isMisspelt(String(key?.value), name, plain))?.children?.[0];
}

function isMisspelt(key: string, name: string, plain: string): boolean {
  return key.length >= name.length && key !== name && key.trim().toLowerCase() === plain;
}
