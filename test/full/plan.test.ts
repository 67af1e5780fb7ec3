import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import OpenAI from "openai";
import type { PlanReport } from "../../src/evaluation/plan-report.ts";
import { localTraining, setUpMinutes } from "../engine/local-training.ts";
import { buildProgram } from "../support/build-program.ts";
import { endEngine, runningEngine } from "../support/running-engine.ts";
import { runProgram, type Ended } from "../support/run-program.ts";
import { scratchFolder } from "../support/scratch.ts";

const model = "smollm2-135m-instruct";
/** What the preset Quick writes into a launch file. */
const quick = { max_steps: 60, batch_size: 4, lora_layers: 8, learning_rate_multiplier: 2 };

/** The honest rivals on the whole sample, by a real model: as it is, shown examples, shown the nearest examples, tuned, and both. */
describe("A plan of the whole sample on this machine", function () {
  this.timeout(3_600_000);
  // Before the folder is removed in which the engine has announced itself.
  after(() => endEngine(scratch.path("state/engine")));
  const scratch = scratchFolder();

  it("says which of prompt, retrieval and tuning won", async function () {
    this.timeout(setUpMinutes * 60_000 + 3_600_000);
    await localTraining();
    const program = await buildProgram("cli", "engine");
    const environment = { ...process.env, TUNESMITH_STATE: scratch.path("state"), TUNESMITH_CONFIG: scratch.file("config.jsonc", "{}") };
    const run = async (...parameters: string[]): Promise<Ended> => {
      const ended = await runProgram(resolve(program), parameters, { env: environment, cwd: scratch.path("") });
      assert.equal(ended.code, 0, ended.stderr);
      return ended;
    };
    await run("fix", resolve("media/sample/banking-train.jsonl"), "--out", scratch.path("train.jsonl"));
    const launch = scratch.file("a.finetune.jsonc", JSON.stringify({ service: "local", model, data: { training: "train.jsonl" }, seed: 7, suffix: "banking", hyperparameters: quick }));
    const job = (await run("start", launch, "--yes")).stdout.trim();
    await run("watch", job);
    const engine = runningEngine(scratch.path("state/engine"));
    assert.ok(engine);
    const { fine_tuned_model: tuned } = await new OpenAI({ baseURL: engine.baseURL, apiKey: engine.token }).fineTuning.jobs.retrieve(job);
    const base = { service: "local", model };
    const plan = scratch.file("banking.eval.jsonc", JSON.stringify({
      test: resolve("media/sample/banking-test.jsonl"), training: "train.jsonl", metrics: ["exact-match", "label"],
      candidates: [{ name: "base", ...base }, { name: "4 examples", ...base, fewShot: 4 }, { name: "4 nearest", ...base, retrieval: 4 }, { name: "tuned", service: "local", model: tuned, tuned: true }, { name: "tuned, 4 nearest", service: "local", model: tuned, tuned: true, retrieval: 4 }],
      limits: { maximumTokens: 16 },
    }));
    const { stdout } = await run("evaluate", plan, "--out", scratch.path("report.json"));
    console.log(stdout.replace(/^/gm, "    "));
    const report = JSON.parse(readFileSync(scratch.path("report.json"), "utf8")) as PlanReport;
    assert.equal(report.summary.candidates[3]?.comparison?.outcome, "better");
  });
});
