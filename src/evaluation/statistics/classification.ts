import { countPairs } from "./label-pairs.ts";

export interface ClassScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** How many records truly have the label. */
  readonly support: number;
}

export interface ClassificationReport {
  /** The share of all records whose label is right, whether declared or not; NaN without a record. */
  readonly accuracy: number;
  readonly per_class: Readonly<Record<string, ClassScores>>;
  /** The mean of the classes' scores; NaN without a class. */
  readonly macro: ClassScores;
  /** Over all declared classes' records together. */
  readonly micro: ClassScores;
  /** The mean weighted by support. */
  readonly weighted: ClassScores;
}

export interface Labelled {
  /** The classes that count, in their order; else all that occur, by code point. */
  readonly labels?: readonly string[] | undefined;
  readonly truth: readonly string[];
  readonly predicted: readonly string[];
}

/**
 * Precision, recall and F1 for each class, and their averages: scikit-learn `precision_recall_fscore_support(zero_division=0)`, so a class that is never predicted has
 * precision 0, and one that never occurs recall 0. Throws a RangeError for lists of different lengths.
 */
export function classificationReport({ labels, truth, predicted }: Labelled): ClassificationReport {
  const classes = countPairs(labels, truth, predicted).labels;
  const counts = new Map(classes.map((label) => [label, { hits: 0, predicted: 0, support: 0 }]));
  for (const [index, label] of truth.entries()) {
    const [actual, guess] = [counts.get(label), counts.get(predicted[index] ?? "")];
    if (actual) actual.support += 1;
    if (guess) guess.predicted += 1;
    if (actual && actual === guess) actual.hits += 1;
  }
  const scores = classes.map((label) => score(counts.get(label) ?? nothing));
  const support = scores.reduce((sum, each) => sum + each.support, 0);
  const right = truth.filter((label, index) => label === predicted[index]).length;
  return {
    accuracy: right / truth.length,
    per_class: Object.fromEntries(classes.map((label, index) => [label, scores[index] ?? score(nothing)])),
    macro: average(scores, () => 1),
    micro: score([...counts.values()].reduce((sum, each) => ({ hits: sum.hits + each.hits, predicted: sum.predicted + each.predicted, support: sum.support + each.support }), nothing)),
    weighted: average(scores, (each) => (support === 0 ? 1 : each.support)),
  };
}

/** How often each label (row) was answered by each (column): scikit-learn `confusion_matrix`. Pairs with a label that is not declared are left out. Throws a RangeError for lists of different lengths. */
export function confusionMatrix({ labels, truth, predicted }: Labelled): { labels: string[]; matrix: number[][] } {
  return countPairs(labels, truth, predicted);
}

interface Counts {
  readonly hits: number;
  readonly predicted: number;
  readonly support: number;
}

const nothing: Counts = { hits: 0, predicted: 0, support: 0 };

function score({ hits, predicted, support }: Counts): ClassScores {
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
  return { precision: share(hits, predicted), recall: share(hits, support), f1: share(2 * hits, predicted + support), support };
}

function average(scores: readonly ClassScores[], weight: (scores: ClassScores) => number): ClassScores {
  const total = scores.reduce((sum, each) => sum + weight(each), 0);
  const mean = (name: "precision" | "recall" | "f1"): number => scores.reduce((sum, each) => sum + each[name] * weight(each), 0) / total;
  return { precision: mean("precision"), recall: mean("recall"), f1: mean("f1"), support: scores.reduce((sum, each) => sum + each.support, 0) };
}
