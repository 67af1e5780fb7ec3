import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { readLearned } from "../../../src/workers/read-learned.ts";
import { scratchFolder } from "../../support/scratch.ts";

const chat = (weight?: number): string => JSON.stringify({ messages: [{ role: "user", content: "q" }, { role: "assistant", content: "a", ...(weight === undefined ? {} : { weight }) }], tools: [{ type: "function" }] });

describe("reading what a training learns of a file", () => {
  const { path } = scratchFolder();

  it("gives its records with weights and tools, and the lines that have nothing to learn with the reason", () => {
    writeFileSync(path("a.jsonl"), [chat(1), "", "{", chat(0), '{"prompt":"x"}', chat()].join("\n"));
    const { records, refused, more } = readLearned(path("a.jsonl"), 10);
    assert.deepEqual([records.map(({ line, messages, tools }) => [line, messages.at(-1)?.weight, tools?.length]), more], [[[0, 1, 1], [5, undefined, 1]], false]);
    assert.deepEqual(refused.map(({ line, reason }) => [line, reason.split(":")[0]]), [[2, "the line is not valid JSON"], [3, "it has no answer of the assistant that is learned"], [4, "messages"]]);
  });

  it("reads no more than it is asked for, and says that there is more", () => {
    writeFileSync(path("b.jsonl"), `${[chat(), chat(), chat()].join("\n")}\n`);
    assert.deepEqual([2, 3].map((most) => [readLearned(path("b.jsonl"), most).records.length, readLearned(path("b.jsonl"), most).more]), [[2, true], [3, false]]);
    assert.throws(() => readLearned(path("none.jsonl"), 1), { name: "FileError" });
  });
});
