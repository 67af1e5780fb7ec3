import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeMlxLmData } from "../../../../src/engine/runners/mlx-lm-data.ts";
import { scratchFolder } from "../../../support/scratch.ts";

const user = (content: string) => ({ role: "user", content });
const assistant = (content: string, weight?: number) => ({ role: "assistant", content, ...(weight === undefined ? {} : { weight }) });
const lines = (records: readonly object[]): string => records.map((record) => JSON.stringify(record)).join("\n");

describe("the folder that mlx-lm reads", () => {
  const { file, path } = scratchFolder();
  const read = (folder: string, name: string): unknown[] => readFileSync(join(folder, name), "utf8").trim().split("\n").map((line) => JSON.parse(line) as unknown);

  it("has a record for each answer that is learned, which ends there; answers of weight 0 are history", async () => {
    const tools = [{ type: "function", function: { name: "look" } }];
    const trainingFile = file("train.jsonl", `\uFEFF${lines([{ messages: [user("1?"), assistant("1", 0), user("2?"), assistant("2"), user("3?"), assistant("3", 1)], tools }])}\r\n\r\n${lines([{ messages: [user("4?"), assistant("no", 0)] }])}\n`);
    const folder = path("data");
    assert.deepEqual(await writeMlxLmData({ trainingFile }, folder), { folder, trainingRecords: 2, validationRecords: 0 });
    const history = [user("1?"), assistant("1"), user("2?"), assistant("2")];
    assert.deepEqual(read(folder, "train.jsonl"), [{ tools, messages: history }, { tools, messages: [...history, user("3?"), assistant("3")] }]);
    assert.equal(existsSync(join(folder, "valid.jsonl")), false);
  });

  it("has the validation file beside it", async () => {
    const record = { messages: [user("1?"), assistant("1")] };
    const folder = path("both");
    assert.deepEqual(await writeMlxLmData({ trainingFile: file("a.jsonl", lines([record, record])), validationFile: file("b.jsonl", lines([record])) }, folder), { folder, trainingRecords: 2, validationRecords: 1 });
    assert.deepEqual(read(folder, "valid.jsonl"), [record]);
  });
});
