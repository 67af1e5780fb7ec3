import assert from "node:assert/strict";
import { allowedActions, capabilitiesOf } from "../../../src/jobs/job-actions.ts";
import type { Provider } from "../../../src/jobs/provider.ts";
import { jobOf } from "./job-of.ts";

const all = ["cancel", "events", "checkpoints"] as const;

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

  it("follows from the members that a provider has", () => {
    const provider = { id: "p", title: "P", cancelJob: () => Promise.reject(new Error("unused")) } as unknown as Provider;
    assert.deepEqual(capabilitiesOf(provider), ["cancel"]);
  });
});
