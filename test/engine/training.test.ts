import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { pythonEnvironment } from "../../src/engine/python-process.ts";
import { TrainingError, type TrainingEvent } from "../../src/engine/runners/runner.ts";
import { createTrlRunner } from "../../src/engine/runners/trl.ts";
import { isAlive, localTraining, quickRequest, scripts, setUpMinutes, temporaryFolder, writePairs } from "./local-training.ts";

const never = new AbortController().signal;
const metricsOf = (events: readonly TrainingEvent[]) => events.filter((event) => event.type === "metrics");

describe("training with TRL", () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let python: string;

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    folder = await temporaryFolder();
    ({ python } = await localTraining());
  });
  after(() => folder.remove());

  const train = async (request: Parameters<ReturnType<typeof createTrlRunner>["train"]>[0], onEvent: (event: TrainingEvent) => void = () => undefined, signal = never): Promise<TrainingEvent[]> => {
    const events: TrainingEvent[] = [];
    const report = (event: TrainingEvent): void => {
      events.push(event);
      onEvent(event);
    };
    await createTrlRunner({ python, scripts }).train(request, report, signal);
    return events;
  };

  it("tells the plan, every step, the checkpoint of the epoch and the adapter; the loss falls", async () => {
    const request = { ...(await quickRequest(folder.path, "whole")), epochs: 3, learningRateMultiplier: 4, validationFile: (await quickRequest(folder.path, "whole")).trainingFile };
    const events = await train(request);

    assert.deepEqual(events.filter(({ type }) => type === "plan"), [{ type: "plan", totalSteps: 12 }]);
    const steps = metricsOf(events).filter(({ metrics }) => "train_loss" in metrics);
    assert.deepEqual(steps.map(({ step }) => step), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    for (const { totalSteps, metrics } of steps) {
      assert.equal(totalSteps, 12);
      for (const name of ["train_loss", "train_mean_token_accuracy", "learning_rate", "gradient_norm", "tokens", "epoch"]) assert.ok(Number.isFinite(metrics[name]), name);
    }
    const epochLoss = (epoch: number): number => steps.slice(4 * epoch, 4 * epoch + 4).reduce((sum, { metrics }) => sum + (metrics["train_loss"] ?? NaN), 0) / 4;
    assert.ok(epochLoss(2) < epochLoss(0), `${epochLoss(0)} → ${epochLoss(2)}`);
    assert.equal(metricsOf(events).filter(({ metrics }) => Number.isFinite(metrics["full_valid_loss"])).length, 3);

    const checkpoints = events.filter((event) => event.type === "checkpoint");
    assert.deepEqual(checkpoints.map(({ step }) => step), [4, 8, 12]);
    for (const { folder: kept } of checkpoints) assert.ok(existsSync(join(kept, "adapter_model.safetensors")), kept);

    const done = events.at(-1);
    assert.ok(done?.type === "done");
    assert.ok(done.trainedTokens > 12 * 2 * 20, String(done.trainedTokens));
    assert.ok((await readdir(done.adapter)).includes("adapter_config.json"));
  });

  it("learns to prefer an answer, and tells rewards, accuracy and margin", async () => {
    const pairs = await writePairs(folder.path);
    const request = { ...(await quickRequest(folder.path, "preference")), method: "dpo" as const, trainingFile: pairs, validationFile: pairs, batchSize: 4, epochs: 4, learningRateMultiplier: 20, beta: 0.1 };
    const events = await train(request);
    const steps = metricsOf(events).filter(({ metrics }) => "train_loss" in metrics);
    assert.deepEqual(steps.map(({ step }) => step), [1, 2, 3, 4]);
    // Before anything is learned, policy and reference are one model: the loss is ln 2, and nothing is preferred.
    assert.ok(Math.abs((steps[0]?.metrics["train_loss"] ?? NaN) - Math.LN2) < 1e-3, JSON.stringify(steps[0]));
    assert.equal(steps[0]?.metrics["train_reward_margin"], 0);
    for (const { metrics } of steps) for (const name of ["train_reward_accuracy", "train_chosen_reward", "train_rejected_reward", "train_mean_token_accuracy", "tokens_per_second"]) assert.ok(Number.isFinite(metrics[name]), name);
    const held = metricsOf(events).filter(({ metrics }) => "full_valid_loss" in metrics).map(({ metrics }) => metrics);
    assert.equal(held.length, 4);
    assert.ok((held[3]?.["full_valid_loss"] ?? NaN) < Math.LN2 - 0.05, JSON.stringify(held));
    assert.ok((held[3]?.["full_valid_reward_margin"] ?? NaN) > 0.1 && (held[3]?.["full_valid_reward_accuracy"] ?? NaN) > 0.9, JSON.stringify(held));

    assert.deepEqual(events.flatMap((event) => (event.type === "checkpoint" ? [event.step] : [])), [1, 2, 3, 4]);
  });

  it("learns from pairs of a real dataset, with a system message and answers of paragraphs", async () => {
    const events = await train({ ...(await quickRequest(folder.path, "real preference")), method: "dpo", trainingFile: resolve("test/fixtures/engine/preference.jsonl"), batchSize: 2, learningRateMultiplier: 1 });
    const steps = metricsOf(events).map(({ metrics }) => metrics);
    assert.equal(steps.length, 2);
    // Two pairs of about 270 tokens each answer, with the prompt.
    assert.ok((steps[0]?.["tokens"] ?? 0) > 600, JSON.stringify(steps));
    assert.ok(existsSync(join(folder.path, "real preference", "adapter", "adapter_model.safetensors")));
  });

  it("ends at once when it is aborted, and goes on from the last checkpoint where it stopped", async () => {
    const request = { ...(await quickRequest(folder.path, "resumed")), epochs: 2 };
    const abort = new AbortController();
    let checkpoint = "";
    const stop = (event: TrainingEvent): void => {
      if (event.type !== "checkpoint") return;
      checkpoint = event.folder;
      abort.abort();
    };
    await assert.rejects(train(request, stop, abort.signal), (error) => error instanceof TrainingError && error.code === "cancelled");

    const events = await train({ ...request, resumeFrom: checkpoint });
    assert.deepEqual(metricsOf(events).map(({ step }) => step), [5, 6, 7, 8]);
    const [first, last] = [metricsOf(events)[0], events.at(-1)];
    assert.ok(last?.type === "done" && last.trainedTokens > (first?.metrics["tokens"] ?? Infinity), "tokens count on from before the resumption");
  });

  it("says what is wrong with a folder that is no model", async () => {
    const model = join(folder.path, "no-model");
    await mkdir(model);
    const request = { ...(await quickRequest(folder.path, "refused")), model };
    await assert.rejects(train(request), { code: "invalid_model", message: `${model} is no model folder: it has no config.json.` });

    await writeFile(join(model, "config.json"), "{}");
    await writeFile(join(model, "model.safetensors"), "no weights");
    await writeFile(join(model, "tokenizer.json"), "{}");
    await assert.rejects(train(request), (error) => error instanceof TrainingError && error.code === "invalid_model" && error.message.includes(model));
  });

  it("says before it loads a model that it does not fit, with what it needs and what is free", async () => {
    const { model: small } = await quickRequest(folder.path, "huge");
    const model = join(folder.path, "huge-model");
    await mkdir(model);
    for (const name of ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"]) if (existsSync(join(small, name))) await symlink(join(small, name), join(model, name));
    const configuration = JSON.parse(await readFile(join(small, "config.json"), "utf8")) as object;
    await writeFile(join(model, "config.json"), JSON.stringify({ ...configuration, hidden_size: 65_536, intermediate_size: 262_144, num_hidden_layers: 8, num_attention_heads: 128, num_key_value_heads: 8, head_dim: 128 }));
    await writeFile(join(model, "model.safetensors"), "weights that nobody reads");
    await assert.rejects(train({ ...(await quickRequest(folder.path, "huge")), model }), (error) => {
      assert.ok(error instanceof TrainingError && error.code === "not_enough_memory", String(error));
      const [, needed, free] = /needs about ([\d.]+) GB of memory \(model [\d.]+ GB, .*\); ([\d.]+) GB are free/.exec(error.message) ?? [];
      // 8 layers of 54 billion parameters, in 4 bytes each or 2 on a graphics card.
      assert.ok(Number(needed) > 800 && Number(free) > 0 && Number(free) < Number(needed), error.message);
      return true;
    });
  });

  it("leaves no process behind when the engine is killed, be it while loading or while training", async () => {
    for (const stage of ["loading the model", "training"]) {
      const request = await quickRequest(folder.path, `orphan ${stage}`);
      const message = { method: "supervised", model: request.model, training_file: request.trainingFile, output: request.output, epochs: 50, batch_size: 2, learning_rate: 1e-4, seed: 1, lora_rank: 8 };
      // A stand-in for the engine: it starts the script, passes its messages on, and tells its process.
      const engine = `
        const child = require("node:child_process").spawn(${JSON.stringify(python)}, [${JSON.stringify(join(scripts, "train.py"))}], { stdio: ["pipe", "inherit", "ignore"] });
        child.stdin.write(${JSON.stringify(`${JSON.stringify(message)}\n`)});
        console.log(JSON.stringify({ type: "started", pid: child.pid }));`;
      const parent = spawn(process.execPath, ["-e", engine], { stdio: ["ignore", "pipe", "inherit"], env: pythonEnvironment(python, true) });
      let pid = 0;
      for await (const line of createInterface({ input: parent.stdout })) {
        const event = JSON.parse(line) as { type: string; pid?: number; stage?: string };
        pid ||= event.pid ?? 0;
        if (event.stage === stage) break;
      }
      assert.ok(isAlive(pid));
      parent.kill("SIGKILL");
      for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 50) await delay(50);
      assert.ok(!isAlive(pid), `the process ${pid} outlived its parent while ${stage}`);
    }
  });

  it("keeps what the libraries say in a log beside the checkpoints", async () => {
    assert.ok((await readFile(join(folder.path, "whole", "training.log"), "utf8")).length > 0);
  });
});
