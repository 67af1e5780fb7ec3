import { plain } from "../dataset/markdown-text.ts";
import type { Metric } from "./metrics/metric.ts";
import type { Outcome } from "./ask.ts";
import type { TestRecord } from "./test-set.ts";

/** What a candidate answered to one record. */
export interface AskedCandidate {
  readonly name: string;
  readonly service: string;
  readonly outcome: Outcome;
  /** Whether the answer was kept from before, so that nobody was asked. */
  readonly kept: boolean;
}

/** One record with its reference and what each candidate answers, as Markdown. Texts of datasets and models stand in code blocks, where they are texts. */
export function askedRecordDocument(record: TestRecord, asked: readonly AskedCandidate[], metric: Metric): string {
  const { prompt, reference, tools } = record;
  const unsuited = metric.unsuited?.(reference, record);
  return [
    `# Line ${record.line}`, "", unsuited === undefined ? `✓ and ✗ by ${plain(metric.title)}: ${plain(metric.explanation)}` : `${plain(metric.title)} says nothing here: ${plain(unsuited)}.`,
    "", "## Reference", "", fenced(reference),
    ...asked.flatMap(({ name, service, outcome, kept }) => {
      const title = `${plain(name)} (${plain(service)}${kept ? ", kept from before" : ""})`;
      if ("failure" in outcome) return ["", `## – ${title}`, "", "No answer:", "", fenced(outcome.failure)];
      const sign = unsuited === undefined ? `${metric.kind === "score" ? metric.measure(outcome.text, reference, { tools }).toFixed(3) : metric.measure(outcome.text, reference, { tools }) === 1 ? "✓" : "✗"} ` : "";
      return ["", `## ${sign}${title}`, "", fenced(outcome.text), ...(outcome.finishReason === "length" ? ["", "The answer was cut at the most tokens that it may have."] : [])];
    }),
    "", "## What was asked", "", ...prompt.flatMap(({ role, content }) => [`${plain(role)}:`, "", fenced(content), ""]),
  ].join("\n");
}

/** A code block whose fence is longer than any run of backticks in the text. */
function fenced(text: string): string {
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  return `${fence}text\n${text}\n${fence}`;
}
