import type { Metric } from "./metric.ts";
import { countNGrams, countShared } from "./text/n-grams.ts";
import { stem } from "./text/porter-stemmer.ts";

export interface RougeScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface RougeScores {
  readonly rouge1: RougeScore;
  readonly rouge2: RougeScore;
  readonly rougeL: RougeScore;
}

/**
 * ROUGE-1, ROUGE-2 and ROUGE-L of one text, 0 to 1: rouge-score 0.1.2 (Lin, Text Summarization Branches Out, 2004). Texts are compared in lower case, and every
 * character outside a–z and 0–9 separates words. With `stemmer`, words of more than three letters are stemmed as NLTK's Porter stemmer does.
 */
export function rouge({ hypothesis, reference, stemmer = false }: { hypothesis: string; reference: string; stemmer?: boolean }): RougeScores {
  const [given, wanted] = [rougeTokens(hypothesis, stemmer), rougeTokens(reference, stemmer)];
  const runs = (order: number): RougeScore => {
    const [a, b] = [countNGrams(given, order, " "), countNGrams(wanted, order, " ")];
    return toScore(countShared(a, b), Math.max(0, given.length - order + 1), Math.max(0, wanted.length - order + 1));
  };
  return { rouge1: runs(1), rouge2: runs(2), rougeL: toScore(longestCommonSubsequence(given, wanted), given.length, wanted.length) };
}

/** The words that ROUGE sees. */
export function rougeTokens(text: string, stemmer = false): readonly string[] {
  const words = text.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== "");
  return stemmer ? words.map((word) => (word.length > 3 ? stem(word) : word)) : words;
}

function toScore(shared: number, given: number, wanted: number): RougeScore {
  const [precision, recall] = [given === 0 ? 0 : shared / given, wanted === 0 ? 0 : shared / wanted];
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

function longestCommonSubsequence(first: readonly string[], second: readonly string[]): number {
  let previous = new Uint32Array(second.length + 1);
  let current = new Uint32Array(second.length + 1);
  for (const word of first) {
    for (let index = 1; index <= second.length; index++) {
      current[index] = word === second[index - 1] ? (previous[index - 1] ?? 0) + 1 : Math.max(previous[index] ?? 0, current[index - 1] ?? 0);
    }
    [previous, current] = [current, previous];
  }
  return previous[second.length] ?? 0;
}

/** The longest row of words that answer and reference share, for texts in English letters. */
export const rougeLMetric: Metric = {
  id: "rouge-l",
  title: "ROUGE-L",
  explanation: "The longest sequence of words that stands in answer and reference in the same order, as F1, from 0 to 1. A weak sign of quality. rouge-score's rougeL, without stemming; only a–z and 0–9 are letters to it.",
  kind: "score",
  measure: (answer, reference) => rouge({ hypothesis: answer, reference }).rougeL.f1,
  unsuited(reference) {
    const letters = Array.from(reference.toLowerCase()).filter((character) => /[\p{L}\p{N}]/u.test(character));
    return letters.filter((letter) => /[a-z0-9]/.test(letter)).length * 2 <= letters.length ? "ROUGE sees only a–z and 0–9, which are less than half of the reference's letters; chrf sees all" : undefined;
  },
};
