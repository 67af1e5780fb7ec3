import type { Node } from "./json-node.ts";

/** A value as text, in which the order of keys and white space do not count. */
export function canonical(node: Node): string {
  if (node.type === "array") return `[${(node.children ?? []).map(canonical).join(",")}]`;
  if (node.type !== "object") return JSON.stringify(node.value);
  const members = (node.children ?? []).flatMap(({ children: [key, value] = [] }) => (key && value ? [`${JSON.stringify(key.value)}:${canonical(value)}`] : []));
  return `{${members.sort().join(",")}}`;
}
