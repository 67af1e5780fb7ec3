import assert from "node:assert/strict";
import type { WholeRecord } from "../../../src/evaluation/review/review-turns.ts";
import type { Overview } from "../../../src/protocol/evaluation-panel.ts";
import { begin, listsTheSame, reduce, toQuery, toRemember, toRequest, type Action, type State } from "../../../webview/evaluation/state.ts";

const start = { filter: "all", order: "regression", search: "", place: 0, reading: "answers" } as const;
const record = (line: number): WholeRecord => ({ line, prompt: [{ role: "user", content: "q" }], reference: "a", answers: [] });
const after = (state: State, ...actions: Action[]): State => actions.reduce(reduce, state);

describe("state of the evaluation page", () => {
  it("begins at the remembered place, and at the start when what was remembered is unusable", () => {
    assert.deepEqual(begin({ filter: "disagree", order: "length", search: "card", place: 2, reading: "json", from: "reference", report: "x" }), { filter: "disagree", order: "length", search: "card", place: 2, reading: "json", from: "reference" });
    for (const unusable of [undefined, null, 7, "x", {}, { filter: "toString", place: -1, from: "x", order: [] }, { filter: [], place: 1.5, reading: 3, search: {} }]) assert.deepEqual(begin(unusable), start);
  });

  it("remembers the report and the place", () => {
    const overview = { report: "file:///r.json" } as Overview;
    assert.deepEqual(toRemember(after(begin(undefined), { type: "overview", overview }, { type: "come", place: 3, line: 9 })), { report: "file:///r.json", ...start, place: 3 });
  });

  it("comes to the first record of another list, and knows nothing of it yet", () => {
    const before = after(begin(undefined), { type: "listed", total: 9 }, { type: "come", place: 3, line: 7 }, { type: "shown", record: record(7) });
    const state = reduce(before, { type: "query", query: { filter: "disagree" } });
    assert.deepEqual([state.place, state.total, state.line, state.record], [0, undefined, undefined, undefined]);
    assert.equal(listsTheSame(before, state), false);
    assert.equal(listsTheSame(before, reduce(before, { type: "read", reading: "json" })), true);
    assert.deepEqual(toQuery(after(before, { type: "query", query: { search: "  " } })), { filter: "all", order: "regression" });
  });

  it("comes to the last record where fewer are left than were remembered", () => {
    assert.equal(reduce(begin({ place: 9 }), { type: "listed", total: 5 }).place, 4);
    assert.equal(reduce(begin({ place: 9 }), { type: "listed", total: 0 }).place, 0);
  });

  it("keeps a correction in the making while the reader moves and records arrive, and remembers what was written, not the record", () => {
    const answered: WholeRecord = { ...record(4), answers: [{ name: "b", outcome: { text: "x", finishReason: "stop", right: false } }, { name: "t", outcome: { text: "a", finishReason: "stop", right: true } }] };
    const state = after(begin(undefined), { type: "correct", line: 4 }, { type: "record", record: record(5) }, { type: "record", record: answered }, { type: "come", place: 1 });
    assert.deepEqual([state.correcting?.answer, state.correcting?.rejected], ["a", 0], "the reference, and the wrong answer");
    const written = after(state, { type: "draft", answer: "mine" }, { type: "correct", line: 4 }, { type: "record", record: answered });
    assert.deepEqual(toRemember(written), { ...start, place: 1, correcting: { line: 4, answer: "mine", rejected: 0 } });
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
    assert.deepEqual([made.correcting, made.done, reduce(made, { type: "listed", total: 3 }).done, reduce(made, { type: "query", query: { filter: "disagree" } }).done], [undefined, "done", "done", undefined]);
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

  it("shows two other candidates from their first record on, and no overview that is of the two before", () => {
    const state = after(begin(undefined), { type: "come", place: 3 }, { type: "from", from: 1 }, { type: "pair", pair: [0, 2] });
    assert.deepEqual([state.pair, state.place, state.from], [[0, 2], 0, undefined]);
    assert.equal(reduce(state, { type: "overview", overview: { report: "r", plan: { pair: [0, 1] } } as unknown as Overview }).overview, undefined);
    assert.deepEqual(toRemember(state), { pair: [0, 2], ...start });
    for (const pair of [[0], ["a", 1], [0, -1], 3]) assert.equal(begin({ pair }).pair, undefined);
  });

  it("shows the records of a group alone, and all again; another report has other groups", () => {
    const group = { slice: 2 };
    const state = after(begin(undefined), { type: "query", query: { filter: "disagree", search: "x" } }, { type: "group", group });
    assert.deepEqual([state.group, state.filter, state.search], [group, "all", ""]);
    assert.equal(reduce(state, { type: "group", group: undefined }).group, undefined);
    assert.equal(reduce(state, { type: "changed" }).group, undefined);
  });

  it("shows a failure until the next thing is done", () => {
    const failed = reduce(begin(undefined), { type: "failure", message: "no" });
    assert.equal(failed.failure, "no");
    assert.equal(reduce(failed, { type: "query", query: {} }).failure, undefined);
  });
});
