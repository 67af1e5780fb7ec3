import type { Metric } from "./metric.ts";
import { countNGrams, countShared } from "./text/n-grams.ts";
import { tokenize13a } from "./text/tokenize-13a.ts";

const orders = [1, 2, 3, 4] as const;

/** What BLEU is made of: tokens of the answers and of the closest references, and for each order the runs that match and all runs. */
interface BleuCounts {
  readonly hypothesis: number;
  readonly reference: number;
  readonly matches: readonly number[];
  readonly totals: readonly number[];
}

/**
 * Corpus BLEU, 0 to 100, with one list of references for each hypothesis: sacrebleu's defaults, tokenizer 13a and exponential smoothing (Papineni et al., ACL 2002;
 * Post, WMT 2018). Where no answer has four tokens it is 0 even for perfect ones. NaN without a hypothesis. Throws a RangeError where lists of references are missing.
 */
export function bleu({ hypotheses, references }: { hypotheses: readonly string[]; references: readonly (readonly string[])[] }): { score: number } {
  if (hypotheses.length !== references.length) throw new RangeError(`BLEU needs one list of references for each answer, and got ${references.length} for ${hypotheses.length}.`);
  if (hypotheses.length === 0) return { score: Number.NaN };
  return { score: scoreOf(hypotheses.map((hypothesis, index) => count(hypothesis, references[index] ?? [])).reduce(add), false) };
}

/** BLEU of one answer, 0 to 100: sacrebleu's sentence level, which leaves out the orders for which the answer is too short. NaN without a reference. */
export function sentenceBleu({ hypothesis, references }: { hypothesis: string; references: readonly string[] }): { score: number } {
  return { score: references.length === 0 ? Number.NaN : scoreOf(count(hypothesis, references), true) };
}

/** What sacrebleu prints beside a score so that others can make it again. */
export function bleuSignature(references: readonly (readonly string[])[], sentence = false): string {
  const numbers = new Set(references.map(({ length }) => length));
  return `nrefs:${numbers.size === 1 ? [...numbers].join() : "var"}|case:mixed|eff:${sentence ? "yes" : "no"}|tok:13a|smooth:exp|version:2.6.0`;
}

function count(hypothesis: string, references: readonly string[]): BleuCounts {
  const tokens = tokenize13a(hypothesis);
  const wanted = references.map(tokenize13a);
  const lengths = wanted.map(({ length }) => length).sort((a, b) => Math.abs(a - tokens.length) - Math.abs(b - tokens.length) || a - b);
  return {
    hypothesis: tokens.length,
    reference: lengths[0] ?? 0,
    matches: orders.map((order) => countShared(countNGrams(tokens, order, " "), mostOf(wanted.map((each) => countNGrams(each, order, " "))))),
    totals: orders.map((order) => Math.max(0, tokens.length - order + 1)),
  };
}

/** Each run as often as the reference has it that has it most often. */
function mostOf(counts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const each of counts) for (const [gram, number] of each) most.set(gram, Math.max(number, most.get(gram) ?? 0));
  return most;
}

function add(a: BleuCounts, b: BleuCounts): BleuCounts {
  const sum = (first: readonly number[], second: readonly number[]): number[] => first.map((each, index) => each + (second[index] ?? 0));
  return { hypothesis: a.hypothesis + b.hypothesis, reference: a.reference + b.reference, matches: sum(a.matches, b.matches), totals: sum(a.totals, b.totals) };
}

function scoreOf({ hypothesis, reference, matches, totals }: BleuCounts, effectiveOrder: boolean): number {
  if (matches.every((number) => number === 0)) return 0;
  const brevity = hypothesis < reference ? Math.exp(1 - reference / hypothesis) : 1;
  let smoothing = 1;
  let logarithms = 0;
  let used = 0;
  for (const [index, total] of totals.entries()) {
    if (total === 0) break;
    const match = matches[index] ?? 0;
    if (match === 0) smoothing *= 2;
    logarithms += Math.log(match === 0 ? 100 / (smoothing * total) : (100 * match) / total);
    used += 1;
  }
  if (used < orders.length && !effectiveOrder) return 0;
  return brevity * Math.exp(logarithms / used);
}

/** Runs of words that answer and reference share, for languages that put spaces between words. */
export const bleuMetric: Metric = {
  id: "bleu",
  title: "BLEU",
  explanation: `BLEU of each answer, from 0 to 1: runs of one to four words that the reference has too. A weak sign of quality. sacrebleu's ${bleuSignature([["a reference"]], true)}.`,
  kind: "score",
  // Rounding can take a perfect score past the end of the scale.
  measure: (answer, reference) => Math.min(1, sentenceBleu({ hypothesis: answer, references: [reference] }).score / 100),
  unsuited(reference) {
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(reference)) return "BLEU's words are those between spaces, which Chinese, Japanese and Thai do not have; chrf has no need of them";
    return tokenize13a(reference).length === 0 ? "the reference has no word" : undefined;
  },
};
