import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import OpenAI from "openai";
import { readReport, type Report } from "../../src/evaluation/report.ts";
import { localTraining, setUpMinutes } from "../engine/local-training.ts";
import { startRayCluster, type RayCluster } from "../engine/ray-cluster.ts";
import { buildProgram } from "../support/build-program.ts";
import { endEngine, runningEngine } from "../support/running-engine.ts";
import { runProgram, type Ended } from "../support/run-program.ts";
import { scratchFolder } from "../support/scratch.ts";
import { stepByStep } from "../support/step-by-step.ts";

const model = "smollm2-135m-instruct";
/** What the preset Quick writes into a launch file. */
const quick = { max_steps: 60, batch_size: 4, lora_layers: 8, learning_rate_multiplier: 2 };

/** The same launch file on this machine and on a real Ray on loopback, by the built command line; both models are held to the same 100 records. */
describe("The whole sample here and on Ray", function () {
  this.timeout(3_600_000);
  stepByStep();
  // Before the folder goes, in which the engine says which process it is.
  after(async () => {
    endEngine(scratch.path("state/engine"));
    await cluster?.stop();
  });
  const scratch = scratchFolder();
  const reports = new Map<string, Report>();
  let program: string;
  let cluster: RayCluster | undefined;
  let environment: NodeJS.ProcessEnv;

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    if (process.platform === "win32") throw new Error("Ray's Jobs API does not run on Windows; run this on Linux or macOS.");
    const { python } = await localTraining();
    program = await buildProgram("cli", "engine");
    cluster = await startRayCluster(2);
    const launch = { service: "local", model, data: { training: "train.jsonl" }, seed: 7, suffix: "banking", hyperparameters: quick };
    scratch.file("here.finetune.jsonc", JSON.stringify(launch));
    scratch.file("two.finetune.jsonc", JSON.stringify({ ...launch, hyperparameters: { ...quick, max_steps: 4, lora_layers: 2 }, compute: { cluster: "lab", cpus: 1, nodes: 2 } }));
    scratch.file("there.finetune.jsonc", JSON.stringify({ ...launch, compute: { cluster: "lab", cpus: 2 } }));
    environment = { ...process.env, TUNESMITH_STATE: scratch.path("state"), TUNESMITH_CONFIG: scratch.file("config.jsonc", JSON.stringify({ clusters: { lab: { address: cluster.address, python } } })) };
    const { code, stderr } = await run("fix", resolve("media/sample/banking-train.jsonl"), "--out", scratch.path("train.jsonl"));
    assert.equal(code, 0, stderr);
  });

  const run = (...parameters: string[]): Promise<Ended> => runProgram(resolve(program), parameters, { env: environment, cwd: scratch.path("") });

  it("trains on two nodes that share each batch, and leaves nothing there", async () => {
    const started = await run("start", scratch.path("two.finetune.jsonc"), "--yes");
    assert.equal(started.code, 0, started.stderr);
    const seen = new Set<string | null>();
    const looking = setInterval(() => void cluster?.jobs().then((jobs) => jobs.forEach(({ submission_id }) => seen.add(submission_id)), () => undefined), 500);
    const watched = await run("watch", started.stdout.trim());
    clearInterval(looking);
    assert.equal(watched.code, 0, `${watched.stdout}\n${watched.stderr}`);
    assert.match(watched.stdout, /2 nodes of the cluster lab train together/);
    assert.match(watched.stdout, /Step 4\/4/);
    assert.ok([...seen].some((name) => name?.endsWith("-node-2")), [...seen].join());
    while (((await cluster?.jobs()) ?? []).length > 0) await delay(500);
  });

  for (const where of ["there", "here"]) {
    it(`trains ${where}, and the tuned model is better than its base`, async () => {
      const started = await run("start", scratch.path(`${where}.finetune.jsonc`), "--yes");
      assert.equal(started.code, 0, started.stderr);
      const job = started.stdout.trim();
      const watched = await run("watch", job);
      assert.equal(watched.code, 0, watched.stderr);
      const running = runningEngine(scratch.path("state/engine"));
      assert.ok(running);
      const { fine_tuned_model: tuned, created_at, finished_at } = await new OpenAI({ baseURL: running.baseURL, apiKey: running.token }).fineTuning.jobs.retrieve(job);
      assert.ok(tuned);
      const path = scratch.path(`${where}.json`);
      const evaluated = await run("evaluate", resolve("media/sample/banking-test.jsonl"), "--service", "local", "--base", model, "--tuned", tuned, "--training", scratch.path("train.jsonl"), "--out", path);
      assert.equal(evaluated.code, 0, evaluated.stderr);
      const report = readReport(readFileSync(path, "utf8"));
      reports.set(where, report);
      const { base, tuned: own, difference, verdict } = report.summary;
      const points = (share: number): string => (share * 100).toFixed(1);
      console.log(`    ${basename(path, ".json")}: ${(finished_at ?? 0) - created_at} s; base ${base.right} of ${base.n}, tuned ${own.right} of ${own.n}, difference ${points(difference.low)} to ${points(difference.high)} points`);
      assert.equal(verdict.outcome, "better");
    });
  }

  it("gives two models that do not differ by more than chance", () => {
    const right = (where: string): readonly boolean[] => (reports.get(where)?.records ?? []).map(({ tuned }) => "right" in tuned && tuned.right);
    const [here, there] = [right("here"), right("there")];
    const differ = here.filter((each, index) => each !== there[index]).length;
    console.log(`    ${differ} of ${here.length} answers differ in being right`);
    assert.equal(here.length, 100);
    assert.ok(differ <= 10);
  });
});
