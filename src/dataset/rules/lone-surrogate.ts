import { endOf, type Node } from "../json-node.ts";
import type { RecordRule } from "./rule.ts";

export const loneSurrogate: RecordRule = {
  id: "lone-surrogate",
  severity: "error",
  summary: "A string has half of a surrogate pair, which is no character and cannot be written as UTF-8.",
  explanation: "An emoji was cut in two, usually by shortening a text after so many UTF-16 units; the half is written as an escape such as \\ud83d. Python cannot encode it, so that servers and trainers fail. Remove the half, or write the whole character.",
  source: "https://www.rfc-editor.org/rfc/rfc8259#section-8.2",
  markers: ["\\ud", "\\uD", "\uFFFD"],
  *check({ tree, text }) {
    if (!tree || !/\p{Surrogate}|\\u[dD][89a-fA-F]/u.test(text)) return;
    for (const node of strings(tree)) {
      const written = text.slice(node.offset, endOf(node));
      if (!/\p{Surrogate}/u.test(String(node.value))) continue;
      for (const match of written.matchAll(loneHalf)) {
        const start = node.offset + match.index;
        yield { start, end: start + match[0].length, message: `${match[0].startsWith("\\") ? match[0] : "Here stands what"} is half of a character (a lone surrogate) and cannot be written as UTF-8. Remove it, or write the whole character.`, fixes: [{ title: "Remove the half character", safe: false, edits: [{ start, end: start + match[0].length, text: "" }] }] };
      }
    }
  },
};

const high = String.raw`(?:\\u[dD][89abAB][\da-fA-F]{2})`;
const low = String.raw`(?:\\u[dD][c-fC-F][\da-fA-F]{2})`;

/** Escapes of one half without the other beside it; a backslash that is escaped itself begins none. */
const loneHalf = new RegExp(String.raw`(?<=(?:^|[^\\])(?:\\\\)*)(?:${high}(?!${low})|(?<!${high})${low})|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]`, "g");

function* strings(tree: Node): Generator<Node> {
  const open = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "string") yield node;
    for (const child of [...(node.children ?? [])].reverse()) open.push(child);
  }
}
