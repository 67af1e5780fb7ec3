import * as z from "zod";
import { readDialogue } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { hasAny, textField, type Format } from "./format.ts";
import { readConversations, sharegptDialect, turns } from "./sharegpt.ts";

const answer = z.looseObject({ from: z.string('a string such as "gpt"'), value: z.string("a string") }, 'an object such as {"from": "gpt", "value": "…"}');

/** A conversation with two answers to its end. Source: LLaMA-Factory, data/README.md, preference datasets in ShareGPT format. */
export const sharegptPreference = {
  id: "sharegpt-preference",
  title: "ShareGPT preference",
  example: '{"conversations": [{"from": "human", "value": "…"}], "chosen": {"from": "gpt", "value": "…"}, "rejected": {"from": "gpt", "value": "…"}}',
  keys: ["conversations", "chosen", "rejected", "system", "tools", "id"],
  messageKeys: ["from", "value"],
  recognises: (record) => hasAny(record, "conversations") && hasAny(record, "chosen", "rejected"),
  schema: z.looseObject({ conversations: turns, chosen: answer, rejected: answer }),
  dialogues: (record) => [
    ...readConversations(record, "prompt"),
    ...readDialogue(property(record, "chosen"), "chosen", "answer", sharegptDialect),
    ...readDialogue(property(record, "rejected"), "rejected", "rejected", sharegptDialect),
  ],
  texts: (record) => textField(record, "system", "system"),
} as const satisfies Format;
