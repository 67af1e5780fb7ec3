import { countImagesBy, type ImageFormula } from "../dataset/insight/image-tokens.ts";
import { createTokenCount, type TokenCount } from "../dataset/insight/token-count.ts";
import { recordTokens, type CountTokens, type Encoding, type RecordTokens } from "../dataset/insight/tokens.ts";
import { watched, type FileProgress } from "./lint-file.ts";
import { openSource } from "./read-source.ts";

/** In training data a special token's spelling is text like any other. */
const asText = { disallowedSpecial: new Set<string>() };

/** How tokens are counted, and where records are cut. */
export interface TokenCounting {
  readonly encoding: Encoding;
  /** How pictures are counted, where that is known. */
  readonly images?: ImageFormula;
  /** The folder of the model itself, whose own tokenizer and chat template count then. */
  readonly folder?: string;
  /** The most tokens of a record. */
  readonly limit?: number;
}

/** The tokens of all records of a file, in the model's own tokenizer where its folder is given, else in an encoding of OpenAI's. `watch` as in `lintFile`. Rejects with a FileError when the file cannot be read. */
export async function countFileTokens(path: string, { encoding, images, folder, limit }: TokenCounting, watch: (progress: FileProgress) => void = () => undefined): Promise<TokenCount> {
  const count = folder === undefined ? await loadRecords(encoding, images) : (await import("./chat-template-tokens.ts")).openChatTokens(folder);
  const counted = createTokenCount(limit);
  const source = openSource(path);
  try {
    let line = 0;
    for (const { text } of watched(source, watch)) counted.add(line++, count(text));
    return counted.result();
  } finally {
    source.close();
  }
}

async function loadRecords(encoding: Encoding, images: ImageFormula | undefined): Promise<(line: string) => RecordTokens> {
  const count = await loadTokenizer(encoding, images);
  return (line) => recordTokens(line, count);
}

/** What counts the tokens of a text, and of pictures by a formula. Each encoding's table is megabytes, of which the other is not needed. */
export async function loadTokenizer(encoding: Encoding, images?: ImageFormula): Promise<CountTokens> {
  const { countTokens } = encoding === "o200k_base" ? await import("gpt-tokenizer/encoding/o200k_base") : await import("gpt-tokenizer/encoding/cl100k_base");
  return Object.assign((text: string) => countTokens(text, asText), images ? { image: countImagesBy(images) } : {});
}
