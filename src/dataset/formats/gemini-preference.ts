import * as z from "zod";
import { readDialogue } from "../dialogue.ts";
import { elements, property } from "../json-node.ts";
import { hasAny, type Format } from "./format.ts";
import { contents, geminiDialect, geminiSchema, instructionTexts } from "./gemini.ts";

const completion = z.looseObject({ score: z.number("the number 1 or 0"), completion: contents.element }, 'an object such as {"score": 1, "completion": {"role": "model", "parts": [{"text": "…"}]}}');

/** A conversation with two scored answers. Source: cloud.google.com, Gemini preference tuning: prepare data. */
export const geminiPreference = {
  id: "gemini-preference",
  title: "Gemini preference",
  example: '{"contents": [{"role": "user", "parts": [{"text": "…"}]}], "completions": [{"score": 1, "completion": {"role": "model", "parts": [{"text": "…"}]}}, {"score": 0, "completion": {"role": "model", "parts": [{"text": "…"}]}}]}',
  keys: ["contents", "completions", "systemInstruction", "system_instruction"],
  messageKeys: ["role", "parts"],
  recognises: (record) => hasAny(record, "contents") && hasAny(record, "completions"),
  schema: geminiSchema.extend({ completions: z.array(completion, "a list of two scored completions") }),
  dialogues: (record) => [
    ...readDialogue(property(record, "contents"), "contents", "prompt", geminiDialect),
    ...elements(property(record, "completions")).flatMap((each, index) =>
      readDialogue(property(each, "completion"), `completions[${index}].completion`, property(each, "score")?.value === 0 ? "rejected" : "answer", geminiDialect)),
  ],
  texts: instructionTexts,
} as const satisfies Format;
