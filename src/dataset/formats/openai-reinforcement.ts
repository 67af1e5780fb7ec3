import { readDialogue } from "../dialogue.ts";
import { elements, properties, property } from "../json-node.ts";
import { chatKeys, chatSchema } from "./chat.ts";
import { messageKeys } from "./chat-schema.ts";
import type { Format } from "./format.ts";

/**
 * OpenAI's reinforcement format: messages that end with the user's, and further keys of any name, which graders read as `item.…`.
 * Source: `FineTuneReinforcementRequestInput` of OpenAI's specification, revision of July 2025.
 */
export const openaiReinforcement = {
  id: "openai-reinforcement",
  title: "OpenAI reinforcement",
  example: '{"messages": [{"role": "user", "content": "…"}], "reference_answer": "…"}',
  keys: chatKeys,
  messageKeys,
  family: "messages",
  recognises(record) {
    const last = property(elements(property(record, "messages")).at(-1), "role");
    return last?.value === "user" && properties(record).some(({ name }) => !(chatKeys as readonly string[]).includes(name));
  },
  schema: chatSchema,
  dialogues: (record) => readDialogue(property(record, "messages"), "messages", "conversation"),
} as const satisfies Format;
