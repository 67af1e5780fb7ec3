import assert from "node:assert/strict";
import { ApiError } from "../../../src/engine/api-error.ts";
import { TrainingError } from "../../../src/engine/runners/runner.ts";
import { until } from "./fake-runner.ts";
import { queueFixture } from "./queue-fixture.ts";

describe("createTrainingQueue", () => {
  const { at, open, enter, statusOf, onDisk, said, idle, running } = queueFixture();

  it("trains one job at a time, oldest first", async () => {
    open();
    await enter("ftjob-b", { created_at: 2 });
    await enter("ftjob-c", { created_at: 3 });
    await running(1);
    await enter("ftjob-a", { created_at: 1 });
    await until(() => statusOf("ftjob-a") === "queued" && statusOf("ftjob-c") === "queued");
    for (const expected of ["ftjob-b", "ftjob-a", "ftjob-c"]) {
      await until(() => at.runs.at(-1)?.request.output === at.store.folderOf(expected));
      assert.deepEqual(at.store.jobs().filter(({ status }) => status === "running").map(({ id }) => id), [expected]);
      at.runs.at(-1)?.succeed();
      await until(() => statusOf(expected) === "succeeded");
    }
    await idle();
    assert.equal(at.runs.length, 3);
  });

  it("resolves what auto means for the epochs by the number of records, and leaves a number alone", async () => {
    open({ checkFile: () => Promise.resolve(10) });
    await enter("ftjob-a", { hyperparameters: { n_epochs: "auto", batch_size: 4, learning_rate_multiplier: 1 } });
    await running(1);
    assert.deepEqual([at.runs[0]?.request.epochs, onDisk("ftjob-a")?.hyperparameters.n_epochs], [10, 10]);
    at.runs[0]?.succeed();
    await idle();
    await enter("ftjob-b");
    await running(2);
    assert.equal(at.runs[1]?.request.epochs, 3);
  });

  it("fails a job whose file is refused, at once and beside a running training", async () => {
    const checked: string[] = [];
    open({
      checkFile: (file, use) => {
        checked.push(`${use} ${file === at.store.dataOf("file-2") ? "2" : "1"}`);
        return use === "validation" ? Promise.reject(new TrainingError("invalid_validation_file", "Example 1: no.")) : Promise.resolve(50);
      },
    });
    await enter("ftjob-a");
    await running(1);
    await enter("ftjob-b", { validation_file: "file-2" });
    await until(() => statusOf("ftjob-b") === "failed");
    assert.deepEqual(onDisk("ftjob-b")?.error, { code: "invalid_validation_file", message: "Example 1: no.", param: "validation_file" });
    assert.deepEqual(checked, ["training 1", "training 1", "validation 2"]);
    assert.equal(statusOf("ftjob-a"), "running");
  });

  it("says that a file was deleted before its job began", async () => {
    open();
    await enter("ftjob-a", { training_file: "file-gone" });
    await until(() => statusOf("ftjob-a") === "failed");
    assert.match(at.queue.find("ftjob-a")?.error?.message ?? "", /^The training file file-gone was deleted before the job began\./);
  });

  it("fails a job with the code and the words of what went wrong, and goes on with the next", async () => {
    const faults: readonly [error: Error, code: string][] = [[new TrainingError("disk_full", "The disk is full."), "disk_full"], [new ApiError(400, "No folder.", "invalid_model"), "invalid_model"], [new Error("Strange."), "unexpected"]];
    open();
    for (const [index, [error, code]] of faults.entries()) {
      await enter(`ftjob-${index}`);
      await running(index + 1);
      at.runs[index]?.fail(error);
      await until(() => statusOf(`ftjob-${index}`) === "failed");
      assert.deepEqual(onDisk(`ftjob-${index}`)?.error, { code, message: error.message, param: null });
      assert.equal(said(`ftjob-${index}`).at(-1), error.message);
      await idle();
    }
  });

  it("says that the model of a queued job is gone", async () => {
    open({ modelFolder: () => { throw new ApiError(400, "/m is no model folder: it has no config.json.", "invalid_model"); } });
    await enter("ftjob-a");
    await until(() => statusOf("ftjob-a") === "failed");
    assert.deepEqual(at.queue.find("ftjob-a")?.error, { code: "invalid_model", message: "/m is no model folder: it has no config.json.", param: null });
  });
});
