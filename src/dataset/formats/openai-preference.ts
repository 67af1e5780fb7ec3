import * as z from "zod";
import { readDialogue } from "../dialogue.ts";
import { property } from "../json-node.ts";
import { messageKeys, messages, tools } from "./chat-schema.ts";
import { hasAny, type Format } from "./format.ts";

const input = z.looseObject({ messages, tools }, 'an object such as {"messages": [{"role": "user", "content": "…"}]}');

/** The keys of the pair in an earlier revision of the specification, which servers refuse, and what they are called now. */
export const formerPreferenceKeys: Readonly<Record<string, string>> = { preferred_completion: "preferred_output", non_preferred_completion: "non_preferred_output" };

/**
 * OpenAI's preference format for DPO: a prompt and two answers, of which the first is preferred.
 * Source: `FineTunePreferenceRequestInput` of OpenAI's specification, revision of July 2025.
 */
export const openaiPreference = {
  id: "openai-preference",
  title: "OpenAI preference",
  example: '{"input": {"messages": [{"role": "user", "content": "…"}]}, "preferred_output": [{"role": "assistant", "content": "…"}], "non_preferred_output": [{"role": "assistant", "content": "…"}]}',
  keys: ["input", "preferred_output", "non_preferred_output"],
  messageKeys,
  recognises: (record) => hasAny(record, "preferred_output", "non_preferred_output", ...Object.keys(formerPreferenceKeys)) || hasAny(property(record, "input") ?? record, "messages") && hasAny(record, "input"),
  schema: z.looseObject({ input, preferred_output: messages.optional(), non_preferred_output: messages.optional() }),
  dialogues: (record) => [
    ...readDialogue(property(property(record, "input"), "messages"), "input.messages", "prompt"),
    ...readDialogue(property(record, "preferred_output") ?? property(record, "preferred_completion"), "preferred_output", "answer"),
    ...readDialogue(property(record, "non_preferred_output") ?? property(record, "non_preferred_completion"), "non_preferred_output", "rejected"),
  ],
} as const satisfies Format;
