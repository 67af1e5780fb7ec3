import type { Metric } from "./metric.ts";
import { countNGrams, countShared } from "./text/n-grams.ts";
import { splitWords } from "./text/white-space.ts";

const characterOrder = 6;
/** Recall counts β² times as much as precision. */
const betaSquared = 4;
const punctuation = /[!-/:-@[-`{-~]/u;

/** Runs of one order: in the hypothesis, in the reference, in both. */
type OrderCounts = readonly [hypothesis: number, reference: number, both: number];

/**
 * Corpus chrF, 0 to 100: the F score over runs of 1 to 6 characters, white space left out, with one list of references for each hypothesis; `word_order: 2` is chrF++.
 * sacrebleu's defaults; Popović, WMT 2015 and 2017. NaN without a hypothesis. Throws a RangeError where lists of references are missing.
 */
export function chrf({ hypotheses, references, word_order = 0 }: { hypotheses: readonly string[]; references: readonly (readonly string[])[]; word_order?: number }): { score: number } {
  if (hypotheses.length !== references.length) throw new RangeError(`chrF needs one list of references for each answer, and got ${references.length} for ${hypotheses.length}.`);
  if (hypotheses.length === 0) return { score: Number.NaN };
  return { score: fScore(hypotheses.map((hypothesis, index) => best(hypothesis, references[index] ?? [], word_order)).reduce(add)) };
}

/** chrF of one answer, 0 to 100, for the reference that fits best. NaN without a reference. */
export function sentenceChrf({ hypothesis, references, word_order = 0 }: { hypothesis: string; references: readonly string[]; word_order?: number }): { score: number } {
  return { score: references.length === 0 ? Number.NaN : fScore(best(hypothesis, references, word_order)) };
}

function best(hypothesis: string, references: readonly string[], wordOrder: number): readonly OrderCounts[] {
  const own = countRuns(hypothesis, wordOrder);
  let [chosen, highest]: [readonly OrderCounts[], number] = [[], -1];
  for (const reference of references) {
    const counts = countRuns(reference, wordOrder).map((wanted, index): OrderCounts => {
      const given = own[index] ?? new Map<string, number>();
      // Where the reference has no run of this length, the order does not count.
      return [wanted.size === 0 ? 0 : total(given), total(wanted), countShared(given, wanted)];
    });
    const score = fScore(counts);
    if (score > highest) [chosen, highest] = [counts, score];
  }
  return chosen;
}

function countRuns(text: string, wordOrder: number): readonly ReadonlyMap<string, number>[] {
  const characters = Array.from(splitWords(text).join(""));
  const words = wordOrder > 0 ? splitPunctuation(text) : [];
  return [
    ...Array.from({ length: characterOrder }, (_, index) => countNGrams(characters, index + 1, "")),
    ...Array.from({ length: wordOrder }, (_, index) => countNGrams(words, index + 1, " ")),
  ];
}

/** Words, with one punctuation mark at their end, or else at their beginning, as a word of its own. */
function splitPunctuation(text: string): readonly string[] {
  return splitWords(text).flatMap((word) => {
    if (word.length === 1) return [word];
    if (punctuation.test(word.at(-1) ?? "")) return [word.slice(0, -1), word.slice(-1)];
    return punctuation.test(word.charAt(0)) ? [word.charAt(0), word.slice(1)] : [word];
  });
}

function total(counts: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const number of counts.values()) sum += number;
  return sum;
}

function add(a: readonly OrderCounts[], b: readonly OrderCounts[]): readonly OrderCounts[] {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, order): OrderCounts => {
    const [first, second] = [a[order] ?? [0, 0, 0], b[order] ?? [0, 0, 0]];
    return [first[0] + second[0], first[1] + second[1], first[2] + second[2]];
  });
}

function fScore(counts: readonly OrderCounts[]): number {
  const counted = counts.filter(([hypothesis, reference]) => hypothesis > 0 && reference > 0);
  if (counted.length === 0) return 0;
  const precision = counted.reduce((sum, [hypothesis, , both]) => sum + both / hypothesis, 0) / counted.length;
  const recall = counted.reduce((sum, [, reference, both]) => sum + both / reference, 0) / counted.length;
  if (precision + recall === 0) return 0;
  return (100 * (1 + betaSquared) * precision * recall) / (betaSquared * precision + recall);
}

/** Runs of characters that answer and reference share, for every language. */
export const chrfMetric: Metric = {
  id: "chrf",
  title: "chrF",
  explanation: "chrF of each answer, from 0 to 1: runs of one to six characters that answer and reference share, those of the reference counted double. A weak sign of quality. sacrebleu's chrF2.",
  kind: "score",
  measure: (answer, reference) => Math.min(1, sentenceChrf({ hypothesis: answer, references: [reference] }).score / 100),
  unsuited: (reference) => (splitWords(reference).length === 0 ? "the reference has white space only" : undefined),
};
