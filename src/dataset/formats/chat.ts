import * as z from "zod";
import { readDialogue } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { functions, messageKeys, messages, tools } from "./chat-schema.ts";
import { hasAny, type Format } from "./format.ts";

/** The keys that a chat record may have. */
export const chatKeys = ["messages", "tools", "parallel_tool_calls", "functions"] as const;

/** What every record with `messages` in OpenAI's way has. */
export const chatSchema = z.looseObject({ messages, tools, functions, parallel_tool_calls: z.boolean("true or false").nullish() });

/**
 * OpenAI's chat format: `{"messages": [{"role", "content", …}, …], "tools"?, "parallel_tool_calls"?, "functions"?}`.
 * Source: `FineTuneChatRequestInput` of OpenAI's specification, revision of July 2025.
 */
export const chat = {
  id: "chat",
  title: "OpenAI chat",
  example: '{"messages": [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]}',
  keys: chatKeys,
  messageKeys,
  family: "messages",
  recognises: (record) => hasAny(record, "messages"),
  schema: chatSchema,
  dialogues: (record) => readDialogue(property(record, "messages"), "messages", "conversation"),
} as const satisfies Format;
