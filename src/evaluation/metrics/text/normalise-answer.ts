import { splitWords } from "./white-space.ts";

const punctuation = /[!-/:-@[-`{-~]/gu;
/** An article between Unicode's word boundaries; JavaScript's \b knows ASCII words only and would break "año". */
const article = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/** A text as SQuAD's `normalize_answer` makes it: lower case, without ASCII punctuation and English articles, with single spaces (Rajpurkar et al., arXiv 1606.05250). */
export function normaliseAnswer(text: string): string {
  return splitWords(text.toLowerCase().replace(punctuation, "").replace(article, " ")).join(" ");
}
