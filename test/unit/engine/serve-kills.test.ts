import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { environmentFolder } from "../../../src/engine/environment/environment.ts";
import { layoutOf } from "../../../src/engine/environment/install.ts";
import { buildProgram } from "../../support/build-program.ts";
import { scratchFolder } from "../../support/scratch.ts";

/** The steps of a training process's life at which it, or its engine, is killed here. */
const steps = ["model loading", "step 1", "checkpoint written", "step 3", "adapter saved"] as const;

/**
 * Stands for Python: it says what `train.py` says of a training of four steps with a checkpoint after the second and the fourth, and stops at the step that the file `gate` names, where it leaves a mark.
 * Processes, pipes and signals are real; only the training is not.
 */
const trainer = `#!${process.execPath}
const fs = require("node:fs"), path = require("node:path");
const send = (message) => fs.writeSync(1, JSON.stringify(message) + "\\n");
const lines = require("node:readline").createInterface({ input: process.stdin });
lines.on("close", () => process.exit(0));
lines.once("line", async (line) => {
  const { output, resume_from: from } = JSON.parse(line);
  const gate = fs.readFileSync(process.env.TUNESMITH_CACHE + "/gate", "utf8");
  if (gate === "held") return;
  const reach = (step) => {
    if (gate !== step) return;
    fs.writeFileSync(process.env.TUNESMITH_CACHE + "/reached", String(process.pid));
    return new Promise(() => {});
  };
  send({ type: "stage", stage: "loading the model" });
  await reach("model loading");
  send({ type: "plan", total_steps: 4 });
  for (let step = Number(/checkpoint-(\\d)$/.exec(from ?? "")?.[1] ?? 0) + 1; step <= 4; step++) {
    send({ type: "metrics", step, total_steps: 4, metrics: { train_loss: 1 / step } });
    await reach("step " + step);
    if (step % 2 === 1) continue;
    const folder = path.join(output, "checkpoint-" + step);
    fs.mkdirSync(folder, { recursive: true });
    send({ type: "checkpoint", step, folder, metrics: {} });
    if (step === 2) await reach("checkpoint written");
  }
  fs.mkdirSync(path.join(output, "adapter"), { recursive: true });
  await reach("adapter saved");
  send({ type: "done", adapter: path.join(output, "adapter"), trained_tokens: 70 });
  process.exit(0);
});
`;

interface Job {
  readonly status: string;
  readonly fine_tuned_model: string | null;
  readonly result_files: readonly string[];
  readonly error: { readonly code: string } | null;
}

describe("engine serve, as it is built, when it or its training process is killed", function () {
  this.timeout(180_000);
  // Windows runs no script by its first line; its processes end with their input just the same, as the tests of the runners hold.
  if (process.platform === "win32") return;
  const scratch = scratchFolder();
  let program: string;
  /** Where a training that has come to the gate leaves its process's number. */
  let reached: string;
  let engine: ChildProcess | undefined;
  let address: { readonly baseURL: string; readonly token: string };

  before(async () => {
    program = await buildProgram("engine");
    reached = scratch.path("cache/reached");
    const { folder, python } = layoutOf(environmentFolder(scratch.path("cache"), resolve(dirname(program), "python")));
    mkdirSync(dirname(python), { recursive: true });
    writeFileSync(python, trainer);
    chmodSync(python, 0o755);
    writeFileSync(join(folder, "ready.json"), JSON.stringify({ python, diskBytes: 1 }));
    mkdirSync(scratch.path("model"));
    writeFileSync(join(scratch.path("model"), "config.json"), "{}");
  });
  afterEach(() => kill());

  const isAlive = (pid: number): boolean => {
    try {
      process.kill(pid, 0);
      return true;
    } catch {
      return false;
    }
  };

  /** Starts an engine under which the training stops at a step, or goes to its end. */
  async function serve(state: string, gate: string): Promise<void> {
    writeFileSync(scratch.path("cache/gate"), gate);
    const started = spawn(process.execPath, [program, "serve", "--state", state], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, TUNESMITH_CACHE: scratch.path("cache") } });
    engine = started;
    const [line] = (await once(createInterface({ input: started.stdout }), "line")) as [string];
    address = JSON.parse(line) as typeof address;
  }
  async function kill(): Promise<void> {
    const running = engine;
    engine = undefined;
    if (!running) return;
    running.kill("SIGKILL");
    await once(running, "exit");
  }
  async function ask<Answer>(path: string, body?: object | FormData): Promise<Answer> {
    const json = body !== undefined && !(body instanceof FormData);
    const response = await fetch(`${address.baseURL}${path}`, {
      headers: { authorization: `Bearer ${address.token}`, ...(json ? { "content-type": "application/json" } : {}) },
      ...(body === undefined ? {} : { method: "POST", body: json ? JSON.stringify(body) : body }),
    });
    return (await response.json()) as Answer;
  }
  async function until<Value>(ask: () => Value | Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
    for (;;) {
      const value = await ask();
      if (isSo(value)) return value;
      await delay(20);
    }
  }
  /** The process of the training that has come to the gate. */
  async function training(): Promise<number> {
    const pid = Number(await until(() => (existsSync(reached) ? readFileSync(reached, "utf8") : ""), (text) => text !== ""));
    writeFileSync(reached, "");
    return pid;
  }
  async function create(): Promise<string> {
    const form = new FormData();
    form.set("purpose", "fine-tune");
    form.set("file", new Blob(['{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}\n']), "train.jsonl");
    const { id: file } = await ask<{ id: string }>("/files", form);
    return (await ask<{ id: string }>("/fine_tuning/jobs", { model: scratch.path("model"), training_file: file })).id;
  }
  const said = async (id: string): Promise<string[]> => (await ask<{ data: { message: string }[] }>(`/fine_tuning/jobs/${id}/events?limit=100`)).data.map(({ message }) => message).reverse();
  const ended = (id: string): Promise<Job> => until(() => ask<Job>(`/fine_tuning/jobs/${id}`), ({ status }) => ["succeeded", "failed", "cancelled"].includes(status));

  it("keeps a job that it took, though it is killed in the next moment", async () => {
    const state = scratch.path("accepted");
    await serve(state, "held");
    const id = await create();
    await kill();
    await serve(state, "");
    assert.equal((await ended(id)).status, "succeeded");
    assert.equal((await said(id)).filter((message) => message === "The job has successfully completed").length, 1);
  });

  it("brings one job to its end though the engine is killed at each step; no training outlives its engine", async () => {
    const state = scratch.path("engine-killed");
    let id = "";
    for (const step of steps) {
      writeFileSync(reached, "");
      await serve(state, step);
      id ||= await create();
      const pid = await training();
      for (const [at, number] of [["checkpoint written", 2], ["adapter saved", 4]] as const) if (step === at) await until(() => said(id), (messages) => messages.includes(`Checkpoint created at step ${number}`));
      assert.equal((await ask<Job>(`/fine_tuning/jobs/${id}`)).status, "running", step);
      await kill();
      await until(() => isAlive(pid), (alive) => !alive);
    }
    await serve(state, "");
    const job = await ended(id);
    assert.deepEqual([job.status, job.result_files.length], ["succeeded", 1], JSON.stringify(job));
    const messages = await said(id);
    assert.deepEqual(messages.filter((message) => message.startsWith("The engine stopped")), [
      "The engine stopped before the first step; training goes on from the beginning.", "The engine stopped at step 1; training goes on from the beginning.",
      "The engine stopped at step 2; training goes on from the checkpoint of step 2.", "The engine stopped at step 3; training goes on from the checkpoint of step 2.", "The engine stopped at step 4; training goes on from the checkpoint of step 4.",
    ], messages.join("\n"));
    assert.equal(messages.filter((message) => message === "The job has successfully completed").length, 1);
    const { data } = await ask<{ data: { id: string; fine_tuned_model: string | null }[] }>("/fine_tuning/jobs");
    assert.deepEqual(data.map(({ id: each }) => each), [id]);
    const models = await ask<{ data: { id: string }[] }>("/models");
    assert.deepEqual(models.data.slice(1).map(({ id: model }) => model), [job.fine_tuned_model]);
  });

  it("fails a job whose training process is killed, at whichever step, says so, and trains the next one", async () => {
    await serve(scratch.path("runner-killed"), "");
    for (const step of steps) {
      writeFileSync(scratch.path("cache/gate"), step);
      writeFileSync(reached, "");
      const id = await create();
      process.kill(await training(), "SIGKILL");
      const job = await ended(id);
      assert.deepEqual([job.status, job.error?.code, job.fine_tuned_model], ["failed", "out_of_memory", null], step);
      assert.match((await said(id)).at(-1) ?? "", /^The system ended the training process, most likely because memory ran out/);
    }
    writeFileSync(scratch.path("cache/gate"), "");
    assert.equal((await ended(await create())).status, "succeeded");
  });
});
