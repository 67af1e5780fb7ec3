import * as z from "zod";
import { readDialogue, type Dialect, type Dialogue } from "../dialogue.ts";
import { elements, property, type Node } from "../json-node.ts";
import { hasAny, textField, type Format } from "./format.ts";

/** Speakers by ShareGPT's names. Source: LLaMA-Factory, `src/llamafactory/data/converter.py`; Unsloth, `format_detection.py`. */
export const sharegptDialect: Dialect = {
  role: "from",
  content: "value",
  names: { human: "user", gpt: "assistant", system: "system", observation: "tool", function_call: "assistant", user: "user", assistant: "assistant", tool: "tool", chatgpt: "assistant", bing: "assistant", bard: "assistant" },
};

/** Some datasets write `conversations` with the keys of chats. */
const withRoles: Dialect = { role: "role", content: "content", names: { ...sharegptDialect.names, developer: "developer" } };

const turn = z.union([
  z.looseObject({ from: z.string('a string such as "human"'), value: z.string("a string") }),
  z.looseObject({ role: z.string('a string such as "user"'), content: z.unknown() }),
], 'a turn such as {"from": "human", "value": "…"}');

export const turns = z.array(turn, 'a list such as [{"from": "human", "value": "…"}, {"from": "gpt", "value": "…"}]');

/** The conversation of a record, under either of its names. */
export function readConversations(record: Node, part: Dialogue["part"]): readonly Dialogue[] {
  const name = property(record, "conversations") ? "conversations" : "items";
  const list = property(record, name);
  const dialect = elements(list).some((each) => property(each, "role") && !property(each, "from")) ? withRoles : sharegptDialect;
  return readDialogue(list, name, part, dialect);
}

/** Conversations as ShareGPT exports them: `{"conversations": [{"from": "human", "value": "…"}, …]}`. Source: LLaMA-Factory, data/README.md. */
export const sharegpt = {
  id: "sharegpt",
  title: "ShareGPT",
  example: '{"conversations": [{"from": "human", "value": "…"}, {"from": "gpt", "value": "…"}]}',
  keys: ["conversations", "items", "system", "tools", "id"],
  messageKeys: ["from", "value", "role", "content", "weight"],
  recognises: (record) => hasAny(record, "conversations") || property(record, "items")?.type === "array",
  schema: z.looseObject({ conversations: turns.optional(), items: turns.optional(), system: z.string("a string").nullish(), tools: z.union([z.string(), z.array(z.unknown())], "a list of tools, as JSON in a string").nullish() }),
  dialogues: (record) => readConversations(record, "conversation"),
  texts: (record) => textField(record, "system", "system"),
} as const satisfies Format;
