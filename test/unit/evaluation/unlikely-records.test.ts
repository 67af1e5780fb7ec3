import assert from "node:assert/strict";
import { findUnlikely, type ScoredRecord } from "../../../src/evaluation/unlikely-records.ts";

const record = (line: number, logprob: number, tokens: number, ...messages: ScoredRecord["messages"]): ScoredRecord => ({ line, likelihood: { logprob, tokens }, messages: messages.length > 0 ? messages : [{ role: "user", content: `q${line}` }, { role: "assistant", content: `a${line}` }] });

describe("records that a model finds unlikely", () => {
  it("are those with the highest mean loss of a token, the highest first, and of the same the first in the file", () => {
    const found = findUnlikely([record(0, -4, 4), record(1, -6, 2), record(5, -1, 1), record(3, -1, 1), record(4, 0, 3)], 3);
    assert.deepEqual(found.found.map(({ line, loss }) => [line, loss]), [[1, 3], [0, 1], [3, 1]]);
    assert.deepEqual([found.scored, found.median], [5, 1]);
    assert.deepEqual([findUnlikely([], 3).found, findUnlikely([], 3).scored], [[], 0]);
  });

  it("show the last answer that is learned and what it answers, and the calls of an answer that says nothing else", () => {
    const call = [{ id: "c", function: { name: "weather", arguments: "{}" } }];
    const [first, second] = findUnlikely([
      record(0, -2, 1, { role: "user", content: "one" }, { role: "assistant", content: "1" }, { role: "user", content: "two" }, { role: "assistant", content: "2", weight: 0 }),
      record(1, -1, 1, { role: "user", content: "Rain?" }, { role: "assistant", content: "", tool_calls: call }),
    ], 2).found;
    assert.deepEqual([first?.question, first?.answer, second?.question, second?.answer], ["one", "1", "Rain?", JSON.stringify(call)]);
  });
});
