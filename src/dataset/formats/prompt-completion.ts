import * as z from "zod";
import { readDialogue } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { messageKeys, messages, tools } from "./chat-schema.ts";
import { hasAny, textField, type Format } from "./format.ts";

/** A text, or the same as messages: TRL takes either. */
export const textOrMessages = z.union([z.string(), messages], "a string, or a list of messages");

/**
 * A question and its answer, as texts or as lists of messages.
 * Source: OpenAI's `FineTuneCompletionRequestInput`; TRL, docs/source/dataset_formats.md.
 */
export const promptCompletion = {
  id: "prompt-completion",
  title: "prompt and completion",
  example: '{"prompt": "…", "completion": "…"}',
  keys: ["prompt", "completion", "tools"],
  messageKeys,
  recognises: (record) => hasAny(record, "completion"),
  schema: z.looseObject({ prompt: textOrMessages, completion: textOrMessages, tools }),
  dialogues: (record) => [...readDialogue(property(record, "prompt"), "prompt", "prompt"), ...readDialogue(property(record, "completion"), "completion", "answer")],
  texts: (record) => [...textField(record, "prompt", "question"), ...textField(record, "completion", "answer")],
} as const satisfies Format;
