import { endOf, type Node } from "./json-node.ts";

/** An edit that takes a member out of an object together with the comma that it no longer needs, and leaves every other byte as it is. */
export function removeMember(object: Node, key: Node, value: Node): { readonly start: number; readonly end: number; readonly text: string } {
  const members = object.children ?? [];
  let index = 0;
  // Members stand in their order, and there may be many of them.
  for (let end = members.length; index + 1 < end; ) {
    const middle = (index + end) >> 1;
    if ((members[middle]?.offset ?? 0) <= key.offset) index = middle;
    else end = middle;
  }
  const next = members[index + 1];
  if (next) return { start: key.offset, end: next.offset, text: "" };
  const before = members[index - 1];
  if (before) return { start: endOf(before), end: endOf(value), text: "" };
  return { start: key.offset, end: endOf(value), text: "" };
}
