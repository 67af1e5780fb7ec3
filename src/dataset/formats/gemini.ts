import * as z from "zod";
import { readDialogue, type Dialect } from "../dialogue.ts";
import { elements, property, type Node } from "../json-node.ts";
import type { TextField } from "../dialogue.ts";
import { hasAny, type Format } from "./format.ts";

export const geminiDialect: Dialect = { role: "role", content: "parts", names: { user: "user", model: "assistant", function: "tool" } };

/** What a part may hold, as Google's API writes it; keys may be written with underscores too. */
const kinds = ["text", "fileData", "file_data", "inlineData", "inline_data", "functionCall", "function_call", "functionResponse", "function_response", "executableCode", "executable_code", "codeExecutionResult", "code_execution_result"];
const part = z.looseObject({ text: z.string("a string").optional(), fileData: z.looseObject({ mimeType: z.string("a media type"), fileUri: z.string('a string such as "gs://…"') }, 'an object such as {"mimeType": "image/png", "fileUri": "gs://…"}').optional() }, 'a part such as {"text": "…"}').refine((value) => kinds.some((kind) => Object.hasOwn(value, kind)), 'a part such as {"text": "…"}');
/** A text or a part alone is told by the rule `content-form`. */
const parts = z.union([z.array(part), z.string(), z.looseObject({ text: z.string("a string") })], 'a list of parts such as [{"text": "…"}]');
const turn = z.looseObject({ role: z.string('"user" or "model"'), parts }, 'an object such as {"role": "user", "parts": [{"text": "…"}]}');

export const contents = z.array(turn, 'a list such as [{"role": "user", "parts": [{"text": "…"}]}, {"role": "model", "parts": [{"text": "…"}]}]');
const instruction = z.union([z.looseObject({ parts }), z.string()], 'an object such as {"parts": [{"text": "…"}]}').optional();

/** What every Gemini record has. */
export const geminiSchema = z.looseObject({ contents, systemInstruction: instruction, system_instruction: instruction, tools: z.array(z.looseObject({}, "an object"), "a list of tools").nullish() });

/** The texts of a record's system instruction. */
export function instructionTexts(record: Node): readonly TextField[] {
  return (["systemInstruction", "system_instruction"] as const).flatMap((name) => elements(property(property(record, name), "parts")).flatMap((each) => {
    const node = property(each, "text");
    return node?.type === "string" ? [{ name, node, purpose: "system" as const }] : [];
  }));
}

/** Conversations as Gemini takes them on Vertex AI. Source: cloud.google.com, Gemini supervised tuning: prepare data. */
export const gemini = {
  id: "gemini",
  title: "Gemini contents",
  example: '{"contents": [{"role": "user", "parts": [{"text": "…"}]}, {"role": "model", "parts": [{"text": "…"}]}]}',
  keys: ["contents", "systemInstruction", "system_instruction", "tools", "toolConfig", "labels", "references"],
  messageKeys: ["role", "parts"],
  recognises: (record) => hasAny(record, "contents"),
  schema: geminiSchema,
  dialogues: (record) => readDialogue(property(record, "contents"), "contents", "conversation", geminiDialect),
  texts: instructionTexts,
} as const satisfies Format;
