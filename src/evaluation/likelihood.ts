import type { ChatMessage, Likelihood, WeighedMessage } from "./model.ts";

/** How likely a model finds a reference; or the sentence that says why that is not told. */
export type ToldLikelihood = Likelihood | { readonly untold: string };

/** The bytes of a text in UTF-8; half of a surrogate pair has those of U+FFFD, which replaces it. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Perplexity by token: e to the mean loss of a token (Jelinek et al. 1977), of one text or of many summed up. 1 is certain; NaN without a token. */
export function perplexityOf({ logprob, tokens }: Likelihood): number {
  return tokens === 0 ? Number.NaN : Math.exp(-logprob / tokens);
}

/** The bits that the model needs for a byte of the text, whatever its tokens are (Gao et al., "The Pile", arXiv 2101.00027, section 3.1). NaN without a byte. */
export function bitsPerByte({ logprob }: Pick<Likelihood, "logprob">, bytes: number): number {
  return bytes === 0 ? Number.NaN : -logprob / Math.LN2 / bytes;
}

/** A question with the answer whose likelihood is wanted: answers of the assistant within the question, such as those of examples, do not count. */
export function withReference(prompt: readonly ChatMessage[], reference: string): readonly WeighedMessage[] {
  return [...prompt.map((message) => (message.role === "assistant" ? { ...message, weight: 0 } : message)), { role: "assistant", content: reference }];
}
