import * as z from "zod";
import { readDialogue, type Dialect } from "../dialogue.ts";
import { elements, property } from "../json-node.ts";
import { messageKeys, messages } from "./chat-schema.ts";
import type { Format } from "./format.ts";

const cohereDialect: Dialect = { role: "role", content: "content", names: { System: "system", User: "user", Chatbot: "assistant", Tool: "tool" } };

/** Conversations with the speakers System, User and Chatbot. Source: cohere-ai/cohere-developer-experience, chat fine-tuning: preparing the data. */
export const cohere = {
  id: "cohere",
  title: "Cohere chat",
  example: '{"messages": [{"role": "User", "content": "…"}, {"role": "Chatbot", "content": "…"}]}',
  keys: ["messages"],
  messageKeys,
  recognises: (record) => elements(property(record, "messages")).some((message) => /^\s*chatbot\s*$/i.test(String(property(message, "role")?.value))),
  schema: z.looseObject({ messages }),
  dialogues: (record) => readDialogue(property(record, "messages"), "messages", "conversation", cohereDialect),
} as const satisfies Format;
