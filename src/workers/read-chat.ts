import { readChat, type Chat } from "../dataset/insight/chat.ts";
import type { Encoding } from "../dataset/insight/tokens.ts";
import type { Target } from "../dataset/targets/target.ts";
import { loadTokenizer } from "./count-tokens.ts";

/** In what tokens were counted, and whether the models of the target are made with it; the count is an estimate for all others. */
export interface TokenSource {
  readonly encoding: Encoding;
  readonly exact: boolean;
}

/** Whose current models are made with o200k_base. Source: openai/tiktoken, `model.py`. */
const ofOpenAI = new Set(["openai", "azure-openai"]);

/** In what the tokens of records are counted that are for a target. */
export function tokenSourceOf({ id }: Pick<Target, "id">): TokenSource {
  return { encoding: "o200k_base", exact: ofOpenAI.has(id) };
}

/** A record as a chat for a target, with its tokens. */
export async function readRecordChat(line: string, target: Target): Promise<{ readonly chat: Chat | undefined; readonly counted: TokenSource }> {
  const counted = tokenSourceOf(target);
  return { chat: readChat(line, target, await loadTokenizer(counted.encoding)), counted };
}
