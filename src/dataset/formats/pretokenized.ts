import * as z from "zod";
import { hasAny, type Format } from "./format.ts";

const numbers = z.array(z.int("a whole number"), "a list of whole numbers");

/**
 * Records that are tokens already, by their numbers; a label of -100 keeps a token from being learnt.
 * Source: docs.tokenfactory.nebius.com/post-training/datasets, pre-tokenized data.
 */
export const pretokenized = {
  id: "pretokenized",
  title: "pretokenized",
  example: '{"token_ids": [1, 2, 3], "labels": [-100, 2, 3]}',
  keys: ["token_ids", "labels", "attention_mask", "position_ids"],
  recognises: (record) => hasAny(record, "token_ids"),
  schema: z.looseObject({ token_ids: numbers, labels: numbers.nullish() })
    .refine(({ token_ids, labels }) => !labels || labels.length === token_ids.length, { path: ["labels"], message: "as many numbers as token_ids has" }),
} as const satisfies Format;
