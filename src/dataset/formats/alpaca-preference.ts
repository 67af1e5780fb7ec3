import * as z from "zod";
import { alpacaSchema } from "./alpaca.ts";
import { hasAny, textField, type Format } from "./format.ts";

/** An instruction with a chosen and a rejected answer. Source: LLaMA-Factory, data/README.md, preference datasets in Alpaca format. */
export const alpacaPreference = {
  id: "alpaca-preference",
  title: "Alpaca preference",
  example: '{"instruction": "…", "input": "", "chosen": "…", "rejected": "…"}',
  keys: ["instruction", "input", "chosen", "rejected", "system", "history"],
  recognises: (record) => hasAny(record, "instruction") && hasAny(record, "chosen", "rejected"),
  schema: alpacaSchema.extend({ chosen: z.string("a string"), rejected: z.string("a string") }),
  texts: (record) => [...textField(record, "instruction", "question"), ...textField(record, "input", "question"), ...textField(record, "chosen", "answer"), ...textField(record, "rejected", "rejected")],
} as const satisfies Format;
