import * as z from "zod";
import { hasAny, textField, type Format } from "./format.ts";

/** Raw text to go on writing in the same manner: `{"text": "…"}`. Source: Together's data preparation guide; TRL, docs/source/dataset_formats.md. */
export const text = {
  id: "text",
  title: "raw text",
  example: '{"text": "…"}',
  keys: ["text"],
  recognises: (record) => hasAny(record, "text"),
  schema: z.looseObject({ text: z.string("a string") }),
  texts: (record) => textField(record, "text", "text"),
} as const satisfies Format;
