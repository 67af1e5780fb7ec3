import type { RecordRule } from "./rule.ts";

/** No text of that many bytes has more tokens; few texts of four times as many characters have fewer. */
const charactersPerToken = 4;

export const tooManyTokens: RecordRule = {
  id: "too-many-tokens",
  severity: "warning",
  summary: "A record has more tokens than the target learns from: its end, which is the answer, is cut or the record is refused.",
  explanation: "OpenAI cuts longer records from the end and says nothing, so that the model learns answers that break off; Claude on Bedrock refuses them. A record with fewer bytes than the limit has tokens cannot be too long; of longer ones the number is estimated at four characters a token, or as the provider's own validator does. Shorten or split the record.",
  source: "https://developers.openai.com/api/docs/guides/fine-tuning-best-practices",
  *check({ text, tree }, { tokens, title }) {
    if (!tokens || !tree || text.length <= tokens.limit) return;
    const per = tokens.bytesPerToken ?? charactersPerToken;
    const estimate = Math.ceil(wordsLength(text) / per);
    if (estimate <= tokens.limit) return;
    const share = Math.round((1 - tokens.limit / estimate) * 100);
    const what = tokens.beyond === "cut" ? `cuts the last ${(estimate - tokens.limit).toLocaleString("en")} or so (${share} %), where the answer stands` : "refuses it";
    yield { start: 0, end: text.length, severity: tokens.beyond === "cut" ? "warning" : "error", message: `This record has about ${estimate.toLocaleString("en")} tokens; ${title} takes ${tokens.limit.toLocaleString("en")} and ${what}. Shorten or split it.` };
  },
};

/** Characters that count: an escape is one, and the data of a picture is billed by its size. */
function wordsLength(text: string): number {
  return text.replace(/data:image\/[a-z]+;base64,[A-Za-z0-9+/=]+/g, "").replace(/\\(?:u[\da-fA-F]{4}|.)/g, "x").length;
}
