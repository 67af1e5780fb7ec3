import assert from "node:assert/strict";
import { jobOfLaunch } from "../../../src/jobs/job-of-launch.ts";
import type { Launch } from "../../../src/jobs/launch.ts";
import { jobOf } from "./job-of.ts";

const minute = 60_000;
const requestedAt = 1_000_000_000;
const launch: Launch = {
  id: "one", provider: "p", createdAt: requestedAt - minute, changedAt: requestedAt, step: "requested", trainingFile: "file-1",
  dataset: { path: "/train.jsonl", sha256: "0".repeat(64), records: 10 }, request: { model: "base", suffix: "bank", hyperparameters: {} },
};
const candidate = jobOf("candidate", { createdAt: requestedAt, suffix: "bank" });

describe("the job that a launch has made", () => {
  it("is told by what went with it, whatever else it says", () => {
    const job = jobOf("1", { metadata: { tunesmith_launch: "one" }, trainingFile: "another", createdAt: 1 });
    assert.equal(jobOfLaunch(launch, [candidate, job], []), job);
  });

  it("is told by its file, model, suffix and time where a provider keeps no metadata", () => {
    assert.equal(jobOfLaunch(launch, [candidate], []), candidate);
    const others = [
      { ...candidate, trainingFile: "file-2" }, { ...candidate, baseModel: "another" }, { ...candidate, suffix: "other" },
      { ...candidate, createdAt: requestedAt - 6 * minute }, { ...candidate, metadata: { tunesmith_launch: "two" } },
    ];
    assert.equal(jobOfLaunch(launch, others, []), undefined);
    assert.equal(jobOfLaunch({ ...launch, request: { model: "base", hyperparameters: {} } }, [candidate], []), undefined);
  });

  it("is no job that another launch has made, and the first of several", () => {
    const later = { ...candidate, id: "later", createdAt: requestedAt + minute };
    assert.equal(jobOfLaunch(launch, [later, candidate], []), candidate);
    assert.equal(jobOfLaunch(launch, [later, candidate], [{ ...launch, id: "two", step: "created", job: "candidate" }])?.id, "later");
  });

  it("is none before its file was uploaded", () => {
    const { trainingFile: _none, ...early } = launch;
    assert.equal(jobOfLaunch(early, [candidate], []), undefined);
  });
});
