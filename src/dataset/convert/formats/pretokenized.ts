import type { SourceFormat } from "../format.ts";
import { Refusal } from "../loss.ts";

/** Numbers of tokens: only the tokenizer that made them knows their text. */
export const pretokenized: SourceFormat = {
  id: "pretokenized",
  read() {
    throw new Refusal("it holds the numbers of tokens, whose text only their tokenizer knows");
  },
};
