import { parameterisedOf } from "./metrics/index.ts";
import { foldLabel } from "./metrics/text/fold-label.ts";
import { classificationReport, type ClassificationReport } from "./statistics/classification.ts";

/** What stands in the place of an answer that is none of the labels. */
export const otherLabel = "(other)";

/** A reference with the answer to it; undefined where there is none. */
export interface LabelRow {
  /** The line of the test file, by which a reader finds the record. */
  readonly line: number;
  readonly reference: string;
  readonly answer: string | undefined;
}

/** How one candidate labels. */
export interface LabelScores extends ClassificationReport {
  /** The rows of the matrix, in their order. */
  readonly labels: readonly string[];
  /** The columns of the matrix: the labels, and last `otherLabel`. */
  readonly answers: readonly string[];
  /** `matrix[i][j]`: how many records with the reference `labels[i]` were answered by `answers[j]`. */
  readonly matrix: readonly (readonly number[])[];
  /** The lines of these records, for each cell of the matrix. */
  readonly lines: readonly (readonly (readonly number[])[])[];
  /** Records without an answer, and records whose reference is none of the declared labels: both are left out of everything else. */
  readonly unanswered: number;
  readonly undeclared: number;
}

/**
 * Precision, recall and F1 of each label with their averages, and the confusion matrix, for the labels that are given, each once however it is spelled. Labels are the
 * same as the metric `label` has it. An answer besides the labels is wrong, lowers recall, and is of no class of the averages: scikit-learn with `labels` and `zero_division=0`.
 */
export function scoreLabels(labels: readonly string[], rows: readonly LabelRow[]): LabelScores {
  const places = new Map<string, number>();
  const shown: string[] = [];
  for (const label of labels) if (!places.has(foldLabel(label))) places.set(foldLabel(label), shown.push(label) - 1);
  const lines: number[][][] = shown.map(() => [...shown, otherLabel].map(() => []));
  const [truth, predicted]: [string[], string[]] = [[], []];
  let [unanswered, undeclared] = [0, 0];
  // Classes are counted by their places, so that a label of the name of `otherLabel` stays one.
  for (const { line, reference, answer } of rows) {
    const wanted = places.get(foldLabel(reference));
    if (wanted === undefined) undeclared += 1;
    else if (answer === undefined) unanswered += 1;
    else {
      const given = places.get(foldLabel(answer)) ?? shown.length;
      lines[wanted]?.[given]?.push(line);
      truth.push(String(wanted));
      predicted.push(String(given));
    }
  }
  const { per_class: classes, ...averages } = classificationReport({ labels: shown.map((_, place) => String(place)), truth, predicted });
  return {
    ...averages, per_class: Object.fromEntries(shown.flatMap((label, place) => { const scores = classes[place]; return scores ? [[label, scores] as const] : []; })),
    labels: shown, answers: [...shown, otherLabel], matrix: lines.map((row) => row.map((cell) => cell.length)), lines, unanswered, undeclared,
  };
}

/** More different references, or longer ones, are texts and not labels. */
const most = { labels: 100, characters: 100 };

/**
 * The labels of a report: those that its metric declares, else its references where these are labels, in the order of their spellings: two at least, and each there
 * twice on average. Undefined where they are texts.
 */
export function labelsOf({ metric, also = [], records }: { readonly metric: string; readonly also?: readonly string[] | undefined; readonly records: readonly { readonly reference: string }[] }): readonly string[] | undefined {
  for (const id of [metric, ...also]) {
    if (!id.startsWith("label ") || !parameterisedOf("label")?.create(JSON.parse(id.slice(6)))) continue;
    return (JSON.parse(id.slice(6)) as { labels: string[] }).labels;
  }
  const found = new Map<string, string>();
  for (const { reference } of records) {
    const label = reference.trim();
    if (label.length > most.characters) return undefined;
    if (!found.has(foldLabel(label))) found.set(foldLabel(label), label);
    if (found.size > most.labels) return undefined;
  }
  return found.size >= 2 && found.size * 2 <= records.length ? [...found.values()].sort((a, b) => (a < b ? -1 : 1)) : undefined;
}

/** The most frequent wrong answers, the most frequent first. */
export function confusions({ labels, answers, matrix }: Pick<LabelScores, "labels" | "answers" | "matrix">, most: number): readonly { readonly reference: string; readonly answer: string; readonly records: number }[] {
  return matrix
    .flatMap((row, wanted) => row.flatMap((records, given) => (records > 0 && given !== wanted ? [{ reference: labels[wanted] ?? "", answer: answers[given] ?? "", records }] : [])))
    .sort((a, b) => b.records - a.records)
    .slice(0, most);
}
