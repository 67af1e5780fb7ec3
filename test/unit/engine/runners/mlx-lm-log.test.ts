import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readMlxLmLine } from "../../../../src/engine/runners/mlx-lm-log.ts";

describe("readMlxLmLine", () => {
  it("reads a real log: stages, every step with loss, pace and tokens, validations and saved weights", () => {
    const read = readFileSync("test/fixtures/engine/mlx-lm.log", "utf8").split("\n").flatMap((line) => readMlxLmLine(line) ?? []);
    assert.deepEqual(read.filter(({ type }) => type === "stage").map((line) => (line.type === "stage" ? line.stage : "")), ["loading the model", "reading the records", "training"]);
    assert.deepEqual(read.flatMap((line) => (line.type === "step" ? [line.step] : [])), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(read.flatMap((line) => (line.type === "validation" ? [line.step] : [])), [1, 4, 8]);
    assert.deepEqual(read.flatMap((line) => (line.type === "saved" ? [[line.step, line.file]] : [])), [[4, "0000004_adapters.safetensors"], [8, "0000008_adapters.safetensors"]]);
    for (const line of read) if (line.type === "step") assert.ok(line.loss > 0 && line.loss < 10 && line.tokensPerSecond >= 0 && line.tokens >= 0, JSON.stringify(line));
  });

  it("reads numbers of any size, and a loss that is none", () => {
    assert.deepEqual(readMlxLmLine("  1,200    0.512 ▲    12,345    1234.5k"), { type: "step", step: 1200, loss: 0.512, tokensPerSecond: 12345, tokens: 1_234_500 });
    const lost = readMlxLmLine("   7      nan ▼        0      0.0k");
    assert.ok(lost?.type === "step" && Number.isNaN(lost.loss));
    assert.deepEqual(readMlxLmLine("   7    val   inf    1.00s"), { type: "validation", step: 7, loss: Infinity });
  });

  it("passes over everything else", () => {
    for (const line of ["", "Trainable parameters: 0.015% (0.020M/134.515M)", "train ████░░ 50% ·     4/8", "  iter   train_loss     tok/s     tokens", "{}"]) assert.equal(readMlxLmLine(line), undefined, line);
  });
});
