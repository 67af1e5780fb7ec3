import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createMlxLmRunner } from "../../../../src/engine/runners/mlx-lm.ts";
import type { TrainingEvent, TrainingRequest } from "../../../../src/engine/runners/runner.ts";

const never = new AbortController().signal;
const log = resolve("test/fixtures/engine/mlx-lm.log");

/**
 * A scripts folder in which this Node stands for Python: `run_module.py` says what it is called with and then what mlx-lm really printed, and writes weights where mlx-lm does;
 * `mlx_adapter.py` copies them. Processes and files are real, only the training is not.
 */
function fakeMlxLm(more = ""): string {
  const scripts = mkdtempSync(join(tmpdir(), "tunesmith-mlx-"));
  writeFileSync(join(scripts, "run_module.py"), `
    const fs = require("node:fs"), path = require("node:path");
    process.stdin.resume().on("end", () => process.exit(1));
    const parameters = process.argv.slice(2);
    const adapter = parameters[parameters.indexOf("--adapter-path") + 1];
    fs.mkdirSync(adapter, { recursive: true });
    fs.writeFileSync(path.join(adapter, "called.json"), JSON.stringify(parameters));
    ${more}
    for (const line of fs.readFileSync(${JSON.stringify(log)}, "utf8").split("\\n")) {
      const saved = /(\\d+_adapters\\.safetensors)/.exec(line);
      if (saved) fs.writeFileSync(path.join(adapter, saved[1]), saved[1]);
      console.log(line);
    }
    fs.writeFileSync(path.join(adapter, "adapters.safetensors"), "last");
    process.exit(0);`);
  writeFileSync(join(scripts, "mlx_adapter.py"), `
    const fs = require("node:fs"), path = require("node:path");
    const [, , folder, weights, base, out] = process.argv;
    fs.mkdirSync(out, { recursive: true });
    fs.copyFileSync(weights, path.join(out, "adapters.safetensors"));
    fs.writeFileSync(path.join(out, "adapter_config.json"), JSON.stringify({ folder, base }));`);
  return scripts;
}

describe("createMlxLmRunner", () => {
  let scripts = "";
  afterEach(() => rmSync(scripts, { recursive: true, force: true }));

  async function train(more: Partial<TrainingRequest> = {}, body = "", signal = never, onEvent: (event: TrainingEvent) => void = () => undefined) {
    scripts = fakeMlxLm(body);
    const output = join(scripts, "output");
    const trainingFile = join(scripts, "train.jsonl");
    writeFileSync(trainingFile, `${JSON.stringify({ messages: [{ role: "user", content: "Hi" }, { role: "assistant", content: "Hello" }] })}\n`.repeat(8));
    const request: TrainingRequest = { method: "supervised", model: "org/small", trainingFile, output, epochs: 2, batchSize: 2, learningRateMultiplier: 1, seed: 1, ...more };
    const events: TrainingEvent[] = [];
    await createMlxLmRunner({ python: process.execPath, scripts }).train(request, (event) => {
      events.push(event);
      onEvent(event);
    }, signal);
    return { events, output };
  }

  it("tells of a real log the plan, every step, the validation, the checkpoints and the adapter", async () => {
    const { events, output } = await train();
    assert.deepEqual(events.filter(({ type }) => type === "plan" || type === "stage"), [
      { type: "plan", totalSteps: 8 }, { type: "stage", stage: "loading the model" }, { type: "stage", stage: "reading the records" }, { type: "stage", stage: "training" },
    ]);
    const metrics = events.filter((event) => event.type === "metrics");
    assert.deepEqual(metrics.filter((event) => "train_loss" in event.metrics).map(({ step }) => step), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(metrics.filter((event) => "full_valid_loss" in event.metrics).map(({ step }) => step), [1, 4, 8]);
    for (const { metrics: numbers, totalSteps } of metrics) {
      assert.equal(totalSteps, 8);
      for (const value of Object.values(numbers)) assert.ok(Number.isFinite(value));
    }
    assert.deepEqual(metrics.find(({ step, metrics: numbers }) => step === 2 && "train_loss" in numbers)?.metrics["epoch"], 0.5);
    const checkpoints = events.filter((event) => event.type === "checkpoint");
    assert.deepEqual(checkpoints.map(({ step, folder }) => [step, folder]), [[4, join(output, "checkpoint-4")], [8, join(output, "checkpoint-8")]]);
    for (const { folder } of checkpoints) assert.ok(existsSync(join(folder, "adapter_config.json")));
    assert.equal(readFileSync(join(output, "checkpoint-4", "adapters.safetensors"), "utf8"), "0000004_adapters.safetensors");
    const done = events.at(-1);
    assert.ok(done?.type === "done" && done.adapter === join(output, "adapter"));
    assert.equal(readFileSync(join(done.adapter, "adapters.safetensors"), "utf8"), "last");
    assert.ok(readFileSync(join(output, "training.log"), "utf8").includes("Trainable parameters"));
  });

  it("goes on from a checkpoint with the steps that are left", async () => {
    scripts = fakeMlxLm();
    const folder = join(mkdtempSync(join(tmpdir(), "tunesmith-mlx-")), "checkpoint-4");
    try {
      const { writeFile, mkdir } = await import("node:fs/promises");
      await mkdir(folder);
      await writeFile(join(folder, "adapters.safetensors"), "weights");
      await writeFile(join(folder, "progress.json"), '{"tokens":500}');
      const { events, output } = await train({ epochs: 3, resumeFrom: folder });
      const called = JSON.parse(readFileSync(join(output, "mlx-lm", "called.json"), "utf8")) as string[];
      assert.deepEqual([called[called.indexOf("--iters") + 1], called[called.indexOf("--resume-adapter-file") + 1]], ["8", join(folder, "adapters.safetensors")]);
      const steps = events.filter((event) => event.type === "metrics" && "train_loss" in event.metrics);
      assert.deepEqual(steps.map((event) => (event.type === "metrics" ? event.step : 0)), [5, 6, 7, 8, 9, 10, 11, 12]);
      assert.ok(steps[0]?.type === "metrics" && (steps[0].metrics["tokens"] ?? 0) >= 500);
    } finally {
      rmSync(join(folder, ".."), { recursive: true, force: true });
    }
  });

  it("says why it ended early, in mlx-lm's last words or in better ones", async () => {
    const fail = (words: string): string => `console.error(${JSON.stringify(words)}); process.exit(1);`;
    await assert.rejects(train({}, fail("ValueError: Requested to train 99 layers but the model only has 30 layers.")), { code: "runner_ended", message: /Requested to train 99 layers/ });
    await assert.rejects(train({}, fail("/venv/bin/python: No module named 'mlx_lm'")), { code: "environment_not_ready", message: /--runner trl/ });
    await assert.rejects(train({}, fail("RuntimeError: [METAL] Command buffer execution failed: Insufficient Memory")), { code: "out_of_memory" });
    await assert.rejects(train({}, `console.log("     1    nan ▼        0      0.0k"); setInterval(() => {}, 1000);`), { code: "diverged", message: /^At step 1 the training loss/ });
    await assert.rejects(train({ method: "dpo" }), { code: "method_not_supported" });
  });

  it("has ended the process when an abort rejects", async () => {
    const abort = new AbortController();
    const running = train({}, `console.log("Loading datasets"); fs.writeFileSync(path.join(__dirname, "pid"), String(process.pid)); setInterval(() => {}, 1000); if (process.pid) return;`, abort.signal, ({ type }) => type === "stage" && abort.abort());
    await assert.rejects(running, { code: "cancelled" });
    const pid = Number(readFileSync(join(scripts, "pid"), "utf8"));
    assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
  });
});
