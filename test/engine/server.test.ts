import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { createReadStream } from "node:fs";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import OpenAI from "openai";
import { buildProgram } from "../support/build-program.ts";
import { scratchFolder } from "../support/scratch.ts";
import { childrenOf, isAlive, localTraining, setUpMinutes } from "./local-training.ts";

const record = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
const dataset = Array.from({ length: 12 }, (_, index) => record(`Which label has question ${index}?`, index % 2 ? "odd" : "even")).join("\n");

describe("the built engine, by the stock client", function () {
  this.timeout(300_000);
  const scratch = scratchFolder();
  let program: string;
  let engine: ChildProcess | undefined;
  let client: OpenAI;

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    await localTraining();
    program = await buildProgram("engine");
    await serve();
  });
  after(() => stop("SIGTERM"));

  async function serve(): Promise<void> {
    const started = spawn(process.execPath, [program, "serve", "--state", scratch.path("state")], { stdio: ["ignore", "pipe", "inherit"] });
    engine = started;
    const [line] = (await once(createInterface({ input: started.stdout }), "line")) as [string];
    const { baseURL, token } = JSON.parse(line) as { baseURL: string; token: string };
    client = new OpenAI({ baseURL, apiKey: token, maxRetries: 0 });
  }

  async function stop(signal: NodeJS.Signals): Promise<void> {
    const running = engine;
    engine = undefined;
    if (!running || running.exitCode !== null) return;
    const exited = once(running, "exit");
    running.kill(signal);
    await exited;
  }

  /** The Python processes of the running engine, of which there is at least one. */
  function pythons(): number[] {
    const children = childrenOf(engine?.pid ?? 0);
    assert.ok(children.length > 0 || process.platform === "win32");
    return children;
  }

  const messages = async (job: string): Promise<string[]> => (await client.fineTuning.jobs.listEvents(job, { limit: 100 })).data.map(({ message }) => message).reverse();

  async function until<Value>(ask: () => Promise<Value>, satisfied: (value: Value) => boolean): Promise<Value> {
    for (;;) {
      const value = await ask();
      if (satisfied(value)) return value;
      await delay(300);
    }
  }

  it("puts the base model first; an unknown file is 404, a wrong token 401", async () => {
    assert.equal((await client.models.list()).data[0]?.id, "smollm2-135m-instruct");
    await assert.rejects(client.files.retrieve("file-none"), { status: 404 });
    await assert.rejects(client.fineTuning.jobs.create({ model: "smollm2-135m-instruct", training_file: "file-none" }), { status: 404 });
    await assert.rejects(new OpenAI({ baseURL: client.baseURL, apiKey: "wrong", maxRetries: 0 }).models.list(), { status: 401 });
  });

  it("loses no job when it is killed in training, and answers with base and tuned model", async () => {
    const file = await client.files.create({ file: createReadStream(scratch.file("train.jsonl", dataset)), purpose: "fine-tune" });
    const { id } = await client.fineTuning.jobs.create({
      model: "smollm2-135m-instruct", training_file: file.id, seed: 1,
      // `max_steps` and `lora_layers` are the engine's own and unknown to the client's types.
      hyperparameters: { batch_size: 2, max_steps: 5, lora_layers: 2 } as OpenAI.FineTuning.JobCreateParams.Hyperparameters,
    });
    await until(() => messages(id), (said) => said.some((message) => message.startsWith("Step 2/5")));
    const children = pythons();
    await stop("SIGKILL");
    await until(() => Promise.resolve(children.filter(isAlive)), (left) => left.length === 0);
    await serve();
    const job = await until(() => client.fineTuning.jobs.retrieve(id), ({ status }) => ["succeeded", "failed", "cancelled"].includes(status));
    assert.equal(job.status, "succeeded", JSON.stringify(job.error));
    const said = await messages(id);
    assert.ok(said.some((message) => message.startsWith("The engine stopped at step")), said.join("\n"));
    assert.deepEqual(said.filter((message) => message.startsWith("Step")).slice(-5).map((message) => message.split(":")[0]), [1, 2, 3, 4, 5].map((step) => `Step ${step}/5`));
    const tuned = job.fine_tuned_model ?? "";
    assert.deepEqual((await client.models.list()).data.map((model) => model.id), ["smollm2-135m-instruct", tuned]);

    const ask = (model: string) => client.chat.completions.create({ model, messages: [{ role: "user", content: "Say hello." }], temperature: 0, max_tokens: 6 });
    const answers = await Promise.all(["smollm2-135m-instruct", tuned, tuned].map(ask));
    for (const answer of answers) assert.notEqual(answer.choices[0]?.message.content ?? "", "");
    assert.equal(answers[1]?.choices[0]?.message.content, answers[2]?.choices[0]?.message.content);
    let streamed = "";
    for await (const chunk of await client.chat.completions.create({ model: tuned, messages: [{ role: "user", content: "Say hello." }], temperature: 0, max_tokens: 6, stream: true })) streamed += chunk.choices[0]?.delta.content ?? "";
    assert.equal(streamed, answers[1]?.choices[0]?.message.content);
  });

  it("is gone with all its processes when it is told to end, and goes on with the job afterwards", async () => {
    const file = await client.files.create({ file: createReadStream(scratch.file("long.jsonl", dataset)), purpose: "fine-tune" });
    const { id } = await client.fineTuning.jobs.create({
      model: "smollm2-135m-instruct", training_file: file.id,
      hyperparameters: { batch_size: 2, max_steps: 100, lora_layers: 2 } as OpenAI.FineTuning.JobCreateParams.Hyperparameters,
    });
    await until(() => messages(id), (said) => said.some((message) => message.startsWith("Step 2/100")));
    const running = await client.fineTuning.jobs.retrieve(id);
    assert.ok((running.estimated_finish ?? 0) > Date.now() / 1000, String(running.estimated_finish));
    const children = pythons();
    const began = Date.now();
    await stop("SIGTERM");
    assert.ok(Date.now() - began < 10_000, "it ends in seconds");
    assert.deepEqual(children.filter(isAlive), []);

    await serve();
    const said = await until(() => messages(id), (all) => all.filter((message) => message === "Fine-tuning job started").length === 2);
    assert.ok(said.some((message) => /^The engine was ended at step \d+; training goes on when it is started again\.$/.test(message)), said.join("\n"));
    const again = await until(() => Promise.resolve(childrenOf(engine?.pid ?? 0)), (pids) => pids.length > 0);
    assert.equal((await client.fineTuning.jobs.cancel(id)).status, "cancelled");
    await until(() => Promise.resolve(again.filter(isAlive)), (left) => left.length === 0);
    assert.equal((await client.fineTuning.jobs.retrieve(id)).status, "cancelled");
  });
});
