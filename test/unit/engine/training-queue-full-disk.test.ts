import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { FileError } from "../../../src/workers/file-error.ts";
import { until } from "./fake-runner.ts";
import { queueFixture } from "./queue-fixture.ts";
import { storedJob } from "./stored-job.ts";

describe("createTrainingQueue, on a disk that takes nothing more", () => {
  const { at, open, enter, statusOf, onDisk, said, idle, running } = queueFixture();

  const full = (): never => { throw new FileError("write", "/state", Object.assign(new Error("full"), { code: "ENOSPC" })); };

  it("trains on without events, which it tells", async () => {
    open({ spoil: (whole) => ({ ...whole, addEvent: full }) });
    await enter("ftjob-a");
    await running(1);
    at.runs[0]?.report({ type: "metrics", step: 1, totalSteps: 1, metrics: {} });
    at.runs[0]?.succeed();
    await idle();
    assert.equal(statusOf("ftjob-a"), "succeeded");
    assert.ok(at.told.includes('Job ftjob-a: the event "Step 1/1" is lost. Cannot write /state: the disk is full.'), at.told.join("\n"));
  });

  it("ends a training whose checkpoint cannot be kept, with a clear sentence, and takes the next job", async () => {
    let isFull = false;
    open({ spoil: (whole) => ({ ...whole, changeJob: (id, decide) => (isFull ? Promise.reject(new FileError("write", "/state", Object.assign(new Error("full"), { code: "ENOSPC" }))) : whole.changeJob(id, decide)) }) });
    await enter("ftjob-a", { created_at: 1 });
    await running(1);
    isFull = true;
    at.runs[0]?.report({ type: "checkpoint", step: 1, folder: at.state, metrics: {} });
    await until(() => statusOf("ftjob-a") === "failed");
    assert.deepEqual([at.runs[0]?.signal.aborted, at.queue.find("ftjob-a")?.error], [true, { code: "disk_full", message: "Cannot write /state: the disk is full.", param: null }]);
    assert.equal(onDisk("ftjob-a")?.status, "running", "the next engine finds it as it last was on disk, and goes on with it");
    await idle();
    isFull = false;
    await enter("ftjob-b");
    await running(2);
  });

  it("rejects a cancellation that cannot be kept", async () => {
    open({ spoil: (whole) => ({ ...whole, changeJob: () => Promise.reject(new FileError("write", "/state", Object.assign(new Error("full"), { code: "ENOSPC" }))) }) });
    await at.store.addJob(storedJob({ id: "ftjob-a" }));
    await assert.rejects(at.queue.cancel("ftjob-a"), { message: "Cannot write /state: the disk is full." });
    assert.equal(statusOf("ftjob-a"), "queued");
  });

  it("succeeds without a result file, and says so", async () => {
    open({ spoil: (whole) => ({ ...whole, saveFile: (file) => (file.purpose === "fine-tune-results" ? Promise.reject(full) : whole.saveFile(file)) }) });
    await enter("ftjob-a");
    await running(1);
    at.runs[0]?.succeed();
    await idle();
    assert.deepEqual([statusOf("ftjob-a"), at.queue.find("ftjob-a")?.result_files], ["succeeded", []]);
    assert.ok(said("ftjob-a").some((message) => message.startsWith("There is no result file. Cannot write ")));
    assert.ok(existsSync(at.store.folderOf("ftjob-a")));
  });
});
