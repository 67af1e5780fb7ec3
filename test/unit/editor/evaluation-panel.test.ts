import assert from "node:assert/strict";
import { createPanelHandlers, type PanelActions, type ShownReport } from "../../../src/editor/evaluation/panel-handlers.ts";
import { longestAnswer } from "../../../src/protocol/evaluation-panel.ts";
import { pageHtml } from "../../../src/editor/panels/page-html.ts";
import { analyseReport } from "../../../src/evaluation/analyse-report.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { createReport, type Report } from "../../../src/evaluation/report.ts";
import type { ReviewEntry } from "../../../src/evaluation/review/review-entry.ts";
import type { SavedReport } from "../../../src/evaluation/saved-report.ts";
import { accessReport } from "../../support/report-access.ts";

const long = `${"x".repeat(599)}\u{1F600}${"y".repeat(50)}`;

function makeReport(number: number, text = "a"): Report {
  return createReport(
    { createdAt: "2026-01-02T03:04:05.000Z", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, models: { provider: "local", base: "b", tuned: "t" }, options: { temperature: 0, maximumTokens: 8 } },
    exactMatchMetric,
    Array.from({ length: number }, (_, index) => ({
      record: { line: index + 1, prompt: [{ role: "user", content: text }], reference: "a" },
      base: { text: "a", finishReason: "stop" }, tuned: { text: index % 2 === 0 ? "a" : text, finishReason: "stop" },
    })),
  );
}

const shown = (report: SavedReport): ShownReport => ({ report: accessReport(report), address: "file:///r.json", providerTitle: (id) => (id === "local" ? "Local" : id), moved: async () => [], analysis: async () => analyseReport(report) });

function handlersOf(report: SavedReport): { handlers: ReturnType<typeof createPanelHandlers>; done: string[] } {
  const done: string[] = [];
  const said: ReviewEntry[] = [];
  const actions: PanelActions = {
    openRecord: async (_, line) => void done.push(`record ${line}`), openReport: async () => void done.push("open"),
    exportReport: async () => void done.push("export"), evaluateAgain: async () => void done.push("again"),
    correct: async (_, record, { line, answer, as }) => {
      assert.equal(record.line, line);
      done.push(`correct ${line} ${answer} ${as.kind}${as.kind === "preference" ? ` ${as.rejected}` : ""}`);
      return answer === "turned away" ? undefined : { line, words: "Moved." };
    },
    startNextRun: async () => void done.push("next run"),
    reviewer: async () => "ann", reviews: async () => new Map([["ann", said]]), keepReview: async (entry) => void said.push(entry),
  };
  return { handlers: createPanelHandlers(async () => shown(report), actions), done };
}

describe("host of the evaluation panel", () => {
  it("gives a record whole on request", async () => {
    const { handlers } = handlersOf(makeReport(2, long));
    assert.equal((await handlers.record.answer(handlers.record.read({ line: 2 }))).prompt[0]?.content, long);
  });

  it("refuses requests of another shape, and records that are not there", async () => {
    const { handlers, done } = handlersOf(makeReport(2));
    for (const value of [null, {}, { line: "1" }, { line: 0 }, { line: 1.5 }]) assert.throws(() => handlers.openRecord.read(value));
    const query = { filter: "all", order: "line" };
    for (const value of [{ query: { ...query, filter: "other" }, first: 0, count: 1 }, { query, first: -1, count: 1 }, { query, first: 0, count: 100_000 }, { query: { filter: "all" }, first: 0, count: 1 }, { query }]) assert.throws(() => handlers.rows.read(value));
    await assert.rejects(async () => handlers.openRecord.answer({ line: 77 }), { message: "The report has no record of line 77." });
    assert.deepEqual(done, []);
  });

  it("hands on a correction of a record that is there, and tells when the user turned away", async () => {
    const { handlers, done } = handlersOf(makeReport(2));
    const correct = (value: unknown) => handlers.correct.answer(handlers.correct.read(value));
    assert.deepEqual(await correct({ line: 2, answer: "a", as: { kind: "training" } }), { line: 2, words: "Moved." });
    assert.equal(await correct({ line: 1, answer: "turned away", as: { kind: "preference", rejected: 1 } }), null);
    assert.deepEqual(done, ["correct 2 a training", "correct 1 turned away preference 1"]);
    await assert.rejects(async () => correct({ line: 77, answer: "a", as: { kind: "training" } }), /no record of line 77/);
    for (const value of [null, { line: 1, answer: "a" }, { line: 1, answer: "a", as: { kind: "preference" } }]) assert.throws(() => handlers.correct.read(value), /no correction/);
    assert.throws(() => handlers.correct.read({ line: 1, answer: "x".repeat(longestAnswer + 1), as: { kind: "training" } }), /may have 150,000 characters/);
  });

  it("shows one correction at a time, and tells once what came of the last, whoever asked", async () => {
    let answer: (made: { line: number; words: string } | undefined) => void = () => undefined;
    const handlers = createPanelHandlers(async () => shown(makeReport(2)), { correct: () => new Promise((resolve) => (answer = resolve)) } as unknown as PanelActions);
    const request = { line: 2, answer: "a", as: { kind: "training" } } as const;
    const first = handlers.correct.answer(request);
    await assert.rejects(async () => handlers.correct.answer(request), /Apply or discard it first/);
    await new Promise(setImmediate);
    answer({ line: 2, words: "Moved." });
    await first;
    assert.deepEqual([(await handlers.overview.answer({})).lastCorrection, (await handlers.overview.answer({})).lastCorrection], [{ line: 2, words: "Moved." }, undefined]);
  });

  it("has answers reviewed blind: without names, in an order of chance, one after the other until nothing is left", async () => {
    const report = makeReport(12, "b");
    const { handlers } = handlersOf(report);
    let turn = await handlers.reviewTurn.answer(handlers.reviewTurn.read({ mode: "pair" }));
    const first = turn;
    assert.deepEqual([turn.reviewed, turn.total, turn.reviewer], [0, 12, "ann"]);
    const swapped = new Set<number>();
    for (let count = 0; turn.item; count++) {
      assert.ok(count < 12);
      // The tuned model's answer is another one in every second record.
      if (turn.item.answers[0] === "b") swapped.add(turn.item.line);
      const better = turn.item.answers.indexOf("b");
      turn = await handlers.review.answer(handlers.review.read({ mode: "pair", place: turn.item.place, word: { better: better === 0 || better === 1 ? better : null } }));
    }
    assert.ok(swapped.size > 0 && swapped.size < 6, "either answer may come first");
    assert.deepEqual([turn.reviewed, turn.item], [12, undefined]);
    const { comparison } = await handlers.reviewSummary.answer({});
    assert.deepEqual([comparison?.wins, comparison?.losses, comparison?.ties], [6, 0, 6], "whichever came first, the word is of the model");
    const again = await handlers.reviewTurn.answer({ mode: "pair", place: first.item?.place });
    assert.deepEqual([again.item?.line, again.item?.answers, again.item?.word !== undefined], [first.item?.line, first.item?.answers, true]);
    for (const value of [{ mode: "pair", place: 0, word: { better: 2 } }, { mode: "rating", place: 0, word: { rating: 6 } }, { mode: "other" }]) assert.throws(() => handlers.review.read(value));
    await assert.rejects(async () => handlers.review.answer({ mode: "pair", place: 99, word: { better: 0 } }), /nothing to review/);
    await assert.rejects(async () => handlers.review.answer({ mode: "pair", place: 0, word: { rating: 3 } }), /Two answers are compared/);
  });

  it("rates one answer at a time, and corrects what is shown without names", async () => {
    const { handlers, done } = handlersOf(makeReport(12, "b"));
    const turn = await handlers.reviewTurn.answer({ mode: "rating" });
    assert.deepEqual([turn.total, turn.item?.answers.length], [24, 1]);
    const next = await handlers.review.answer({ mode: "rating", place: turn.item?.place, word: { rating: 4 } });
    assert.deepEqual([next.reviewed, next.item?.place], [1, 1]);
    assert.deepEqual((await handlers.reviewSummary.answer({})).reviewers, [{ name: "ann", pairs: 0, ratings: 1 }]);
    let pair = await handlers.reviewTurn.answer({ mode: "pair" });
    while (pair.item && pair.item.answers[0] !== "b") pair = await handlers.reviewTurn.answer({ mode: "pair", place: pair.item.place + 1 });
    const { line = 0, place = 0 } = pair.item ?? {};
    const record = await handlers.record.answer({ line, blind: { mode: "pair", place } });
    assert.deepEqual([record.blind, record.answers.map(({ name }) => name), record.answers.map(({ outcome }) => "text" in outcome && outcome.text)], [true, ["Answer A", "Answer B"], ["b", "a"]]);
    await handlers.correct.answer(handlers.correct.read({ line, answer: "x", blind: { mode: "pair", place }, as: { kind: "preference", rejected: 0 } }));
    assert.deepEqual(done, [`correct ${line} x preference 1`], "the first that was shown is the tuned model's");
    await assert.rejects(async () => handlers.record.answer({ line: line + 1, blind: { mode: "pair", place } }), /another one now/);
  });

  it("marks records that were moved to training, and counts each once", async () => {
    const report = makeReport(3);
    const handlers = createPanelHandlers(async () => ({ ...shown(report), moved: async () => [{ line: 2, into: "a.jsonl" }, { line: 2, into: "b.jsonl" }] }), {} as PanelActions);
    assert.equal((await handlers.overview.answer({})).corrected, 1);
    assert.deepEqual((await handlers.rows.answer({ query: { filter: "all", order: "line" }, first: 0, count: 100 })).rows.map(({ line, movedTo }) => [line, movedTo]), [[1, undefined], [2, "b.jsonl"], [3, undefined]]);
  });

  it("does what it is asked, once", async () => {
    const { handlers, done } = handlersOf(makeReport(2));
    await handlers.openRecord.answer({ line: 2 });
    await handlers.openReport.answer(null);
    await handlers.exportReport.answer(null);
    await handlers.evaluateAgain.answer(null);
    assert.deepEqual(done, ["record 2", "open", "export", "again"]);
  });

  it("tells the page everything but the records, with services as the user knows them", async () => {
    const overview = await handlersOf(makeReport(3)).handlers.overview.answer({});
    assert.deepEqual(Object.keys(overview).sort(), ["corrected", "filters", "metric", "report", "services", "setting", "summary"]);
    assert.deepEqual(overview.services, ["Local"]);
  });
});

describe("document of a panel", () => {
  it("allows its own script by nonce, its own styles by origin, and nothing else", () => {
    const html = pageHtml({ title: "<T>", script: "https://o/s.js", style: "https://o/s.css", origin: "https://o", nonce: "n0" });
    assert.match(html, /content="default-src 'none'; style-src https:\/\/o; font-src https:\/\/o; img-src https:\/\/o; script-src 'nonce-n0'"/);
    assert.match(html, /<title>&lt;T><\/title>/);
    assert.doesNotMatch(html, /unsafe|https:;|\*/);
  });
});
