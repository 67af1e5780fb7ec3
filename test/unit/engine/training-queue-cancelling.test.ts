import assert from "node:assert/strict";
import { until } from "./fake-runner.ts";
import { queueFixture } from "./queue-fixture.ts";
import { storedJob } from "./stored-job.ts";

describe("createTrainingQueue, when a job is cancelled", () => {
  const { at, open, enter, statusOf, onDisk, said, idle, running } = queueFixture();

  it("keeps a job cancelled whose file is being checked, and ends the check", async () => {
    let ended = false;
    open({ checkFile: (_path, _use, _method, signal) => new Promise((_, reject) => signal.addEventListener("abort", () => { ended = true; reject(new Error("aborted")); })) });
    await enter("ftjob-a");
    const cancelled = await at.queue.cancel("ftjob-a");
    assert.deepEqual([cancelled?.status, onDisk("ftjob-a")?.status], ["cancelled", "cancelled"]);
    await idle();
    assert.equal(ended, true);
    assert.equal(statusOf("ftjob-a"), "cancelled");
    assert.equal(said("ftjob-a").at(-1), "Fine-tuning job cancelled");
  });

  it("keeps a job cancelled whose check ends at that moment, well or badly", async () => {
    for (const finish of ["resolve", "reject"] as const) {
      let end = (): void => undefined;
      open({ checkFile: () => new Promise((resolve, reject) => (end = () => (finish === "resolve" ? resolve(50) : reject(new Error("refused"))))) });
      await enter(`ftjob-${finish}`);
      const cancelling = at.queue.cancel(`ftjob-${finish}`);
      end();
      assert.equal((await cancelling)?.status, "cancelled");
      await idle();
      assert.deepEqual([onDisk(`ftjob-${finish}`)?.status, at.runs.length], ["cancelled", 0]);
    }
  });

  it("works at any moment of a job's life: it is cancelled for good, or was at its end before", async function () {
    this.timeout(60_000);
    // Each round cancels some turns of the event loop later than the one before, from the check to the end of the training.
    for (let turns = 0; turns < 40; turns++) {
      open();
      const id = `ftjob-${turns}`;
      await enter(id);
      const trained = until(() => at.runs.length === 1 || !at.queue.isBusy()).then(() => at.runs[0]?.succeed());
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      const cancelled = await at.queue.cancel(id);
      await trained;
      await idle();
      assert.equal(statusOf(id), cancelled ? "cancelled" : "succeeded", `after ${turns} turns`);
      assert.equal(onDisk(id)?.status, statusOf(id));
      assert.equal(at.queue.find(id)?.fine_tuned_model === null, cancelled !== undefined);
      await at.queue.stop();
    }
  });

  it("takes a queued job out of the queue while another trains", async () => {
    open();
    await enter("ftjob-a", { created_at: 1 });
    await running(1);
    await enter("ftjob-b", { created_at: 2 });
    await until(() => statusOf("ftjob-b") === "queued");
    await at.queue.cancel("ftjob-b");
    assert.deepEqual([at.runs[0]?.signal.aborted, onDisk("ftjob-b")?.status], [false, "cancelled"]);
    at.runs[0]?.succeed();
    await idle();
    assert.deepEqual([at.runs.length, statusOf("ftjob-a"), statusOf("ftjob-b")], [1, "succeeded", "cancelled"]);
  });

  it("ends the training, and the next job begins", async () => {
    open();
    await enter("ftjob-a", { created_at: 1 });
    await running(1);
    await enter("ftjob-b", { created_at: 2 });
    await at.queue.cancel("ftjob-a");
    assert.equal(at.runs[0]?.signal.aborted, true);
    await running(2);
    assert.deepEqual([statusOf("ftjob-a"), at.queue.find("ftjob-a")?.error], ["cancelled", null]);
  });

  it("leaves alone what has ended", async () => {
    open();
    await at.store.addJob(storedJob({ id: "ftjob-a", status: "succeeded" }));
    assert.equal(await at.queue.cancel("ftjob-a"), undefined);
    assert.equal(statusOf("ftjob-a"), "succeeded");
  });
});
