import * as z from "zod";
import { hasAny, textField, type Format } from "./format.ts";

/** The steps of an answer, each called right or wrong, for process reward models. Source: TRL, docs/source/dataset_formats.md, stepwise supervision. */
export const trlStepwise = {
  id: "trl-stepwise",
  title: "TRL stepwise supervision",
  example: '{"prompt": "…", "completions": ["…", "…"], "labels": [true, false]}',
  keys: ["prompt", "completions", "labels"],
  recognises: (record) => hasAny(record, "completions") && hasAny(record, "labels"),
  schema: z.looseObject({ prompt: z.string("a string"), completions: z.array(z.string("a string"), "a list of strings"), labels: z.array(z.boolean("true or false"), "a list of true and false") }),
  texts: (record) => textField(record, "prompt", "question"),
} as const satisfies Format;
