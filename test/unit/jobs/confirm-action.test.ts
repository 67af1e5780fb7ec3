import assert from "node:assert/strict";
import { confirmDeleteFile, confirmJobAction, size } from "../../../src/jobs/confirm-action.ts";
import { jobOf } from "./job-of.ts";

describe("what is asked before something is lost or costs", () => {
  it("names the job, and what becomes of its model", () => {
    const { question, detail, button } = confirmJobAction("delete", jobOf("job-1", { suffix: "banking", status: "succeeded", tunedModel: "ft:1" }), "Acme");
    assert.deepEqual([question, button], ["Delete the job banking (job-1) at Acme?", "Delete Job"]);
    assert.match(detail, /cannot be undone/);
    assert.match(detail, /ft:1/);
    assert.match(confirmJobAction("deploy", jobOf("1", { tunedModel: "ft:1" }), "Acme").detail, /may bill the time/);
  });

  it("names the jobs that a file is still needed for", () => {
    const file = { id: "file-1", name: "train.jsonl", bytes: 1234 };
    const waiting = confirmDeleteFile(file, [jobOf("1", { trainingFile: "file-1", suffix: "banking" }), jobOf("2", { trainingFile: "other" })], "Acme");
    assert.match(waiting.detail, /^file-1, 1\.2 kB\. .*1 job under way may still need it and fail without it: banking\.$/);
    assert.match(confirmDeleteFile(file, [jobOf("1", { status: "succeeded", validationFile: "file-1" })], "Acme").detail, /1 finished job learned from it/);
    assert.doesNotMatch(confirmDeleteFile(file, [], "Acme").detail, /job/);
  });

  it("says sizes as people do", () => {
    assert.deepEqual([0, 999, 1000, 1_450_000, 52_000_000_000].map(size), ["0 B", "999 B", "1 kB", "1.5 MB", "52 GB"]);
  });
});
