import { describeTurn, sentence } from "../dialogue.ts";
import { elements, endOf, properties, property, type Node } from "../json-node.ts";
import { mediaOf } from "../media.ts";
import type { DatasetRecord } from "../record.ts";
import type { Target } from "../targets/target.ts";
import type { Problem, RecordRule } from "./rule.ts";

export const contentForm: RecordRule = {
  id: "content-form",
  severity: "error",
  summary: "A content is a plain text where the target wants a list of parts, or a list where it wants a plain text.",
  explanation: "OpenAI takes a message's content as a text or as a list of parts; Claude on Bedrock takes texts only, Nova and Gemini lists only, and Together wants all of a record's contents as lists as soon as one of them has an image. Prompts and completions are both texts, or at TRL both lists of messages. A single text is wrapped or unwrapped safely; what joins several parts, only you know.",
  source: "https://docs.aws.amazon.com/bedrock/latest/userguide/model-customization-prepare.html",
  *check(record, target) {
    if (!record.accepted) return;
    if (record.format === "prompt-completion") yield* judgePrompt(record, target);
    else if (record.format === "trl-preference") yield* judgePair(record, target);
    else if (target.content === "text") yield* wantTexts(record, target);
    else if (record.format === "bedrock") yield* wantBlocks(record, "a list of blocks", '[{"text": ', "}]");
    else if (record.format === "gemini" || record.format === "gemini-preference") yield* wantBlocks(record, "a list of parts", '[{"text": ', "}]");
    else if (typeof target.images === "object" && target.images.allLists) yield* wantListsBesideImages(record, target);
  },
};

/** A prompt and its completion: two texts, or two lists of messages where the target takes these. */
function* judgePrompt({ tree }: DatasetRecord, { promptsAsMessages, title }: Target): Generator<Problem> {
  const [prompt, completion] = [property(tree, "prompt"), property(tree, "completion")];
  for (const [name, node] of [["prompt", prompt], ["completion", completion]] as const) {
    // Of a list of anything else `wrong-shape` tells.
    if (node?.type === "array" && !promptsAsMessages && elements(node).every(({ type }) => type === "object")) yield { start: node.offset, end: endOf(node), message: `"${name}" is a list of messages; ${title} takes a plain text. Write the conversation under "messages" instead.` };
  }
  if (prompt && completion && promptsAsMessages) yield* judgeTogether("prompt", prompt, "completion", completion, title);
}

function* judgePair({ tree }: DatasetRecord, { title }: Target): Generator<Problem> {
  const [chosen, rejected, prompt] = [property(tree, "chosen"), property(tree, "rejected"), property(tree, "prompt")];
  if (chosen && rejected) yield* judgeTogether("chosen", chosen, "rejected", rejected, title);
  // A prompt that is a text is left aside where the answers hold it as messages.
  if (prompt?.type === "array" && chosen?.type === "string") yield* judgeTogether("prompt", prompt, "chosen", chosen, title);
}

function* judgeTogether(name: string, one: Node, otherName: string, other: Node, title: string): Generator<Problem> {
  if ((one.type === "string") === (other.type === "string")) return;
  const [written, rest] = one.type === "string" ? ["a plain text", "a list of messages"] : ["a list of messages", "a plain text"];
  yield { start: other.offset, end: endOf(other), message: `"${otherName}" is ${rest} and "${name}" ${written}; ${title} expects both as texts, or both as lists of messages.` };
}

function* wantTexts({ dialogues, text }: DatasetRecord, { title }: Target): Generator<Problem> {
  for (const dialogue of dialogues) {
    for (const turn of dialogue.turns) {
      const { content } = turn;
      // Of an image, `refused-media` tells.
      if (content?.type !== "array" || elements(content).length === 0 || mediaOf(turn).length > 0) continue;
      const parts = elements(content).map((part) => (properties(part).every(({ name }) => name === "type" || name === "text") ? property(part, "text") : undefined));
      const [only] = parts;
      const message = `The content of ${describeTurn(dialogue, turn)} is a list; ${title} takes a plain text.`;
      const at = { start: content.offset, end: endOf(content) };
      if (parts.length === 1 && only?.type === "string") yield { ...at, message, fixes: [{ title: "Write the text without the list", safe: true, edits: [{ ...at, text: text.slice(only.offset, endOf(only)) }] }] };
      else yield { ...at, message: `${message} Join its ${parts.length} parts into one text.` };
    }
  }
}

function* wantBlocks({ dialogues, tree }: DatasetRecord, form: string, before: string, after: string): Generator<Problem> {
  for (const dialogue of dialogues) {
    for (const turn of dialogue.turns) {
      const { content } = turn;
      if (content && isTextAlone(content)) yield wrapped(content, `"${dialogue.dialect.content}" of ${describeTurn(dialogue, turn)}`, form, before, after);
    }
  }
  for (const name of ["system", "systemInstruction", "system_instruction"]) {
    const value = property(tree, name);
    const parts = property(value, "parts");
    if (parts && isTextAlone(parts)) yield wrapped(parts, `"parts" of ${name}`, form, before, after);
    else if (value?.type === "string") {
      const outer = name === "system" ? { form, before, after } : { form: `an object with ${form}`, before: `{"parts": ${before}`, after: `${after}}` };
      yield wrapped(value, `"${name}"`, outer.form, outer.before, outer.after);
    } else if (name === "system" && value && isTextAlone(value)) yield wrapped(value, `"${name}"`, form, before, after);
  }
}

/** Whether a value is a text, or a part with a text, that stands where a list of them should. */
function isTextAlone(node: Node): boolean {
  return (node.type === "string" && String(node.value).trim() !== "") || (node.type === "object" && property(node, "text")?.type === "string");
}

function wrapped(node: Node, where: string, form: string, before: string, after: string): Problem {
  const start = node.offset;
  const end = endOf(node);
  const [open, close] = node.type === "string" ? [before, after] : ["[", "]"];
  const fix = { title: `Wrap the text in ${form}`, safe: true, edits: [{ start, end: start, text: open }, { start: end, end, text: close }] };
  return { start, end, message: `${sentence(where)} is ${node.type === "string" ? "a plain text" : "a single part"}; expected ${form}: ${before}"…"${after}.`, fixes: [fix] };
}

function* wantListsBesideImages({ dialogues }: DatasetRecord, { title }: Target): Generator<Problem> {
  if (!dialogues.some(({ turns }) => turns.some((turn) => mediaOf(turn).length > 0))) return;
  for (const dialogue of dialogues) {
    for (const turn of dialogue.turns) {
      const { content } = turn;
      if (content?.type !== "string" || String(content.value).trim() === "") continue;
      const fix = wrapped(content, "", "a list of parts", '[{"type": "text", "text": ', "}]").fixes ?? [];
      yield { start: content.offset, end: endOf(content), message: `The content of ${describeTurn(dialogue, turn)} is a plain text; ${title} wants every content of a record with images as a list of parts.`, fixes: fix };
    }
  }
}
