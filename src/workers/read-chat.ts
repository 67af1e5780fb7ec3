import { readChat, type Chat } from "../dataset/insight/chat.ts";
import { tokenizerOf, type Tokenizer } from "../dataset/insight/tokens.ts";
import type { Target } from "../dataset/targets/target.ts";
import { loadTokenizer } from "./count-tokens.ts";

/** In what tokens were counted, and whether the models of the target are made with it; the count is an estimate for all others. */
export type TokenSource = Tokenizer;

/** Whose current models are made with o200k_base, and count pictures as gpt-4.1 does, the larger ones. Source: openai/tiktoken, `model.py`. */
const ofOpenAI = new Set(["openai", "azure-openai"]);

/** In what the tokens of records are counted that are for a target. */
export function tokenSourceOf({ id }: Pick<Target, "id">): TokenSource {
  return ofOpenAI.has(id) ? tokenizerOf("gpt-4.1") : { encoding: "o200k_base", exact: false };
}

/** A record as a chat for a target, with its tokens. */
export async function readRecordChat(line: string, target: Target): Promise<{ readonly chat: Chat | undefined; readonly counted: TokenSource }> {
  const counted = tokenSourceOf(target);
  return { chat: readChat(line, target, await loadTokenizer(counted.encoding, counted.images)), counted };
}
