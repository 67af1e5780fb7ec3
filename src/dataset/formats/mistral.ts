import * as z from "zod";
import { readDialogue } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { messageKeys, messages, tools } from "./chat-schema.ts";
import { hasAny, type Format } from "./format.ts";

/** Mistral's own names of a chat's parts; with OpenAI's it is a chat. Source: mistralai/mistral-finetune, `utils/validate_data.py`. */
export const mistral = {
  id: "mistral",
  title: "Mistral interactions",
  example: '{"interactions": [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]}',
  keys: ["interactions", "messages", "available_tools", "tools"],
  messageKeys,
  family: "messages",
  recognises: (record) => hasAny(record, "interactions", "available_tools"),
  schema: z.looseObject({ interactions: messages.optional(), messages: messages.optional(), available_tools: tools, tools })
    .refine((record) => record.interactions ?? record.messages, { path: ["interactions"], message: "a list of messages" }),
  dialogues: (record) => [...readDialogue(property(record, "interactions"), "interactions", "conversation"), ...readDialogue(property(record, "messages"), "messages", "conversation")],
} as const satisfies Format;
