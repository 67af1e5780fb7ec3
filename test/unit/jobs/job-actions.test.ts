import assert from "node:assert/strict";
import { allowedActions, capabilitiesOf } from "../../../src/jobs/job-actions.ts";
import type { JobStatus } from "../../../src/jobs/job.ts";
import type { Provider } from "../../../src/jobs/provider.ts";
import { jobOf } from "./job-of.ts";

const all = ["cancel", "pause", "resume", "delete", "events", "checkpoints", "deploy", "download"] as const;

describe("what a user may do with a job", () => {
  it("is to cancel it while it is unfinished, and where the provider can", () => {
    for (const status of ["validating", "queued", "running", "paused", "unknown"] as const) assert.ok(allowedActions(jobOf("1", { status }), all).includes("cancel"), status);
    for (const status of ["succeeded", "failed", "cancelled", "cancelling"] as const) assert.ok(!allowedActions(jobOf("1", { status }), all).includes("cancel"), status);
    assert.ok(!allowedActions(jobOf("1"), ["events"]).includes("cancel"));
  });

  it("is to evaluate what has a tuned model", () => {
    assert.ok(allowedActions(jobOf("1", { status: "succeeded", tunedModel: "ft:1" }), []).includes("evaluate"));
    assert.ok(!allowedActions(jobOf("1", { status: "failed" }), all).includes("evaluate"));
  });

  it("is to pause what runs, to go on with what is paused, and to delete what is finished", () => {
    const of = (status: JobStatus) => allowedActions(jobOf("1", { status }), all).filter((action) => ["pause", "resume", "delete"].includes(action));
    assert.deepEqual([of("running"), of("paused"), of("failed"), of("queued"), of("unknown")], [["pause"], ["resume"], ["delete"], [], []]);
  });

  it("is to fetch what a job that succeeded left behind, and to deploy its model", () => {
    const of = (part: Parameters<typeof jobOf>[1]) => allowedActions(jobOf("1", part), ["deploy", "download"]).filter((action) => ["deploy", "download"].includes(action));
    assert.deepEqual([of({ status: "succeeded", tunedModel: "ft:1" }), of({ status: "failed" })], [["deploy", "download"], []]);
  });

  it("is to start again what is finished, however it ended", () => {
    const of = (status: JobStatus): boolean => allowedActions(jobOf("1", { status }), []).includes("startAgain");
    assert.deepEqual([of("failed"), of("succeeded"), of("cancelled"), of("running")], [true, true, true, false]);
  });

  it("follows from the members that a provider has", () => {
    const provider = { id: "p", title: "P", cancelJob: () => Promise.reject(new Error("unused")) } as unknown as Provider;
    assert.deepEqual(capabilitiesOf(provider), ["cancel"]);
    assert.deepEqual(capabilitiesOf({ ...provider, listMetrics: provider.cancelJob, deployModel: undefined } as unknown as Provider), ["cancel", "metrics"]);
  });
});
