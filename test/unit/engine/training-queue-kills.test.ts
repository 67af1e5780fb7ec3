import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Runner } from "../../../src/engine/runners/runner.ts";
import { createClusters } from "../../../src/engine/executors/clusters.ts";
import { openStore, type Store } from "../../../src/engine/store.ts";
import { hasEnded } from "../../../src/engine/stored.ts";
import { createTrainingQueue, type TrainingQueue } from "../../../src/engine/training-queue.ts";
import { scratchFolder } from "../../support/scratch.ts";
import { until } from "./fake-runner.ts";
import { storedJob } from "./stored-job.ts";

const id = "ftjob-0000000a";
const forever = new Promise<never>(() => undefined);

/** One engine's life, which ends at a write: what would come after never comes, and changes nothing any more. */
interface Life {
  dead: boolean;
  /** What was written, by the names that the steps of a job have here. */
  readonly written: string[];
}

/** A store whose engine is killed at its `fatal`-th write, just before or just after that is on disk. */
function mortal(store: Store, life: Life, fatal: number, when: "before" | "after"): Store {
  async function write<Value>(name: string, act: () => Promise<Value>): Promise<Value> {
    if (life.dead) return forever;
    life.written.push(name);
    const isLast = life.written.length - 1 === fatal;
    if (isLast && when === "before") {
      life.dead = true;
      return forever;
    }
    const value = await act();
    if (isLast) life.dead = true;
    return life.dead ? forever : value;
  }
  return {
    ...store,
    addJob: (job) => write("accepted", () => store.addJob(job)),
    changeJob: (job, decide) => write("", () => store.changeJob(job, (found) => {
      const part = decide(found);
      life.written[life.written.length - 1] = part?.checkpoints ? "checkpoint written" : part?.status ?? "nothing";
      return part;
    })),
    saveFile: (file) => write("result written", () => store.saveFile(file)),
    addEvent(job, event) {
      if (life.dead) return;
      life.written.push(`event: ${event.message.replace(/^New fine-tuned.*/, "New model")}`);
      const isLast = life.written.length - 1 === fatal;
      if (isLast && when === "before") life.dead = true;
      else store.addEvent(job, event);
      if (isLast) life.dead = true;
    },
  };
}

/** Trains four steps with a checkpoint after the second and the fourth; goes on from a checkpoint, and stops with its engine. */
const mortalRunner = (life: Life, trained: number[]): Runner => ({
  id: "mortal",
  async train(request, report) {
    const from = Number(/checkpoint-(\d)$/.exec(request.resumeFrom ?? "")?.[1] ?? 0);
    for (let step = from + 1; step <= 4; step++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (life.dead) return forever;
      trained.push(step);
      report({ type: "metrics", step, totalSteps: 4, metrics: { train_loss: 1 / step } });
      if (step % 2 === 1) continue;
      const folder = join(request.output, `checkpoint-${step}`);
      mkdirSync(folder, { recursive: true });
      report({ type: "checkpoint", step, folder, metrics: {} });
      await until(() => life.dead || life.written.includes(`event: Checkpoint created at step ${step}`));
    }
    if (life.dead) return forever;
    report({ type: "done", adapter: join(request.output, "adapter"), trainedTokens: 70 });
  },
});

describe("a job whose engine is killed at any of its steps", () => {
  const { path } = scratchFolder();

  /** An engine's life on a state, from its start to the end of all work or its own. */
  async function live(state: string, fatal: number, when: "before" | "after", isFirst: boolean): Promise<{ readonly life: Life; readonly queue: TrainingQueue; readonly trained: readonly number[] }> {
    const life: Life = { dead: false, written: [] };
    const trained: number[] = [];
    const store = mortal(openStore(state, assert.fail), life, fatal, when);
    const queue = createTrainingQueue({ store, ray: { clusters: createClusters(), scripts: "" }, runner: mortalRunner(life, trained), checkFile: async () => 50, modelFolder: (model) => model, tell: assert.fail });
    if (isFirst) {
      const entered = store.addJob(storedJob({ id, status: "validating_files" })).then(() => queue.enter(queue.find(id) ?? assert.fail()));
      void entered;
    } else void queue.recover();
    await until(() => life.dead || (queue.find(id) !== undefined && hasEnded(queue.find(id) ?? assert.fail()) && !queue.isBusy()));
    return { life, queue, trained };
  }

  async function prepare(name: string): Promise<string> {
    const state = path(name);
    await openStore(state, assert.fail).saveFile({ id: "file-1", object: "file", bytes: 1, created_at: 1, filename: "f", purpose: "fine-tune", status: "processed" });
    return state;
  }

  it("goes through these steps when nobody kills it", async () => {
    const { life, trained } = await live(await prepare("whole"), Infinity, "before", true);
    assert.deepEqual(trained, [1, 2, 3, 4]);
    assert.deepEqual(life.written, [
      "accepted", `event: Created fine-tuning job: ${id}`, "event: Validating training file: file-1", "queued", "event: Files validated, moving job to queued state", "running", "event: Fine-tuning job started",
      "event: Step 1/4: training loss=1.00", "event: Step 2/4: training loss=0.50", "checkpoint written", "event: Checkpoint created at step 2", "event: Step 3/4: training loss=0.33", "event: Step 4/4: training loss=0.25",
      "checkpoint written", "event: Checkpoint created at step 4", "result written", "succeeded", "event: New model", "event: The job has successfully completed",
    ]);
  });

  it("comes to one true end with the next engine, before and after each of its writes: no step is trained that a checkpoint has, no model and no result is there twice", async () => {
    const steps = (await live(await prepare("counted"), Infinity, "before", true)).life.written;
    for (const when of ["before", "after"] as const) {
      for (const [fatal, step] of steps.entries()) {
        const where = `killed ${when} "${step}" (write ${fatal})`;
        const state = await prepare(`${when}-${fatal}`);
        const killed = await live(state, fatal, when, true);
        assert.ok(killed.life.dead, where);
        const onDisk = openStore(state, assert.fail).jobs();
        if (onDisk.length === 0) {
          // The client was never told that there is a job.
          assert.deepEqual([step, when], ["accepted", "before"], where);
          continue;
        }
        const { queue, trained } = await live(state, Infinity, "before", false);
        const job = queue.find(id) ?? assert.fail(where);
        assert.deepEqual([job.status, job.adapter !== null, job.checkpoints.map(({ step_number: number }) => number)], ["succeeded", true, [2, 4]], where);
        const kept = Math.max(0, ...(onDisk[0]?.checkpoints ?? []).map(({ step_number: number }) => number));
        assert.ok(trained.every((number) => number > kept), `${where}: ${trained}`);

        const store = openStore(state, assert.fail);
        const results = store.files().filter(({ purpose }) => purpose === "fine-tune-results");
        assert.ok(job.result_files.length === 1 && results.some(({ id: file }) => file === job.result_files[0]), where);
        assert.equal(readFileSync(store.dataOf(job.result_files[0] ?? ""), "utf8").trimEnd().split("\n").length, 5, where);
        assert.equal(results.length, 1, `${where}: results that no job names are left`);
        assert.deepEqual(readdirSync(join(state, "files")).sort(), [...store.files().map(({ id: file }) => `${file}.json`), `${results[0]?.id}.data`].sort(), where);
        const said = store.events(id).map(({ message }) => message);
        for (const once of ["The job has successfully completed", "New fine-tuned model created"]) assert.ok(said.filter((message) => message.startsWith(once)).length <= 1, `${where}: ${said.join("\n")}`);
        assert.equal(new Set(store.events(id).map((event) => event.id)).size, said.length, where);
        assert.equal(existsSync(join(state, "jobs", `${id}.job.json`)), true, where);
      }
    }
  });
});
