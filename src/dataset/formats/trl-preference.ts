import * as z from "zod";
import { readDialogue } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { message, messageKeys, messages, tools } from "./chat-schema.ts";
import { hasAny, textField, type Format } from "./format.ts";
import { textOrMessages } from "./prompt-completion.ts";

/** Axolotl writes one answer as an object; TRL as a text or a list of messages. */
const answer = z.union([z.string(), messages, message], "a string, or a list of messages");

/**
 * A chosen and a rejected answer, with the prompt of its own (explicit) or at the beginning of both (implicit).
 * Source: TRL, docs/source/dataset_formats.md; Axolotl, `src/axolotl/prompt_strategies/dpo`.
 */
export const trlPreference = {
  id: "trl-preference",
  title: "TRL preference",
  example: '{"prompt": "…", "chosen": "…", "rejected": "…"}',
  keys: ["prompt", "chosen", "rejected", "messages", "tools"],
  messageKeys,
  recognises: (record) => hasAny(record, "chosen", "rejected"),
  schema: z.looseObject({ prompt: textOrMessages.optional(), messages: messages.optional(), chosen: answer, rejected: answer, tools }),
  dialogues: (record) => [
    ...readDialogue(property(record, "prompt"), "prompt", "prompt"),
    ...readDialogue(property(record, "messages"), "messages", "prompt"),
    ...readDialogue(property(record, "chosen"), "chosen", "answer"),
    ...readDialogue(property(record, "rejected"), "rejected", "rejected"),
  ],
  texts: (record) => [...textField(record, "prompt", "question"), ...textField(record, "chosen", "answer"), ...textField(record, "rejected", "rejected")],
} as const satisfies Format;
