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

/** A record as a chat for a target, with its tokens. */
export async function readRecordChat(line: string, target: Target): Promise<{ readonly chat: Chat | undefined; readonly counted: TokenSource }> {
  const encoding = "o200k_base";
  return { chat: readChat(line, target, await loadTokenizer(encoding)), counted: { encoding, exact: ofOpenAI.has(target.id) } };
}
