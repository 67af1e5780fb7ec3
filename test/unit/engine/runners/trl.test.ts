import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TrainingEvent, TrainingRequest } from "../../../../src/engine/runners/runner.ts";
import { createTrlRunner } from "../../../../src/engine/runners/trl.ts";
import { fakeScripts } from "../fake-python.ts";

const never = new AbortController().signal;

describe("createTrlRunner", () => {
  let fake: ReturnType<typeof fakeScripts> | undefined;
  afterEach(() => fake?.remove());

  async function train(body: string, { signal = never, onEvent = () => undefined, ...more }: Partial<TrainingRequest> & { signal?: AbortSignal; onEvent?: (event: TrainingEvent) => void } = {}) {
    fake = fakeScripts("train.py", body);
    const output = join(fake.scripts, "output");
    const events: TrainingEvent[] = [];
    const request: TrainingRequest = { method: "supervised", model: "/models/small", trainingFile: "/data/train.jsonl", output, epochs: 2, batchSize: 4, learningRateMultiplier: 2, seed: 11, ...more };
    const report = (event: TrainingEvent): void => {
      events.push(event);
      onEvent(event);
    };
    await createTrlRunner(fake).train(request, report, signal);
    return { events, output };
  }

  it("gives the script the whole request, with the learning rate that the multiplier means", async () => {
    const { output } = await train(`received = (request) => { require("node:fs").writeFileSync(request.output + "/request.json", JSON.stringify(request)); send({ type: "done", adapter: "a", trained_tokens: 1 }); process.exit(0); };`, { maxSteps: 5, loraLayers: 8, resumeFrom: "/checkpoint-2" });
    assert.deepEqual(JSON.parse(readFileSync(join(output, "request.json"), "utf8")), {
      method: "supervised", model: "/models/small", training_file: "/data/train.jsonl", output, epochs: 2, batch_size: 4, learning_rate: 1e-3, seed: 11, max_steps: 5, lora_rank: 8, lora_layers: 8, resume_from: "/checkpoint-2",
    });
  });

  it("says beta for the method dpo alone, and what is usual where none was chosen", async () => {
    const body = `received = (request) => { require("node:fs").writeFileSync(request.output + "/request.json", JSON.stringify(request)); send({ type: "done", adapter: "a", trained_tokens: 1 }); process.exit(0); };`;
    for (const [more, beta] of [[{ method: "dpo", beta: 0.5 }, 0.5], [{ method: "dpo" }, 0.1], [{}, undefined]] as const) {
      const { output } = await train(body, more);
      assert.equal((JSON.parse(readFileSync(join(output, "request.json"), "utf8")) as { beta?: number }).beta, beta);
      fake?.remove();
    }
  });

  it("gives the script's messages as events, in their order", async () => {
    const { events } = await train(`
      send({ type: "stage", stage: "training" });
      send({ type: "plan", total_steps: 2 });
      send({ type: "metrics", step: 1, total_steps: 2, metrics: { train_loss: 3.5 } });
      send({ type: "checkpoint", step: 2, folder: "/c", metrics: { train_loss: 0.5 } });
      send({ type: "done", adapter: "/a", trained_tokens: 70 });
      process.exit(0);`);
    assert.deepEqual(events, [
      { type: "stage", stage: "training" },
      { type: "plan", totalSteps: 2 },
      { type: "metrics", step: 1, totalSteps: 2, metrics: { train_loss: 3.5 } },
      { type: "checkpoint", step: 2, folder: "/c", metrics: { train_loss: 0.5 } },
      { type: "done", adapter: "/a", trainedTokens: 70 },
    ]);
  });

  it("keeps in the log what is no message, and standard error", async () => {
    const { events, output } = await train(`
      console.log("a library says hello");
      console.log('{"type":"new","what":1}');
      console.error("a warning");
      send({ type: "done", adapter: "/a", trained_tokens: 0 });
      process.exit(0);`);
    assert.equal(events.length, 1);
    const log = readFileSync(join(output, "training.log"), "utf8");
    for (const line of ["a library says hello", '{"type":"new","what":1}', "a warning"]) assert.ok(log.includes(`${line}\n`), log);
  });

  it("rejects with the script's own error", async () => {
    await assert.rejects(train(`send({ type: "error", code: "disk_full", message: "The disk is full." }); process.exit(1);`), { name: "TrainingError", code: "disk_full", message: "The disk is full." });
  });

  it("rejects with the last words of a script that ends without an end", async () => {
    await assert.rejects(train(`console.error("Segmentation fault"); process.exit(3);`), { name: "TrainingError", code: "runner_ended", message: /Segmentation fault/ });
    await assert.rejects(train(`process.exit(0);`), { code: "runner_ended" });
  });

  it("takes a process that the system killed to have run out of memory", async function () {
    // Windows has no signals.
    const expected = process.platform === "win32" ? "runner_ended" : "out_of_memory";
    await assert.rejects(train(`process.kill(process.pid, "SIGKILL");`), { name: "TrainingError", code: expected });
  });

  it("rejects when the Python cannot be started", async () => {
    fake = fakeScripts("train.py", "");
    const request: TrainingRequest = { method: "supervised", model: "m", trainingFile: "f", output: join(fake.scripts, "o"), epochs: 1, batchSize: 1, learningRateMultiplier: 1, seed: 1 };
    await assert.rejects(createTrlRunner({ python: join(fake.scripts, "none"), scripts: fake.scripts }).train(request, () => undefined, never), { name: "TrainingError", code: "runner_ended", message: /ENOENT/ });
  });

  it("has ended the process when an abort rejects, also one that does not obey", async () => {
    for (const stubborn of [false, true]) {
      const abort = new AbortController();
      const deaf = `process.stdin.removeAllListeners(); setInterval(() => {}, 1000); received = () => {}; process.stdin.resume();`;
      const trained = train(`${stubborn ? `process.exit = () => {}; ${deaf}` : ""} require("node:fs").writeFileSync(__dirname + "/pid", String(process.pid)); send({ type: "stage", stage: "training" });`, { signal: abort.signal, onEvent: () => abort.abort() });
      await assert.rejects(trained, { name: "TrainingError", code: "cancelled" });
      const pid = Number(readFileSync(join(fake?.scripts ?? "", "pid"), "utf8"));
      assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
      fake?.remove();
    }
  });

  it("starts nothing when it is aborted already", async () => {
    await assert.rejects(train("", { signal: AbortSignal.abort() }), { code: "cancelled" });
    assert.ok(!existsSync(join(fake?.scripts ?? "", "output")));
  });

  it("ends the process when the listener throws, and passes its error on", async () => {
    const fault = new Error("the listener failed");
    await assert.rejects(train(`send({ type: "plan", total_steps: 1 }); setInterval(() => {}, 1000);`, { onEvent: () => { throw fault; } }), fault);
  });
});
