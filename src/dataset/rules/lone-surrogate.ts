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
      for (const half of loneHalves(written)) {
        const start = node.offset + half.start;
        const end = node.offset + half.end;
        yield { start, end, message: `${half.end - half.start > 1 ? text.slice(start, end) : "Here stands what"} is half of a character (a lone surrogate) and cannot be written as UTF-8. Remove it, or write the whole character.`, fixes: [{ title: "Remove the half character", safe: false, edits: [{ start, end, text: "" }] }] };
      }
    }
  },
};

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Halves of a character without the other beside them, in a string as JSON writes it; a backslash that is escaped itself begins no escape. */
function* loneHalves(written: string): Generator<Stretch> {
  let high: Stretch | undefined;
  for (const { 0: found, 1: digits, index } of written.matchAll(/\\(?:u([\da-fA-F]{4})|[^u])|[\ud800-\udfff]/g)) {
    const code = digits === undefined ? found.charCodeAt(found.length - 1) : Number.parseInt(digits, 16);
    const here = { start: index, end: index + found.length };
    const low = code >= 0xdc00 && code <= 0xdfff;
    // A half that is written out and one that is escaped are two halves to a decoder of UTF-8.
    const paired = low && high?.end === index && high.end - high.start === found.length;
    if (high && !paired) yield high;
    if (low && !paired) yield here;
    high = code >= 0xd800 && code <= 0xdbff ? here : undefined;
  }
  if (high) yield high;
}

function* strings(tree: Node): Generator<Node> {
  const open = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === "string") yield node;
    for (const child of [...(node.children ?? [])].reverse()) open.push(child);
  }
}
