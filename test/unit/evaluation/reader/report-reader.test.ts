import assert from "node:assert/strict";
import type { ChatAnswer } from "../../../../src/evaluation/model.ts";
import { createReport, type Report } from "../../../../src/evaluation/report.ts";
import type { RecordOrder } from "../../../../src/evaluation/record-order.ts";
import { createReportReader } from "../../../../src/evaluation/reader/report-reader.ts";
import type { RecordQuery } from "../../../../src/evaluation/reader/rows.ts";
import { exactMatchMetric } from "../../../../src/evaluation/metrics/exact-match.ts";

type Answer = Omit<ChatAnswer, "finishReason"> | { failure: string };

function reportOf(...answers: readonly (readonly [question: string, base: Answer, tuned: Answer])[]): Report {
  const outcome = (answer: Answer) => ("failure" in answer ? answer : { ...answer, finishReason: "stop" });
  return createReport(
    { createdAt: "2026-01-02T03:04:05.000Z", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, models: { provider: "local", base: "b", tuned: "t" }, options: { temperature: 0, maximumTokens: 8 } },
    exactMatchMetric,
    answers.map(([question, base, tuned], index) => ({ record: { line: index + 1, prompt: [{ role: "system", content: "Be kind." }, { role: "user", content: question }], reference: "yes" }, base: outcome(base), tuned: outcome(tuned) })),
  );
}

const query: RecordQuery = { filter: "all", order: "regression" };

describe("report reader", () => {
  const report = reportOf(
    ["one", { text: "yes" }, { text: "yes" }],
    ["two", { text: "yes" }, { text: "no it is not", milliseconds: 900, promptTokens: 10, answerTokens: 9 }],
    ["three", { text: "no" }, { text: "yes", milliseconds: 20, promptTokens: 500, answerTokens: 1 }],
    ["four", { failure: "No answer." }, { text: "yes" }],
    ["five", { text: "never ever" }, { text: "never" }],
  );
  const reader = createReportReader(report);
  const listed = (wanted: Partial<RecordQuery>, lines?: readonly number[]): number[] => reader.rows({ ...query, ...wanted }, 0, 100, lines).rows.map(({ line }) => line);

  it("lists records in each order, the same ones in all", () => {
    const orders: Readonly<Record<RecordOrder, number[]>> = { regression: [2, 3, 4, 5, 1], disagreement: [2, 3, 5, 1, 4], length: [2, 5, 3, 4, 1], cost: [3, 2, 4, 5, 1], time: [2, 3, 4, 5, 1], line: [1, 2, 3, 4, 5] };
    for (const [order, lines] of Object.entries(orders)) assert.deepEqual(listed({ order: order as RecordOrder }), lines, order);
  });

  it("lists what a filter, a group and a search leave, the search in questions, references and all answers", () => {
    assert.deepEqual(listed({ filter: "tuned-wrong" }), [2, 5]);
    assert.deepEqual(listed({ order: "line" }, [5, 4]), [4, 5]);
    const found = (search: string): number[] => createReportReader(report).rows({ ...query, order: "line", search }, 0, 100).rows.map(({ line }) => line);
    assert.deepEqual([found(" TWO "), found("ever"), found("be kind"), found("absent")], [[2], [5], [1, 2, 3, 4, 5], []]);
  });

  it("gives a part of a list with the length of the whole, nothing behind its end, and never more than a message holds", () => {
    const many = createReportReader(reportOf(...Array.from({ length: 450 }, (_, index) => [`question ${index}`, { text: "no" }, { text: "yes" }] as const)));
    const part = (first: number, count: number): readonly [number, number] => { const { total, rows } = many.rows(query, first, count); return [total, rows.length]; };
    assert.deepEqual([part(0, 100), part(400, 100), part(450, 100), part(0, 100_000)], [[450, 100], [450, 50], [450, 0], [450, 200]]);
  });

  it("makes one line of a row's texts, and cuts none through a character", () => {
    const long = `${"x".repeat(199)}\u{1F600}${"y".repeat(5000)}`;
    const [row] = createReportReader(reportOf([" a\n\tb ", { text: long }, { failure: "The service\nsaid no." }])).rows(query, 0, 1).rows;
    assert.deepEqual(row, { line: 1, prompt: "a b", reference: "yes", base: { mark: "wrong", text: `${"x".repeat(199)}…` }, tuned: { mark: "missing", text: "The service said no." } });
  });

  it("gives one record whole, and none that is not there", () => {
    const { prompt, outcomes } = reader.record(2);
    assert.deepEqual([prompt, outcomes], [report.records[1]?.prompt, [report.records[1]?.base, report.records[1]?.tuned]]);
    assert.throws(() => reader.record(77), { message: "The report has no record of line 77." });
  });

  it("gives a head without anything that grows with the records", () => {
    assert.deepEqual(Object.keys(reader.head()).sort(), ["createdAt", "dataset", "format", "metric", "models", "options", "summary", "version"]);
    assert.ok(!("records" in reader.overview().setting));
  });

  it("names the metrics that are judged together", () => {
    assert.equal(createReportReader({ ...report, also: ["chrf", "token-f1"] }).overview().metric.title, "Exact match, judged together with chrF, Token F1");
    assert.equal(reader.overview().metric.title, "Exact match");
  });
});
