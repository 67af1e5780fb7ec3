import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { importLogs } from "../../../src/workers/import-logs.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("importing logs", () => {
  const scratch = scratchFolder();
  const turn = (role: string, content: string): object => ({ role, content });
  const completion = (messages: readonly object[], content: string, finish_reason = "stop"): string => JSON.stringify({ messages, choices: [{ finish_reason, message: turn("assistant", content) }] });
  const first = [turn("user", "q1")];
  const second = [...first, turn("assistant", "a1"), turn("user", "q2")];

  it("keeps of a conversation that was logged with each turn its last state, and each conversation once, over all files", async () => {
    const one = scratch.file("one.jsonl", [completion(second, "a2"), completion(first, "a1"), completion(first, "other")].join("\n"));
    const two = scratch.file("two.json", `[${[completion(first, "other"), completion(first, "cut", "length"), "7"].join(",\n")}]`);
    const result = await importLogs([one, two], scratch.path("out.jsonl"));
    assert.deepEqual(readFileSync(scratch.path("out.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line) as object), [{ messages: [...second, turn("assistant", "a2")] }, { messages: [...first, turn("assistant", "other")] }]);
    assert.deepEqual([result.calls, result.records, new Map(result.left)], [6, 2, new Map([["a later call of the same conversation has all of it", 1], ["the same conversation is there already", 1], ["the answer was cut by the limit of tokens", 1], ["no call of a model in a known form", 1]])]);
  });

  it("reads tables, in whose cells there is JSON", async () => {
    const quoted = (value: unknown): string => `"${JSON.stringify(value).replaceAll('"', '""')}"`;
    await importLogs([scratch.file("langfuse.csv", `id,traceId,type,input,output\n1,t,GENERATION,${quoted(first)},${quoted(turn("assistant", "a1"))}\n`)], scratch.path("table.jsonl"));
    assert.deepEqual(JSON.parse(readFileSync(scratch.path("table.jsonl"), "utf8")), { messages: [...first, turn("assistant", "a1")] });
  });

  it("writes nothing where there is nothing, and says what was there", async () => {
    await assert.rejects(importLogs([scratch.file("none.jsonl", `{"a":1}\n{"a":\n`)], scratch.path("none.out")), /nothing of it becomes a record; 1 × no call of a model in a known form; 1 × its messages cannot be read\. Read are calls as OpenAI, Langfuse and OpenTelemetry log them/);
    assert.equal(existsSync(scratch.path("none.out")), false);
  });
});
