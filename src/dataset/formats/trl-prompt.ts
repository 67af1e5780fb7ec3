import * as z from "zod";
import { readDialogue } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { messageKeys, tools } from "./chat-schema.ts";
import { hasAny, textField, type Format } from "./format.ts";
import { textOrMessages } from "./prompt-completion.ts";

/** Prompts alone, which a reward function judges the answers to; other columns are handed to it. Source: TRL, docs/source/dataset_formats.md, prompt-only. */
export const trlPrompt = {
  id: "trl-prompt",
  title: "TRL prompt-only",
  example: '{"prompt": "…", "answer": "…"}',
  keys: ["prompt", "tools"],
  messageKeys,
  recognises: (record) => hasAny(record, "prompt"),
  schema: z.looseObject({ prompt: textOrMessages, tools }),
  dialogues: (record) => readDialogue(property(record, "prompt"), "prompt", "prompt"),
  texts: (record) => textField(record, "prompt", "question"),
} as const satisfies Format;
