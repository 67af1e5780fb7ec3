import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Launch } from "../../../src/jobs/launch.ts";
import type { RunRecord } from "../../../src/jobs/runs/run-record.ts";
import { compareKnownRuns, knownRuns, type RunFiles } from "../../../src/launch/known-runs.ts";
import { recordRun, runFolder } from "../../../src/launch/run-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

const never = new AbortController().signal;

describe("the runs of a folder", () => {
  const scratch = scratchFolder();
  const launchAt = (root: string, id: string, createdAt: number, sha256: string, path = join(root, "train.jsonl")): Launch => ({
    id, provider: "Ours", createdAt, changedAt: 1, step: "created", job: `job-${id}`, dataset: { path, sha256: sha256.repeat(64), records: 3 }, request: { model: "base", hyperparameters: {} }, origin: { root, content: {}, versions: {} },
  });

  it("are written again of the ledger where their records were lost", async () => {
    const root = scratch.path("one");
    const launches = [launchAt(root, "first", 1000, "a"), launchAt(root, "second", 5000, "b")];
    for (const launch of launches) await recordRun(launch, {});
    rmSync(runFolder(root), { recursive: true });
    assert.deepEqual((await knownRuns(root, { list: async () => launches })).map(({ job }) => job), ["job-second", "job-first"]);
    // Those of another folder are not this one's.
    assert.deepEqual(await knownRuns(scratch.path("two"), { list: async () => launches }), []);
  });

  it("have their records counted where both files are there still, and no other machine is called for a file that a record names", async () => {
    const root = scratch.path("three");
    const launches = [launchAt(root, "first", 1000, "a", join(root, "old.jsonl")), launchAt(root, "second", 5000, "b")];
    for (const launch of launches) await recordRun(launch, {});
    const [after, before] = await knownRuns(root, { list: async () => [] });
    assert.ok(after && before);
    const asked: string[] = [];
    const files: RunFiles = { hashFile: async (path) => (asked.push(path), (path.endsWith("old.jsonl") ? "a" : "b").repeat(64)), compareRecords: async () => ({ added: 2, removed: 1 }) };
    const changes = ({ sections }: Awaited<ReturnType<typeof compareKnownRuns>>): string | undefined => sections[0]?.facts.find(({ name }) => name === "Records that came and went")?.after;
    assert.equal(changes(await compareKnownRuns(root, before, after, files, never)), "2 added, 1 removed");
    asked.length = 0;
    for (const path of ["//evil.example/share/x.jsonl", "\\\\evil.example\\share\\x.jsonl"]) {
      const hostile: RunRecord = { ...before, data: { training: { ...before.data.training, path } } };
      assert.equal(changes(await compareKnownRuns(root, hostile, after, files, never)), undefined);
    }
    assert.deepEqual(asked.filter((path) => path.includes("evil")), []);
  });
});
