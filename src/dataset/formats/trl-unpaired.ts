import * as z from "zod";
import { readDialogue } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { messageKeys } from "./chat-schema.ts";
import { hasAny, textField, type Format } from "./format.ts";
import { textOrMessages } from "./prompt-completion.ts";

/** Answers that are each called good or bad, for KTO. Source: TRL, docs/source/dataset_formats.md, unpaired preference. */
export const trlUnpaired = {
  id: "trl-unpaired",
  title: "TRL unpaired preference",
  example: '{"prompt": "…", "completion": "…", "label": true}',
  keys: ["prompt", "completion", "label"],
  messageKeys,
  recognises: (record) => hasAny(record, "completion") && hasAny(record, "label"),
  schema: z.looseObject({ prompt: textOrMessages, completion: textOrMessages, label: z.boolean("true or false") }),
  dialogues: (record) => [...readDialogue(property(record, "prompt"), "prompt", "prompt"), ...readDialogue(property(record, "completion"), "completion", "answer")],
  texts: (record) => [...textField(record, "prompt", "question"), ...textField(record, "completion", "answer")],
} as const satisfies Format;
