import assert from "node:assert/strict";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Launch } from "../../../src/jobs/launch.ts";
import { listRuns, recordRun } from "../../../src/launch/run-file.ts";
import { jobOf } from "../jobs/job-of.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("run records on disk", () => {
  const scratch = scratchFolder();
  const launchAt = (root: string, part: Partial<Launch> = {}): Launch => ({
    id: "aaaaaaaa-1", provider: "Ours", createdAt: 1_790_000_000_000, changedAt: 1, step: "created", job: "ftjob-1", dataset: { path: join(root, "data", "train.jsonl"), sha256: "a".repeat(64), records: 3 },
    launchFile: join(root, "a.finetune.jsonc"), request: { model: "base", hyperparameters: {} }, origin: { root, content: {}, versions: {} }, ...part,
  });

  it("are written when a job is started, and updated when it ends, under names from the folder", async () => {
    const root = scratch.path("one");
    const path = (await recordRun(launchAt(root), {})) ?? "";
    assert.match(path, /one.\.tunesmith.runs.\d{8}-\d{6}-aaaaaaaa\.json$/);
    await recordRun(launchAt(root, { step: "ended" }), { job: jobOf("ftjob-1", { status: "succeeded", tunedModel: "ft:1" }) });
    const [run] = await listRuns(root);
    assert.deepEqual([run?.state, run?.data.training.path, run?.launchFile?.path], ["succeeded", "data/train.jsonl", "a.finetune.jsonc"]);
    // A launch without its job says no less than the record knew.
    await recordRun(launchAt(root, { step: "ended" }), {});
    assert.equal((await listRuns(root))[0]?.state, "succeeded");
  });

  it("are written again from the launch where they were lost or broken, and left alone where nothing is new", async () => {
    const root = scratch.path("two");
    const path = (await recordRun(launchAt(root), {})) ?? "";
    const text = readFileSync(path, "utf8");
    writeFileSync(path, "{ broken");
    assert.deepEqual(await listRuns(root), []);
    await recordRun(launchAt(root), {});
    assert.equal(readFileSync(path, "utf8"), text);
    const { mtimeMs } = statSync(path);
    await recordRun(launchAt(root), {});
    assert.equal(statSync(path).mtimeMs, mtimeMs);
  });

  it("are not kept for a launch that names no folder", async () => {
    const { origin: _origin, ...launch } = launchAt(scratch.path("three"));
    assert.equal(await recordRun(launch, {}), undefined);
  });
});
