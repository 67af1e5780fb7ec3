import assert from "node:assert/strict";
import { mkdirSync, readdirSync } from "node:fs";
import { openLedger } from "../../../src/launch/ledger-file.ts";
import type { Launch } from "../../../src/jobs/launch.ts";
import { scratchFolder } from "../../support/scratch.ts";

const launch = (id: string, part: Partial<Launch> = {}): Launch => ({
  id, provider: "local", createdAt: 1, changedAt: 1, step: "intended", dataset: { path: "train.jsonl", sha256: "a", records: 3 }, request: { model: "m", hyperparameters: { n_epochs: 1 } }, ...part,
});

describe("the ledger on disk", () => {
  const scratch = scratchFolder();

  it("is empty before the first launch, and makes no folder to say so", async () => {
    assert.deepEqual(await openLedger(scratch.path("none")).list(), []);
    assert.ok(!readdirSync(scratch.path(".")).includes("none"));
  });

  it("gives what was saved last of each launch, the newest launch first", async () => {
    const ledger = openLedger(scratch.path("kept"));
    await ledger.save(launch("a"));
    await ledger.save(launch("b", { createdAt: 2, request: { model: "m", suffix: "s", seed: 1, hyperparameters: {} } }));
    await ledger.save(launch("a", { step: "created", job: "job-1", trainingFile: "file-1" }));
    assert.deepEqual(await openLedger(scratch.path("kept")).list(), [
      launch("b", { createdAt: 2, request: { model: "m", suffix: "s", seed: 1, hyperparameters: {} } }),
      launch("a", { step: "created", job: "job-1", trainingFile: "file-1" }),
    ]);
  });

  it("passes over what it cannot read, and leaves it alone", async () => {
    mkdirSync(scratch.path("odd"));
    for (const [name, text] of [["cut", '{"id":'], ["other", '{"id":"x","step":"flying"}']]) scratch.file(`odd/${name}.launch.json`, text ?? "");
    const ledger = openLedger(scratch.path("odd"));
    await ledger.save(launch("a"));
    assert.deepEqual((await ledger.list()).map(({ id }) => id), ["a"]);
    assert.equal(readdirSync(scratch.path("odd")).length, 3);
  });
});
