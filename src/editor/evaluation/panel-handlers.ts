import * as z from "zod";
import { findMetric } from "../../evaluation/metrics/index.ts";
import { countByFilter, orderByDisagreement, passesFilter, recordFilters } from "../../evaluation/record-order.ts";
import type { JudgedOutcome, JudgedRecord, Report } from "../../evaluation/report.ts";
import type { Handlers } from "../../protocol/channel.ts";
import { rowsPerPage, type EvaluationPanel, type Overview, type Page, type PageRequest, type Row } from "../../protocol/evaluation-panel.ts";

/** What the panel can have done outside of itself. */
export interface PanelActions {
  openRecord(report: Report, line: number): Promise<void>;
  openReport(): Promise<void>;
  exportReport(report: Report): Promise<void>;
  evaluateAgain(report: Report): Promise<void>;
}

const nothing = (): null => null;
const pageRequest = z.object({ filter: z.enum(recordFilters), page: z.int().min(0) });
const lineRequest = z.object({ line: z.int().min(1) });

/** Long texts in the table are cut here, in UTF-16 units; the record is shown whole when it is asked for. */
const cutAt = 600;

/** The host's side of the evaluation panel. `current` gives the report that the panel shows now; what arrives from the page is read by a schema. */
export function createPanelHandlers(current: () => Promise<{ report: Report; overview: Overview }>, actions: PanelActions): Handlers<EvaluationPanel> {
  const act = async (action: (report: Report) => Promise<void>): Promise<null> => {
    await action((await current()).report);
    return null;
  };
  return {
    overview: { read: nothing, answer: async () => (await current()).overview },
    page: { read: (value) => pageRequest.parse(value), answer: async (request) => selectPage((await current()).report, request) },
    record: { read: (value) => lineRequest.parse(value), answer: async ({ line }) => findRecord((await current()).report, line) },
    openRecord: {
      read: (value) => lineRequest.parse(value),
      answer: ({ line }) => act((report) => actions.openRecord(report, findRecord(report, line).line)),
    },
    openReport: { read: nothing, answer: () => act(() => actions.openReport()) },
    exportReport: { read: nothing, answer: () => act((report) => actions.exportReport(report)) },
    evaluateAgain: { read: nothing, answer: () => act((report) => actions.evaluateAgain(report)) },
  };
}

/** A report without its records, as the page shows it. `address` names the report's file. */
export function toOverview(report: Report, address: string, provider: string): Overview {
  const { format: _format, version: _version, records, summary, ...setting } = report;
  const metric = findMetric(report.metric);
  const also = (report.also ?? []).map((id) => findMetric(id)?.title ?? id);
  return {
    report: address, provider, setting, summary, filters: countByFilter(records),
    metric: { title: `${metric?.title ?? report.metric}${also.length === 0 ? "" : `, judged together with ${also.join(", ")}`}`, explanation: metric?.explanation ?? "" },
  };
}

/** The rows of one page; a page behind the last one is the last one. */
export function selectPage(report: Report, { filter, page }: PageRequest): Page {
  const records = orderByDisagreement(report.records.filter((record) => passesFilter(record, filter)));
  const pages = Math.max(1, Math.ceil(records.length / rowsPerPage));
  const shown = Math.min(page, pages - 1);
  return { filter, page: shown, pages, rows: records.slice(shown * rowsPerPage, (shown + 1) * rowsPerPage).map(toRow) };
}

function toRow(record: JudgedRecord): Row {
  const prompt = record.prompt.at(-1)?.content ?? "";
  const texts = [prompt, record.reference, textOf(record.base), textOf(record.tuned)];
  return {
    line: record.line, prompt: cut(prompt), reference: cut(record.reference), base: cutOutcome(record.base), tuned: cutOutcome(record.tuned),
    cut: record.prompt.length > 1 || texts.some((text) => text.length > cutAt),
  };
}

function findRecord(report: Report, line: number): JudgedRecord {
  const record = report.records.find((each) => each.line === line);
  if (!record) throw new Error(`The report has no record of line ${line}.`);
  return record;
}

function textOf(outcome: JudgedOutcome): string {
  return "failure" in outcome ? outcome.failure : outcome.text;
}

function cutOutcome(outcome: JudgedOutcome): JudgedOutcome {
  return "failure" in outcome ? { failure: cut(outcome.failure) } : { ...outcome, text: cut(outcome.text) };
}

function cut(text: string): string {
  if (text.length <= cutAt) return text;
  // A character outside the Basic Multilingual Plane must not be cut in half.
  return `${text.slice(0, cutAt).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
