import { confusions, labelsOf, scoreLabels, type LabelScores } from "../label-scores.ts";
import type { ReportView } from "../report-view.ts";
import type { Section, Table } from "./section.ts";
import { count, decimal, percent } from "./words.ts";

/** With more labels, tables of every label and the matrix are too large to read. */
const most = { labels: 15, confusions: 5 };

/** How each candidate labels; undefined where the references are no labels. */
export function labelsSection(view: ReportView): Section | undefined {
  const labels = labelsOf(view);
  if (!labels) return undefined;
  const scored = view.candidates.map(({ name }, index) => ({ name, scores: scoreLabels(labels, view.records.map(({ line, reference, outcomes }) => ({ line, reference, answer: answerOf(outcomes[index]) }))) }));
  return {
    title: `Labels: ${labels.length}`,
    paragraphs: scored.flatMap(({ name, scores }) => {
      const confused = confusions(scores, most.confusions).map(({ reference, answer, records }) => `${reference} as ${answer} (${records})`);
      return confused.length === 0 ? [] : [`${name} takes most often ${confused.join(", ")}.`];
    }),
    tables: [
      { head: ["Candidate", "Accuracy", "Macro F1", "Macro precision", "Macro recall", "Micro F1", "Other answers"], rows: scored.map(({ name, scores }) => averages(name, scores)) },
      ...(labels.length > most.labels ? [] : scored.flatMap(({ name, scores }) => [byLabel(name, scores), matrix(name, scores)])),
    ],
  };
}

function answerOf(outcome: ReportView["records"][number]["outcomes"][number] | undefined): string | undefined {
  return !outcome || "failure" in outcome ? undefined : outcome.text;
}

function averages(name: string, { accuracy, macro, micro, matrix }: LabelScores): string[] {
  const other = matrix.reduce((sum, row) => sum + (row.at(-1) ?? 0), 0);
  return [name, percent(accuracy), decimal(macro.f1), decimal(macro.precision), decimal(macro.recall), decimal(micro.f1), String(other)];
}

function byLabel(name: string, { per_class: classes, labels }: LabelScores): Table {
  return {
    title: `${name}, label by label`, head: ["Label", "Precision", "Recall", "F1", "Records"],
    rows: labels.map((label) => {
      const scores = classes[label];
      return [label, ...(scores ? [decimal(scores.precision), decimal(scores.recall), decimal(scores.f1), count(scores.support, "record")] : [])];
    }),
  };
}

function matrix(name: string, { labels, answers, matrix }: LabelScores): Table {
  return { title: `${name}, confusion matrix: rows are references, columns answers`, head: ["Reference", ...answers], rows: labels.map((label, row) => [label, ...(matrix[row] ?? []).map(String)]) };
}
