import assert from "node:assert/strict";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { ApiError } from "../../../src/engine/api-error.ts";
import type { CheckTrainingFile } from "../../../src/engine/check-training-file.ts";
import { TrainingError } from "../../../src/engine/runners/runner.ts";
import { openStore, type Store } from "../../../src/engine/store.ts";
import { hasEnded, type StoredJob } from "../../../src/engine/stored.ts";
import { createTrainingQueue, type TrainingQueue } from "../../../src/engine/training-queue.ts";
import { FileError } from "../../../src/workers/file-error.ts";
import { scratchFolder } from "../../support/scratch.ts";
import { fakeRunner, until, type Run } from "./fake-runner.ts";
import { storedJob } from "./stored-job.ts";

describe("createTrainingQueue", () => {
  const { path } = scratchFolder();
  let number = 0;
  let state: string;
  let store: Store;
  let queue: TrainingQueue;
  let runs: readonly Run[];
  let told: string[];

  /** An engine's queue over the state, as the next engine would have it. */
  function open({ checkFile = () => Promise.resolve(50), spoil = (whole) => whole, modelFolder = (model) => model }: { checkFile?: CheckTrainingFile; spoil?: (store: Store) => Store; modelFolder?: (model: string) => string } = {}): void {
    told = [];
    const tell = (line: string): void => void told.push(line);
    const fake = fakeRunner();
    store = spoil(openStore(state, tell));
    runs = fake.runs;
    queue = createTrainingQueue({ store, runner: fake.runner, checkFile, modelFolder, tell });
  }
  beforeEach(() => {
    state = path(`state-${++number}`);
  });
  afterEach(() => queue.stop());

  async function enter(id: string, part: Partial<StoredJob> = {}): Promise<void> {
    for (const file of ["file-1", "file-2"]) await store.saveFile({ id: file, object: "file", bytes: 1, created_at: 1, filename: "f", purpose: "fine-tune", status: "processed" });
    const job = storedJob({ id, status: "validating_files", ...part });
    await store.addJob(job);
    queue.enter(job);
  }
  const statusOf = (id: string): string | undefined => queue.find(id)?.status;
  const onDisk = (id: string): StoredJob | undefined => openStore(state, assert.fail).jobs().find((job) => job.id === id);
  const said = (id: string): string[] => store.events(id).map(({ message }) => message);
  const idle = (): Promise<void> => until(() => !queue.isBusy());
  const running = (count: number): Promise<void> => until(() => runs.length === count);

  it("trains one job at a time, oldest first", async () => {
    open();
    await enter("ftjob-b", { created_at: 2 });
    await enter("ftjob-c", { created_at: 3 });
    await running(1);
    await enter("ftjob-a", { created_at: 1 });
    await until(() => statusOf("ftjob-a") === "queued" && statusOf("ftjob-c") === "queued");
    for (const expected of ["ftjob-b", "ftjob-a", "ftjob-c"]) {
      await until(() => runs.at(-1)?.request.output === store.folderOf(expected));
      assert.deepEqual(store.jobs().filter(({ status }) => status === "running").map(({ id }) => id), [expected]);
      runs.at(-1)?.succeed();
      await until(() => statusOf(expected) === "succeeded");
    }
    await idle();
    assert.equal(runs.length, 3);
  });

  it("resolves what auto means for the epochs by the number of records, and leaves a number alone", async () => {
    open({ checkFile: () => Promise.resolve(10) });
    await enter("ftjob-a", { hyperparameters: { n_epochs: "auto", batch_size: 4, learning_rate_multiplier: 1 } });
    await running(1);
    assert.deepEqual([runs[0]?.request.epochs, onDisk("ftjob-a")?.hyperparameters.n_epochs], [10, 10]);
    runs[0]?.succeed();
    await idle();
    await enter("ftjob-b");
    await running(2);
    assert.equal(runs[1]?.request.epochs, 3);
  });

  it("fails a job whose file is refused, at once and beside a running training", async () => {
    const checked: string[] = [];
    open({
      checkFile: (file, use) => {
        checked.push(`${use} ${file === store.dataOf("file-2") ? "2" : "1"}`);
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
    assert.match(queue.find("ftjob-a")?.error?.message ?? "", /^The training file file-gone was deleted before the job began\./);
  });

  it("fails a job with the code and the words of what went wrong, and goes on with the next", async () => {
    const faults: readonly [error: Error, code: string][] = [[new TrainingError("disk_full", "The disk is full."), "disk_full"], [new ApiError(400, "No folder.", "invalid_model"), "invalid_model"], [new Error("Strange."), "unexpected"]];
    open();
    for (const [index, [error, code]] of faults.entries()) {
      await enter(`ftjob-${index}`);
      await running(index + 1);
      runs[index]?.fail(error);
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
    assert.deepEqual(queue.find("ftjob-a")?.error, { code: "invalid_model", message: "/m is no model folder: it has no config.json.", param: null });
  });

  describe("cancelling", () => {
    it("keeps a job cancelled whose file is being checked, and ends the check", async () => {
      let ended = false;
      open({ checkFile: (_path, _use, signal) => new Promise((_, reject) => signal.addEventListener("abort", () => { ended = true; reject(new Error("aborted")); })) });
      await enter("ftjob-a");
      const cancelled = await queue.cancel("ftjob-a");
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
        const cancelling = queue.cancel(`ftjob-${finish}`);
        end();
        assert.equal((await cancelling)?.status, "cancelled");
        await idle();
        assert.deepEqual([onDisk(`ftjob-${finish}`)?.status, runs.length], ["cancelled", 0]);
      }
    });

    it("works at any moment of a job's life: it is cancelled for good, or was at its end before", async () => {
      // Each round cancels some turns of the event loop later than the one before, from the check to the end of the training.
      for (let turns = 0; turns < 40; turns++) {
        open();
        const id = `ftjob-${turns}`;
        await enter(id);
        const trained = until(() => runs.length === 1 || !queue.isBusy()).then(() => runs[0]?.succeed());
        for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
        const cancelled = await queue.cancel(id);
        await trained;
        await idle();
        assert.equal(statusOf(id), cancelled ? "cancelled" : "succeeded", `after ${turns} turns`);
        assert.equal(onDisk(id)?.status, statusOf(id));
        assert.equal(queue.find(id)?.fine_tuned_model === null, cancelled !== undefined);
        await queue.stop();
      }
    });

    it("takes a queued job out of the queue while another trains", async () => {
      open();
      await enter("ftjob-a", { created_at: 1 });
      await running(1);
      await enter("ftjob-b", { created_at: 2 });
      await until(() => statusOf("ftjob-b") === "queued");
      await queue.cancel("ftjob-b");
      assert.deepEqual([runs[0]?.signal.aborted, onDisk("ftjob-b")?.status], [false, "cancelled"]);
      runs[0]?.succeed();
      await idle();
      assert.deepEqual([runs.length, statusOf("ftjob-a"), statusOf("ftjob-b")], [1, "succeeded", "cancelled"]);
    });

    it("ends the training, and the next job begins", async () => {
      open();
      await enter("ftjob-a", { created_at: 1 });
      await running(1);
      await enter("ftjob-b", { created_at: 2 });
      await queue.cancel("ftjob-a");
      assert.equal(runs[0]?.signal.aborted, true);
      await running(2);
      assert.deepEqual([statusOf("ftjob-a"), queue.find("ftjob-a")?.error], ["cancelled", null]);
    });

    it("leaves alone what has ended", async () => {
      open();
      await store.addJob(storedJob({ id: "ftjob-a", status: "succeeded" }));
      assert.equal(await queue.cancel("ftjob-a"), undefined);
      assert.equal(statusOf("ftjob-a"), "succeeded");
    });
  });

  describe("taken up by the next engine", () => {
    it("goes on from the last checkpoint that is still there, and says where the engine stopped", async () => {
      open();
      await enter("ftjob-a");
      await running(1);
      const folder = `${store.folderOf("ftjob-a")}/checkpoint-4`;
      mkdirSync(folder, { recursive: true });
      runs[0]?.report({ type: "metrics", step: 5, totalSteps: 8, metrics: { train_loss: 1 } });
      runs[0]?.report({ type: "checkpoint", step: 4, folder, metrics: {} });
      await until(() => queue.find("ftjob-a")?.checkpoints.length === 1);
      // The killed engine's queue is left as it is; a new one opens the same state.
      const killed = queue;
      open();
      await queue.recover();
      await running(1);
      assert.equal(runs[0]?.request.resumeFrom, folder);
      assert.ok(said("ftjob-a").includes("The engine stopped at step 5; training goes on from the checkpoint of step 4."), said("ftjob-a").join("\n"));
      rmSync(folder, { recursive: true });
      open();
      await queue.recover();
      await running(1);
      assert.equal(runs[0]?.request.resumeFrom, undefined);
      assert.ok(said("ftjob-a").includes("The engine stopped at step 5; training goes on from the beginning."));
      await queue.cancel("ftjob-a");
      await idle();
      await killed.stop();
    });

    it("gives up a job that kills the engine again and again, but not one that comes further each time", async () => {
      open();
      for (const [id, restarts] of [["ftjob-stuck", 2], ["ftjob-slow", 1]] as const) await store.addJob(storedJob({ id, status: "running", restarts }));
      await queue.recover();
      assert.deepEqual([statusOf("ftjob-stuck"), queue.find("ftjob-stuck")?.error?.code], ["failed", "engine_stopped"]);
      await running(1);
      assert.equal(onDisk("ftjob-slow")?.restarts, 2);
      runs[0]?.report({ type: "checkpoint", step: 4, folder: state, metrics: {} });
      await until(() => queue.find("ftjob-slow")?.restarts === 0);
    });

    it("goes on with what was checked and queued", async () => {
      open();
      await store.saveFile({ id: "file-1", object: "file", bytes: 1, created_at: 1, filename: "f", purpose: "fine-tune", status: "processed" });
      await store.addJob(storedJob({ id: "ftjob-a", status: "validating_files", created_at: 2 }));
      await store.addJob(storedJob({ id: "ftjob-b", status: "queued", created_at: 1 }));
      await queue.recover();
      await running(1);
      runs[0]?.succeed();
      await running(2);
      runs[1]?.succeed();
      await idle();
      assert.ok(store.jobs().every(hasEnded));
    });

    it("does not count an end in peace, after which the job is queued", async () => {
      open();
      await enter("ftjob-a");
      await running(1);
      runs[0]?.report({ type: "metrics", step: 2, totalSteps: 8, metrics: {} });
      await queue.stop();
      assert.deepEqual([runs[0]?.signal.aborted, queue.isBusy(), onDisk("ftjob-a")?.status, onDisk("ftjob-a")?.restarts], [true, false, "queued", 0]);
      assert.equal(said("ftjob-a").at(-1), "The engine was ended at step 2; training goes on when it is started again.");
      open();
      await queue.recover();
      await running(1);
    });

    it("leaves a job whose check it stops to the next engine", async () => {
      open({ checkFile: (_path, _use, signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted")))) });
      await enter("ftjob-a");
      await queue.stop();
      assert.equal(onDisk("ftjob-a")?.status, "validating_files");
    });
  });

  describe("on a disk that takes nothing more", () => {
    const full = (): never => { throw new FileError("write", "/state", Object.assign(new Error("full"), { code: "ENOSPC" })); };

    it("trains on without events, which it tells", async () => {
      open({ spoil: (whole) => ({ ...whole, addEvent: full }) });
      await enter("ftjob-a");
      await running(1);
      runs[0]?.report({ type: "metrics", step: 1, totalSteps: 1, metrics: {} });
      runs[0]?.succeed();
      await idle();
      assert.equal(statusOf("ftjob-a"), "succeeded");
      assert.ok(told.includes('Job ftjob-a: the event "Step 1/1" is lost. Cannot write /state: the disk is full.'), told.join("\n"));
    });

    it("ends a training whose checkpoint cannot be kept, with a clear sentence, and takes the next job", async () => {
      let isFull = false;
      open({ spoil: (whole) => ({ ...whole, changeJob: (id, decide) => (isFull ? Promise.reject(new FileError("write", "/state", Object.assign(new Error("full"), { code: "ENOSPC" }))) : whole.changeJob(id, decide)) }) });
      await enter("ftjob-a", { created_at: 1 });
      await running(1);
      isFull = true;
      runs[0]?.report({ type: "checkpoint", step: 1, folder: state, metrics: {} });
      await until(() => statusOf("ftjob-a") === "failed");
      assert.deepEqual([runs[0]?.signal.aborted, queue.find("ftjob-a")?.error?.message], [true, "Cannot write /state: the disk is full."]);
      assert.equal(onDisk("ftjob-a")?.status, "running", "the next engine finds it as it last was on disk, and goes on with it");
      await idle();
      isFull = false;
      await enter("ftjob-b");
      await running(2);
    });

    it("rejects a cancellation that cannot be kept", async () => {
      open({ spoil: (whole) => ({ ...whole, changeJob: () => Promise.reject(new FileError("write", "/state", Object.assign(new Error("full"), { code: "ENOSPC" }))) }) });
      await store.addJob(storedJob({ id: "ftjob-a" }));
      await assert.rejects(queue.cancel("ftjob-a"), { message: "Cannot write /state: the disk is full." });
      assert.equal(statusOf("ftjob-a"), "queued");
    });

    it("succeeds without a result file, and says so", async () => {
      open({ spoil: (whole) => ({ ...whole, saveFile: (file) => (file.purpose === "fine-tune-results" ? Promise.reject(full) : whole.saveFile(file)) }) });
      await enter("ftjob-a");
      await running(1);
      runs[0]?.succeed();
      await idle();
      assert.deepEqual([statusOf("ftjob-a"), queue.find("ftjob-a")?.result_files], ["succeeded", []]);
      assert.ok(said("ftjob-a").some((message) => message.startsWith("There is no result file. Cannot write ")));
      assert.ok(existsSync(store.folderOf("ftjob-a")));
    });
  });
});
