import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import OpenAI from "openai";
import { buildProgram } from "../support/build-program.ts";
import { endEngine, runningEngine } from "../support/running-engine.ts";
import { runProgram, type Ended } from "../support/run-program.ts";
import { scratchFolder } from "../support/scratch.ts";
import { localTraining, setUpMinutes } from "./local-training.ts";
import { startRayCluster, type RayCluster } from "./ray-cluster.ts";

const steps = 4;

describe("the same launch file here and on a real Ray on loopback, by the built command line", function () {
  this.timeout(600_000);
  // Before the folder goes, in which the engine says which process it is.
  after(async () => {
    endEngine(scratch.path("state/engine"));
    await cluster?.stop();
    for (const line of figures) console.log(`    ${line}`);
  });
  const scratch = scratchFolder();
  let program: string;
  let cluster: RayCluster;
  let environment: NodeJS.ProcessEnv;
  const figures: string[] = [];

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    if (process.platform === "win32") throw new Error("Ray's Jobs API does not run on Windows; run this tier on Linux or macOS.");
    const { python } = await localTraining();
    program = await buildProgram("cli", "engine");
    cluster = await startRayCluster(2);
    const records = readFileSync("media/sample/banking-test.jsonl", "utf8").split("\n").slice(0, 24).join("\n");
    scratch.file("train.jsonl", `${records}\n`);
    const launch = { service: "local", model: "smollm2-135m-instruct", data: { training: "train.jsonl" }, seed: 7, suffix: "here", hyperparameters: { max_steps: steps, batch_size: 4, lora_layers: 2, learning_rate_multiplier: 2 } };
    scratch.file("here.finetune.jsonc", JSON.stringify(launch));
    scratch.file("there.finetune.jsonc", JSON.stringify({ ...launch, compute: { cluster: "lab", cpus: 2 } }));
    scratch.file("nowhere.finetune.jsonc", JSON.stringify({ ...launch, compute: { cluster: "lap" } }));
    environment = { ...process.env, TUNESMITH_STATE: scratch.path("state"), TUNESMITH_CONFIG: scratch.file("config.jsonc", JSON.stringify({ clusters: { lab: { address: cluster.address, python } } })) };
  });

  const run = (...parameters: string[]): Promise<Ended> => runProgram(program, parameters, { env: environment });
  async function start(name: string): Promise<string> {
    const { code, stdout, stderr } = await run("start", scratch.path(`${name}.finetune.jsonc`), "--yes");
    assert.equal(code, 0, stderr);
    return stdout.trim();
  }
  async function client(): Promise<OpenAI> {
    await run("jobs", "--service", "local");
    const found = runningEngine(scratch.path("state/engine"));
    assert.ok(found);
    return new OpenAI({ baseURL: found.baseURL, apiKey: found.token, maxRetries: 0 });
  }
  async function end(job: string): Promise<OpenAI.FineTuning.FineTuningJob> {
    const { code, stdout, stderr } = await run("watch", job);
    const found = await (await client()).fineTuning.jobs.retrieve(job);
    assert.equal(code, 0, `${stdout}\n${stderr}\n${JSON.stringify(found.error)}`);
    return found;
  }
  async function lossesOf(job: string): Promise<number[]> {
    const { data } = await (await client()).fineTuning.jobs.listEvents(job, { limit: 100 });
    return data.filter(({ type }) => type === "metrics").map((event) => (event.data as { train_loss: number }).train_loss).reverse();
  }
  const seconds = ({ created_at, finished_at }: OpenAI.FineTuning.FineTuningJob): number => (finished_at ?? 0) - created_at;
  const known = new Map<string, string>();

  it("refuses a cluster that the user's settings do not name, with those that they name", async () => {
    const { code, stderr } = await run("start", scratch.path("nowhere.finetune.jsonc"), "--yes");
    assert.equal(code, 1);
    assert.match(stderr, /There is no cluster "lap" in your settings; did you mean "lab"\?/);
  });

  it("trains there to the end though the engine is killed meanwhile, once, and answers with the adapter that was fetched", async () => {
    const job = await start("there");
    const stock = await client();
    while (!(await stock.fineTuning.jobs.listEvents(job, { limit: 100 })).data.some(({ type }) => type === "metrics")) await delay(300);
    process.kill(runningEngine(scratch.path("state/engine"))?.pid ?? 0, "SIGKILL");
    const ended = await end(job);
    assert.equal(ended.status, "succeeded");
    const losses = await lossesOf(job);
    assert.equal(losses.length, steps);
    const { data: events } = await (await client()).fineTuning.jobs.listEvents(job, { limit: 100 });
    assert.equal(events.filter(({ message }) => message.includes("has taken the job")).length, 1);
    const answer = await (await client()).chat.completions.create({ model: ended.fine_tuned_model ?? "", messages: [{ role: "user", content: "I lost my card." }], max_tokens: 8 });
    assert.ok(answer.choices[0]?.message.content);
    const [checkpoint] = (await (await client()).fineTuning.jobs.checkpoints.list(job)).data;
    assert.equal(checkpoint?.step_number, steps);
    while ((await cluster.jobs()).length > 0) await delay(500);
    known.set("there", losses.map((loss) => loss.toFixed(3)).join(" "));
    figures.push(`Ray: ${steps} steps in ${seconds(ended)} s with a killed engine, losses ${known.get("there")}`);
  });

  it("trains here from the same file, but for compute, with the same losses", async () => {
    const ended = await end(await start("here"));
    const losses = await lossesOf(ended.id);
    known.set("here", losses.map((loss) => loss.toFixed(3)).join(" "));
    figures.push(`this machine: ${steps} steps in ${seconds(ended)} s, losses ${known.get("here")}`);
    const there = (known.get("there") ?? "").split(" ").map(Number);
    for (const [index, loss] of losses.entries()) assert.ok(Math.abs(loss - (there[index] ?? NaN)) < 0.02, figures.join("\n"));
  });

  it("leaves nothing on the cluster of a job that is cancelled", async () => {
    const { code, stdout } = await run("start", scratch.path("there.finetune.jsonc"), "--yes", "--again");
    assert.equal(code, 0);
    while ((await cluster.jobs()).length === 0) await delay(300);
    assert.equal((await run("cancel", stdout.trim())).code, 0);
    while ((await cluster.jobs()).length > 0) await delay(500);
    await delay(5000);
    assert.deepEqual(await cluster.jobs(), []);
  });
});
