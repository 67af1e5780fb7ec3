import type { Accuracy } from "../../evaluation/summary.ts";
import type { Report } from "../../evaluation/report.ts";

/** What a list of evaluations says of one. */
export interface ReportRow {
  readonly label: string;
  readonly outcome: Report["summary"]["verdict"]["outcome"];
  readonly headline: string;
  readonly description: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

const words = { better: "better", worse: "worse", "cannot-tell": "cannot tell" } as const;

/** A report as a row: `better, +63.9 to +81.6 points · 28/11/2026`, and below it the numbers that this rests on. */
export function describeReport({ createdAt, models, dataset, metric, summary }: Report): ReportRow {
  const { verdict, difference, base, tuned, answered, unanswered, confidence } = summary;
  const span = answered === 0 ? "" : `, ${points(difference.low)} to ${points(difference.high)} points`;
  return {
    label: models.tuned,
    outcome: verdict.outcome,
    headline: `${verdict.headline}. ${verdict.words}`,
    description: `${words[verdict.outcome]}${span} · ${new Date(createdAt).toLocaleDateString()}`,
    facts: [
      { name: "Tuned model right", value: right(tuned) },
      { name: "Base model right", value: `${right(base)}, ${models.base}` },
      ...(answered === 0 ? [] : [{ name: "Difference", value: `${points(difference.difference)} points, ${confidence * 100} % interval ${points(difference.low)} to ${points(difference.high)}` }]),
      { name: "Metric", value: metric },
      { name: "Test file", value: dataset.path },
      ...(unanswered === 0 ? [] : [{ name: "Without an answer", value: String(unanswered) }]),
      { name: "Made", value: new Date(createdAt).toLocaleString() },
    ],
  };
}

function right({ right: number, n }: Accuracy): string {
  return `${number.toLocaleString("en")} of ${n.toLocaleString("en")}`;
}

function points(rate: number): string {
  const text = Math.abs(rate * 100).toFixed(1);
  return text === "0.0" ? text : `${rate < 0 ? "−" : "+"}${text}`;
}
