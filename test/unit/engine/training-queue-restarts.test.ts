import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { hasEnded } from "../../../src/engine/stored.ts";
import { until } from "./fake-runner.ts";
import { queueFixture } from "./queue-fixture.ts";
import { storedJob } from "./stored-job.ts";

describe("createTrainingQueue, when the next engine takes up the jobs", () => {
  const { at, open, enter, statusOf, onDisk, said, idle, running } = queueFixture();

  it("goes on from the last checkpoint that is still there, and says where the engine stopped", async () => {
    open();
    await enter("ftjob-a");
    await running(1);
    const folder = `${at.store.folderOf("ftjob-a")}/checkpoint-4`;
    mkdirSync(folder, { recursive: true });
    at.runs[0]?.report({ type: "metrics", step: 5, totalSteps: 8, metrics: { train_loss: 1 } });
    at.runs[0]?.report({ type: "checkpoint", step: 4, folder, metrics: {} });
    await until(() => at.queue.find("ftjob-a")?.checkpoints.length === 1);
    // The killed engine's queue is left as it is; a new one opens the same state.
    const killed = at.queue;
    open();
    await at.queue.recover();
    await running(1);
    assert.equal(at.runs[0]?.request.resumeFrom, folder);
    assert.ok(said("ftjob-a").includes("The engine stopped at step 5; training goes on from the checkpoint of step 4."), said("ftjob-a").join("\n"));
    rmSync(folder, { recursive: true });
    open();
    await at.queue.recover();
    await running(1);
    assert.equal(at.runs[0]?.request.resumeFrom, undefined);
    assert.ok(said("ftjob-a").includes("The engine stopped at step 5; training goes on from the beginning."));
    await at.queue.cancel("ftjob-a");
    await idle();
    await killed.stop();
  });

  it("gives up a job that kills the engine again and again, but not one that comes further each time", async () => {
    open();
    for (const [id, restarts] of [["ftjob-stuck", 2], ["ftjob-slow", 1]] as const) await at.store.addJob(storedJob({ id, status: "running", restarts }));
    await at.queue.recover();
    assert.deepEqual([statusOf("ftjob-stuck"), at.queue.find("ftjob-stuck")?.error?.code], ["failed", "engine_stopped"]);
    await running(1);
    assert.equal(onDisk("ftjob-slow")?.restarts, 2);
    at.runs[0]?.report({ type: "checkpoint", step: 4, folder: at.state, metrics: {} });
    await until(() => at.queue.find("ftjob-slow")?.restarts === 0);
  });

  it("goes on with what was checked and queued", async () => {
    open();
    await at.store.saveFile({ id: "file-1", object: "file", bytes: 1, created_at: 1, filename: "f", purpose: "fine-tune", status: "processed" });
    await at.store.addJob(storedJob({ id: "ftjob-a", status: "validating_files", created_at: 2 }));
    await at.store.addJob(storedJob({ id: "ftjob-b", status: "queued", created_at: 1 }));
    await at.queue.recover();
    await running(1);
    at.runs[0]?.succeed();
    await running(2);
    at.runs[1]?.succeed();
    await idle();
    assert.ok(at.store.jobs().every(hasEnded));
  });

  it("does not count an end in peace, after which the job is queued", async () => {
    open();
    await enter("ftjob-a");
    await running(1);
    at.runs[0]?.report({ type: "metrics", step: 2, totalSteps: 8, metrics: {} });
    await at.queue.stop();
    assert.deepEqual([at.runs[0]?.signal.aborted, at.queue.isBusy(), onDisk("ftjob-a")?.status, onDisk("ftjob-a")?.restarts], [true, false, "queued", 0]);
    assert.equal(said("ftjob-a").at(-1), "The engine was ended at step 2; training goes on when it is started again.");
    open();
    await at.queue.recover();
    await running(1);
  });

  it("leaves a job whose check it stops to the next engine", async () => {
    open({ checkFile: (_path, _use, _method, signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))) });
    await enter("ftjob-a");
    await at.queue.stop();
    assert.equal(onDisk("ftjob-a")?.status, "validating_files");
  });
});
