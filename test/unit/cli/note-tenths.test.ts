import assert from "node:assert/strict";
import { noteTenths } from "../../../src/cli/evaluation/evaluate.ts";

describe("the progress of an evaluation on the command line", () => {
  it("is told with each further tenth, of answers and then of references from the beginning", () => {
    const notes: string[] = [];
    const note = noteTenths({ notes: (text) => void notes.push(text) });
    const of = (answered: number, more: object = {}) => note({ candidate: "m", answered, failed: 0, kept: 0, total: 20, ...more });
    for (const answered of [1, 2, 3, 20]) of(answered);
    for (const answered of [1, 2, 20]) of(answered, { counted: "references" });
    assert.deepEqual(notes, ["m, 2 of 20 answers …\n", "m, 20 of 20 answers …\n", "m, 2 of 20 references …\n", "m, 20 of 20 references …\n"]);
  });
});
