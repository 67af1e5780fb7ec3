import assert from "node:assert/strict";
import fc from "fast-check";
import { readLogLines } from "../../../../../src/engine/executors/ray/log-lines.ts";

describe("the log of a submission", () => {
  const mark = "@tunesmith:ftjob-a ";
  function read(pieces: readonly string[]): { readonly messages: unknown[]; readonly others: string[] } {
    const messages: unknown[] = [];
    const others: string[] = [];
    const lines = readLogLines(mark, (message) => messages.push(message), (line) => others.push(line));
    for (const piece of pieces) lines.add(piece);
    lines.end();
    return { messages, others };
  }

  it("has messages behind the mark, be it in the middle of a line that a library left open; the rest is told apart", () => {
    const { messages, others } = read([`a warning\n${mark}{"step":1}\n 12%|##  ${mark}{"step":2}\n\n${mark}{"cut`, ` short"\n@tunesmith:ftjob-b {"step":3}`]);
    assert.deepEqual(messages, [{ step: 1 }, { step: 2 }]);
    assert.deepEqual(others, ["a warning", " 12%|##  ", `${mark}{"cut short"`, '@tunesmith:ftjob-b {"step":3}']);
  });

  it("says the same however it is cut into pieces", () => {
    const line = fc.oneof(fc.string({ maxLength: 20 }), fc.record({ step: fc.integer(), text: fc.string({ maxLength: 10 }) }).map((message) => `${mark}${JSON.stringify(message)}`));
    fc.assert(fc.property(fc.array(line, { maxLength: 12 }), fc.array(fc.nat({ max: 300 }), { maxLength: 12 }), (lines, cuts) => {
      const text = lines.join("\n");
      const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
      assert.deepEqual(read(places.slice(1).map((end, index) => text.slice(places[index], end))), read([text]));
    }));
  });
});
