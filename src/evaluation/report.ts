import * as z from "zod";
import { conversationsOf } from "./conversations.ts";
import { measureBy } from "./measure.ts";
import { findMetric } from "./metrics/index.ts";
import type { Metric } from "./metrics/metric.ts";
import type { Outcome } from "./ask.ts";
import { savedReport, type JudgedOutcome, type JudgedRecord, type Setting } from "./report-schema.ts";
import { summarise, type Summary } from "./summary.ts";
import type { TestRecord } from "./test-set.ts";
import { pValue } from "./verdict.ts";

/** One evaluation: its setting, every answer, and what follows from them. */
export interface Report extends z.infer<typeof savedReport> {
  readonly summary: Summary;
}

/** Judges the outcomes by a pass or fail metric, together with others where some are given, and sums them up. There is at least one record. */
export function createReport(made: Omit<Setting, "metric" | "also">, metric: Metric, outcomes: readonly { readonly record: TestRecord; readonly base: Outcome; readonly tuned: Outcome }[], also: readonly Metric[] = []): Report {
  const records = outcomes.map(({ record, base, tuned }) => ({
    ...asked(record, made.slices), base: judgeOutcome(base, record, metric), tuned: judgeOutcome(tuned, record, metric),
  }));
  return { format: "tunesmith-evaluation", version: 1, ...made, metric: metric.id, ...(also.length === 0 ? {} : { also: also.map(({ id }) => id) }), records, summary: sumUp(records, also) };
}

/** The report as it is saved. JSON has no NaN and no Infinity: they are null there. */
export function writeReport(report: Report): string {
  const { records, ...head } = report;
  return `${JSON.stringify({ ...head, records }, null, 2)}\n`;
}

/**
 * Reads a saved report of two models. The summary is not read but made again from the answers, so that what is shown always follows from them.
 * Throws an Error that says what is wrong with the text.
 */
export function readReport(text: string): Report {
  const { version, value } = readVersion(text);
  if (version !== 1) throw new Error(version === 2 ? "This is the report of an evaluation plan; a report of one model against its base is expected." : unknownVersion(version));
  const { metric, also = [], ...rest } = readAs(savedReport, value);
  return { ...rest, metric, ...(also.length === 0 ? {} : { also }), summary: sumUp(rest.records, knownMetrics([metric, ...also]).slice(1)) };
}

/** The version of a saved report, and what else it says. Throws an Error when it is none. */
export function readVersion(text: string): { readonly version: number; readonly value: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error("This is not an evaluation report: it is not valid JSON.", { cause });
  }
  const head = z.object({ format: z.literal("tunesmith-evaluation"), version: z.number() }).safeParse(value);
  if (!head.success) throw new Error("This is not an evaluation report: it lacks \"format\": \"tunesmith-evaluation\".");
  return { version: head.data.version, value };
}

export function unknownVersion(version: number): string {
  return `This report has version ${version}, and this Tunesmith reads versions 1 and 2. Update Tunesmith to open it.`;
}

/** Reads what a report says. Throws an Error that says where it is damaged. */
export function readAs<Saved>(schema: z.ZodType<Saved>, value: unknown): Saved {
  const read = schema.safeParse(value);
  if (!read.success) throw new Error(`This evaluation report is damaged: ${describe(read.error)}.`);
  return read.data;
}

/** The metrics of a report. Throws an Error when one is not known. */
export function knownMetrics(ids: readonly string[]): readonly Metric[] {
  return ids.map((id) => {
    const metric = findMetric(id);
    if (!metric) throw new Error(`This report uses the metric "${id}", which this Tunesmith does not know. Update Tunesmith to open it.`);
    return metric;
  });
}

function sumUp(records: readonly JudgedRecord[], also: readonly Metric[]): Summary {
  const conversations = conversationsOf(records);
  return summarise(records.map((record, index) => ({ ...toJudgement(record), conversation: conversations[index] })), also.map((metric) => pValue(measureBy(metric, records))));
}

/** A record as reports keep it. */
export function asked({ line, prompt, reference, tools, fields }: TestRecord, slices: readonly string[] = []): Omit<JudgedRecord, "base" | "tuned"> {
  return { line, prompt: prompt.map(({ tool_calls: calls, ...message }) => ({ ...message, ...(calls ? { tool_calls: [...calls] } : {}) })), reference, ...(tools ? { tools: [...tools] } : {}), ...(slices.length > 0 ? { fields: Object.fromEntries(slices.flatMap((name) => (fields && Object.hasOwn(fields, name) ? [[name, fields[name] ?? ""]] : []))) } : {}) };
}

/** What a metric says of an outcome. */
export function judgeOutcome(given: Outcome, { reference, tools }: Pick<TestRecord, "reference" | "tools">, metric: Metric): JudgedOutcome {
  return "failure" in given ? { failure: given.failure } : { ...given, right: metric.measure(given.text, reference, { tools }) === 1 };
}

function toJudgement({ base, tuned }: JudgedRecord): { base: boolean | undefined; tuned: boolean | undefined } {
  return { base: "failure" in base ? undefined : base.right, tuned: "failure" in tuned ? undefined : tuned.right };
}

function describe(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.join(".") || "the whole"}: ${issue.message}` : "unexpected content";
}
