import assert from "node:assert/strict";
import type { Overview, Page, WholeRecord } from "../../../src/protocol/evaluation-panel.ts";
import { begin, reduce, toRemember, toRequest, type Action, type State } from "../../../webview/evaluation/state.ts";

const page = (number: number, filter: Page["filter"] = "all"): Page => ({ filter, page: number, pages: 5, records: 0, rows: [] });
const record = (line: number): WholeRecord => ({ line, prompt: [{ role: "user", content: "q" }], reference: "a", answers: [] });
const after = (state: State, ...actions: Action[]): State => actions.reduce(reduce, state);

describe("state of the evaluation page", () => {
  it("begins at the remembered place, and at the start when what was remembered is unusable", () => {
    assert.deepEqual(begin({ filter: "disagree", page: 2, report: "x" }), { filter: "disagree", wanted: 2, open: {} });
    for (const unusable of [undefined, null, 7, "x", {}, { filter: "toString", page: -1 }, { filter: [], page: 1.5 }]) assert.deepEqual(begin(unusable), { filter: "all", wanted: 0, open: {} });
  });

  it("remembers the report and the place", () => {
    const overview = { report: "file:///r.json" } as Overview;
    assert.deepEqual(toRemember(after(begin(undefined), { type: "overview", overview }, { type: "turn", page: 3 })), { report: "file:///r.json", filter: "all", page: 3 });
  });

  it("goes to the first page when the filter changes", () => {
    assert.equal(after(begin(undefined), { type: "turn", page: 3 }, { type: "filter", filter: "disagree" }).wanted, 0);
  });

  it("shows the page that was asked for last, however the answers arrive", () => {
    const state = after(begin(undefined), { type: "turn", page: 1 }, { type: "turn", page: 2 });
    const overtaken = reduce(state, { type: "page", requested: { filter: "all", page: 1 }, page: page(1) });
    assert.equal(overtaken.page, undefined);
    assert.equal(reduce(overtaken, { type: "page", requested: { filter: "all", page: 2 }, page: page(2) }).page?.page, 2);
    assert.equal(reduce(state, { type: "page", requested: { filter: "disagree", page: 2 }, page: page(2, "disagree") }).page, undefined);
  });

  it("takes the last page where fewer are left than were remembered", () => {
    const state = reduce(begin({ filter: "all", page: 9 }), { type: "page", requested: { filter: "all", page: 9 }, page: page(4) });
    assert.deepEqual([state.wanted, state.page?.page], [4, 4]);
  });

  it("opens and closes records, and does not open one that was closed while it was on its way", () => {
    const open = after(begin(undefined), { type: "open", line: 4 });
    assert.ok(4 in open.open && open.open[4] === undefined);
    assert.deepEqual(reduce(open, { type: "record", record: record(4) }).open[4], record(4));
    const closed = reduce(open, { type: "close", line: 4 });
    assert.deepEqual(reduce(closed, { type: "record", record: record(4) }).open, {});
  });

  it("keeps a correction in the making while pages turn and records arrive, and remembers what was written, not the record", () => {
    const answered: WholeRecord = { ...record(4), answers: [{ name: "b", outcome: { text: "x", finishReason: "stop", right: false } }, { name: "t", outcome: { text: "a", finishReason: "stop", right: true } }] };
    const state = after(begin(undefined), { type: "correct", line: 4 }, { type: "record", record: record(5) }, { type: "record", record: answered }, { type: "turn", page: 1 });
    assert.deepEqual([state.correcting?.answer, state.correcting?.rejected], ["a", 0], "the reference, and the wrong answer");
    const written = after(state, { type: "draft", answer: "mine" }, { type: "correct", line: 4 }, { type: "record", record: answered });
    assert.deepEqual(toRemember(written), { filter: "all", page: 1, correcting: { line: 4, answer: "mine", rejected: 0 } });
    assert.deepEqual(begin(toRemember(written)).correcting, { line: 4, answer: "mine", rejected: 0, asked: false });
    for (const correcting of [null, 3, {}, { line: "4" }]) assert.equal(begin({ correcting }).correcting, undefined);
  });

  it("asks for a correction once, and lets go of what was written only when it was made", () => {
    const state = after(begin(undefined), { type: "correct", line: 4 }, { type: "record", record: record(4) }, { type: "draft", answer: "mine" });
    assert.deepEqual(toRequest(state, "training"), { line: 4, answer: "mine", as: { kind: "training" } });
    assert.equal(toRequest(state, "preference"), undefined, "nobody answered, so there is nothing to reject");
    const asked = reduce(state, { type: "ask" });
    assert.equal(toRequest(asked, "training"), undefined);
    for (const action of [{ type: "corrected", words: undefined }, { type: "failure", message: "no" }] as const) assert.deepEqual(reduce(asked, action).correcting, state.correcting);
    const made = reduce(asked, { type: "corrected", words: "done" });
    assert.deepEqual([made.correcting, made.done, reduce(made, { type: "page", requested: { filter: "all", page: 0 }, page: page(0) }).done, reduce(made, { type: "turn", page: 1 }).done], [undefined, "done", "done", undefined]);
  });

  it("learns what came of a correction that it asked for before it was loaded anew, and does not hear it twice", () => {
    const overview = (lastCorrection: Overview["lastCorrection"]): Action => ({ type: "overview", overview: { report: "r", lastCorrection } as Overview });
    const loaded = begin({ correcting: { line: 4, answer: "mine" } });
    const made = reduce(loaded, overview({ line: 4, words: "done" }));
    assert.deepEqual([made.correcting, made.done], [undefined, "done"]);
    const refused = reduce(loaded, overview({ line: 4, failure: "changed" }));
    assert.deepEqual([refused.correcting?.answer, refused.failure], ["mine", "changed"]);
    assert.equal(reduce(loaded, overview({ line: 5, words: "done" })).correcting?.line, 4);
    assert.equal(reduce(reduce(loaded, { type: "ask" }), overview({ line: 4, words: "done" })).correcting?.asked, true, "the answer is on its way");
  });

  it("shows two other candidates from their first page on, and no answer that is of the two before", () => {
    const state = after(begin(undefined), { type: "turn", page: 3 }, { type: "pair", pair: [0, 2] });
    assert.deepEqual([state.pair, state.wanted], [[0, 2], 0]);
    assert.equal(reduce(state, { type: "page", requested: { filter: "all", page: 0 }, page: page(0) }).page, undefined);
    assert.equal(reduce(state, { type: "page", requested: { filter: "all", page: 0, pair: [0, 2] }, page: page(0) }).page?.page, 0);
    assert.equal(reduce(state, { type: "overview", overview: { report: "r", plan: { pair: [0, 1] } } as unknown as Overview }).overview, undefined);
    assert.deepEqual(toRemember(state), { pair: [0, 2], filter: "all", page: 0 });
    for (const pair of [[0], ["a", 1], [0, -1], 3]) assert.equal(begin({ pair }).pair, undefined);
  });

  it("shows the records of a group alone, and all again; another report has other groups", () => {
    const group = { slice: 2 };
    const state = after(begin(undefined), { type: "filter", filter: "disagree" }, { type: "group", group });
    assert.deepEqual([state.group, state.filter], [group, "all"]);
    assert.equal(reduce(state, { type: "group", group: undefined }).group, undefined);
    assert.equal(reduce(state, { type: "changed" }).group, undefined);
  });

  it("shows a failure until the next thing is done", () => {
    const failed = reduce(begin(undefined), { type: "failure", message: "no" });
    assert.equal(failed.failure, "no");
    assert.equal(reduce(failed, { type: "turn", page: 1 }).failure, undefined);
  });
});
