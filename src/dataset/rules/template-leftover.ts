import { sentence } from "../dialogue.ts";
import { passagesOf, type Passage } from "../passages.ts";
import { writtenRange } from "../written-range.ts";
import type { RecordRule } from "./rule.ts";
import { tokenSpelling } from "./special-token.ts";

export const templateLeftover: RecordRule = {
  id: "template-leftover",
  severity: "warning",
  summary: "A text holds pieces of a chat template, or a placeholder that was never filled in.",
  explanation: "The trainer sets every conversation in the model's own template; signs of another one, such as `<|im_start|>`, `[INST]` or `### Response:`, are then learnt as words and come back in the answers. A placeholder such as `{{name}}` is learnt as it stands. Remove the signs, or fill in the placeholder. Raw text, and prompts and completions outside chats, stand as they are and are not looked at.",
  source: "https://huggingface.co/docs/transformers/chat_templating",
  markers: ["<|", "<\uFF5C", "INST]", "_of_turn>", "<s>", "/s>", "### Response:", "### Instruction:", "Human:", "Assistant:", "{{", "{n", "{i", "{q", "{c", "{p"],
  *check(record, { reserved }) {
    for (const passage of passagesOf(record)) {
      if (!passage.templated || passage.purpose === "tool") continue;
      for (const { index, length, kind } of leftovers(passage)) {
        const found = passage.text.slice(index, index + length);
        // What the target refuses, `special-token` and `reserved-text` tell of.
        if (reserved?.includes(found)) continue;
        const { start, end } = writtenRange(record.text, passage.node, index, index + length);
        const what = kind === "placeholder" ? `holds the placeholder ${found}, which was never filled in; the model learns it as it stands. Fill it in, or remove the record` : `holds ${found}, a piece of a chat template that the model learns as words. Remove it`;
        yield { start, end, message: `${sentence(passage.where)} ${what}.`, fixes: kind === "placeholder" ? [] : [{ title: `Remove ${found}`, safe: false, edits: [{ start, end, text: "" }] }] };
      }
    }
  },
};

interface Leftover {
  readonly index: number;
  readonly length: number;
  readonly kind: "template" | "placeholder";
}

const anywhere = new RegExp(String.raw`${tokenSpelling.source}|\[/?INST\]|<(?:start|end)_of_turn>`, "g");
const heading = /^\s*(?:### (?:Response|Instruction|Human|Assistant):|(?:Human|Assistant):(?=\s))|\n### (?:Response|Instruction):(?=\s*(?:\n|$))/g;
const doubleBraces = /\{\{ ?[A-Za-z][\w .-]{0,40} ?\}\}/g;
/** The names that programs give to what they fill in; others in single braces are as likely code. Their first letters are markers. */
const singleBraces = /\{(?:name|input|question|context|instruction|prompt)\}/g;

/** What a text that speaks about code, mathematics or templates has; braces are at home there. */
const code = /```|\\[a-zA-Z({[]|\{%|<\/?[a-zA-Z][^<>]*>|\b(?:template|placeholder|variable|jinja|mustache|handlebars|f-string|format|prompt)s?\b|[=;]\s*(?:\n|$)|\bf["']|=>|\$\{|`/i;

function* leftovers({ text, purpose }: Passage): Generator<Leftover> {
  for (const { 0: found, index } of text.matchAll(anywhere)) yield { index, length: found.length, kind: "template" };
  for (const { 0: found, index } of text.matchAll(heading)) {
    const plain = found.trim();
    // A user may well begin with the name of the one whom he quotes.
    if (!plain.startsWith("###") && purpose !== "answer" && plain !== "Human:") continue;
    yield { index: index + found.indexOf(plain), length: plain.length, kind: "template" };
  }
  yield* sentenceTokens(text);
  if (!text.includes("{") || code.test(text.replace(doubleBraces, "").replace(singleBraces, ""))) return;
  for (const { 0: found, index } of text.matchAll(doubleBraces)) yield { index, length: found.length, kind: "placeholder" };
  for (const { 0: found, index } of text.matchAll(singleBraces)) yield { index, length: found.length, kind: "placeholder" };
}

/** Llama's `<s>` and `</s>` at the ends of a text; inside they are HTML for a line through words. */
function* sentenceTokens(text: string): Generator<Leftover> {
  const opened = /^\s*<s>/.exec(text);
  const closed = /<\/s>\s*$/.exec(text);
  if (!opened && !closed) return;
  const between = text.slice(opened?.[0].length ?? 0, closed?.index);
  if (/<\/?s>/.test(between)) return;
  if (opened) yield { index: opened[0].length - 3, length: 3, kind: "template" };
  if (closed) yield { index: closed.index, length: 4, kind: "template" };
}
