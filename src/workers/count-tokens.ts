import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { recordTokens } from "../dataset/insight/tokens.ts";
import { watched, type FileProgress } from "./lint-file.ts";
import { openSource } from "./read-source.ts";

/** In training data a special token's spelling is text like any other. */
const asText = { disallowedSpecial: new Set<string>() };

/** The tokens of all chat records of a file, in OpenAI's encoding o200k_base. `watch` as in `lintFile`. Throws a FileError when the file cannot be read. */
export function countFileTokens(path: string, watch: (progress: FileProgress) => void = () => undefined): number {
  const source = openSource(path);
  try {
    let tokens = 0;
    for (const { text } of watched(source, watch)) tokens += recordTokens(text, (part) => countTokens(part, asText));
    return tokens;
  } finally {
    source.close();
  }
}
