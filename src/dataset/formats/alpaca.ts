import * as z from "zod";
import { hasAny, textField, type Format } from "./format.ts";

export const alpacaSchema = z.looseObject({
  instruction: z.string("a string"),
  input: z.string("a string").nullish(),
  system: z.string("a string").nullish(),
  history: z.array(z.tuple([z.string("a string"), z.string("a string")], "a pair of question and answer"), "a list of pairs of question and answer").nullish(),
});

/** An instruction, what it is about, and the answer. Source: tatsu-lab/stanford_alpaca, README; LLaMA-Factory, data/README.md. */
export const alpaca = {
  id: "alpaca",
  title: "Alpaca",
  example: '{"instruction": "…", "input": "", "output": "…"}',
  keys: ["instruction", "input", "output", "system", "history", "text"],
  recognises: (record) => hasAny(record, "instruction"),
  schema: alpacaSchema.extend({ output: z.string("a string") }),
  texts: (record) => [...textField(record, "instruction", "question"), ...textField(record, "input", "question"), ...textField(record, "output", "answer"), ...textField(record, "system", "system")],
} as const satisfies Format;
