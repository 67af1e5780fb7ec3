import { endOf, properties, type Node } from "../json-node.ts";
import { shorten } from "../quote.ts";
import type { RecordRule } from "./rule.ts";

export const duplicateKey: RecordRule = {
  id: "duplicate-key",
  severity: "error",
  summary: "An object has the same key twice; a parser keeps one value and drops the other in silence.",
  explanation: "RFC 8259 calls the meaning of such an object unpredictable; nearly all parsers keep the last value, so that what stands first is lost without a word. Which of the two was meant, only you know.",
  source: "https://www.rfc-editor.org/rfc/rfc8259#section-4",
  *check({ tree, text }) {
    for (const node of tree ? objectsWithin(tree) : []) {
      const seen = new Map<string, Node>();
      for (const { key, name } of properties(node)) {
        const first = seen.get(name);
        if (first) {
          yield {
            start: key.offset, end: endOf(key),
            message: `The key ${shorten(text.slice(key.offset, endOf(key)))} stands in this object already, at column ${first.offset + 1}; most parsers keep only this last value. Remove one of the two.`,
          };
        } else seen.set(name, key);
      }
    }
  },
};

/** Every object of a tree, outermost first; by a list and not by recursion, as records may be deep. */
function* objectsWithin(tree: Node): Generator<Node> {
  const open = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "object") yield node;
    for (const child of [...(node.children ?? [])].reverse()) open.push(child);
  }
}
