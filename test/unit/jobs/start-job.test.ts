import assert from "node:assert/strict";
import fc from "fast-check";
import { launchKey, launchOf, sameLaunches, type Launch } from "../../../src/jobs/launch.ts";
import { ProviderError, type LaunchRequest, type Provider } from "../../../src/jobs/provider.ts";
import { reconcile } from "../../../src/jobs/reconcile.ts";
import { startJob, type StartPorts } from "../../../src/jobs/start-job.ts";
import { fakeClock } from "./fake-clock.ts";
import { jobOf } from "./job-of.ts";
import { memoryUploads } from "./memory-uploads.ts";

const launch: Launch = {
  id: "launch-1", provider: "p", createdAt: 1, changedAt: 1, step: "intended",
  dataset: { path: "/data/train.jsonl", sha256: "a".repeat(64), records: 300 }, request: { model: "base", hyperparameters: { n_epochs: 2 } },
};
const never = new AbortController().signal;

/** A provider that answers as told, a ledger in memory, and the order of all that happened. */
function world(part: Partial<Provider> = {}, hash = launch.dataset.sha256) {
  const order: string[] = [];
  let kept: Launch = launch;
  const requests: LaunchRequest[] = [];
  const provider: Provider = {
    id: "p", title: "P",
    listJobs: async () => [],
    retrieveJob: async (id) => jobOf(id),
    uploadFile: async ({ name }) => (order.push(`upload ${name}`), "file-9"),
    createJob: async (request) => (order.push("create"), requests.push(request), jobOf("job-1", { metadata: request.metadata })),
    ...part,
  };
  const ports: StartPorts = {
    provider, clock: fakeClock(),
    ledger: { list: async () => [kept], save: async (changed) => void (order.push(`saved ${changed.step}`), (kept = changed)) },
    uploads: memoryUploads(),
    hashFile: async () => hash,
    report: () => undefined,
  };
  return { ports, order, requests, kept: () => kept };
}

describe("starting a job", () => {
  it("has each step in the ledger before the next begins", async () => {
    const { ports, order, requests, kept } = world();
    const job = await startJob(launch, ports, never);
    assert.deepEqual(order, ["saved intended", "upload train.jsonl", "saved uploaded", "saved requested", "create", "saved created"]);
    assert.deepEqual([job.id, kept().job, kept().trainingFile], ["job-1", "job-1", "file-9"]);
    assert.deepEqual(requests, [{ model: "base", hyperparameters: { n_epochs: 2 }, trainingFile: "file-9", metadata: { [launchKey]: "launch-1" } }]);
  });

  it("finds the job again whose answer was lost, and makes no second one", async () => {
    let made = 0;
    const lost = world({
      createJob: async () => (made++, Promise.reject(new ProviderError("unreachable", "The connection was cut."))),
      listJobs: async () => [jobOf("job-7", { metadata: { [launchKey]: "launch-1" } })],
    });
    assert.equal((await startJob(launch, lost.ports, never)).id, "job-7");
    assert.deepEqual([made, lost.kept().step, lost.kept().job], [1, "created", "job-7"]);
  });

  it("leaves open what is not known, and says so", async () => {
    const { ports, kept } = world({ createJob: () => Promise.reject(new ProviderError("unreachable", "The connection was cut.")) });
    await assert.rejects(startJob(launch, ports, never), /The connection was cut\. Whether the job was created is not known/);
    assert.equal(kept().step, "requested");
  });

  it("closes what was refused, with the reason", async () => {
    const { ports, kept } = world({ createJob: () => Promise.reject(new ProviderError("training-not-available", "Closed.")) });
    await assert.rejects(startJob(launch, ports, never), { kind: "training-not-available" });
    assert.deepEqual([kept().step, kept().reason], ["refused", "Closed."]);
  });

  it("refuses when another window is starting the same, and sends nothing, but for a launch that the user knows of", async () => {
    const others: Launch[] = [{ ...launch, id: "launch-2", step: "intended" }];
    const { ports, order, kept } = world();
    const { save } = ports.ledger;
    const shared = { ...ports, ledger: { list: async () => [...others, kept()], save } };
    await assert.rejects(startJob(launch, shared, never), /The same is being started already, since .+\. No second job was started\./);
    assert.deepEqual([order.some((act) => /upload |create/.test(act)), kept().step], [false, "refused"]);
    assert.equal((await startJob(launch, { ...shared, agreed: ["launch-2"] }, never)).id, "job-1");
  });

  it("creates at most one job of two that are begun at the same moment, however their steps fall", async () => {
    await fc.assert(fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const disk = new Map<string, Launch>();
      let made = 0;
      const start = (id: string) => {
        const { ports } = world({ createJob: scheduler.scheduleFunction(async ({ metadata }: LaunchRequest) => (made++, jobOf(`job-${id}`, { metadata }))) });
        const ledger = { list: scheduler.scheduleFunction(async () => [...disk.values()]), save: scheduler.scheduleFunction(async (changed: Launch) => void disk.set(changed.id, changed)) };
        return startJob({ ...launch, id }, { ...ports, ledger }, never).catch(() => undefined);
      };
      const both = Promise.all([start("one"), start("two")]);
      await scheduler.waitFor(both);
      assert.ok(made <= 1, `${made} jobs`);
    }), { numRuns: 100 });
  });

  it("uploads the same bytes once, whatever they are trained for", async () => {
    const { ports, order } = world();
    await startJob(launch, ports, never);
    await startJob({ ...launch, id: "launch-3", request: { ...launch.request, seed: 2 } }, ports, never);
    assert.deepEqual(order.filter((act) => act.startsWith("upload") || act === "create"), ["upload train.jsonl", "create", "create"]);
  });

  it("creates nothing from a file that changed under the upload", async () => {
    const { ports, order, kept } = world({}, "b".repeat(64));
    await assert.rejects(startJob(launch, ports, never), /train\.jsonl was changed while it was uploaded/);
    assert.ok(!order.includes("create"));
    assert.equal(kept().step, "refused");
  });

  it("creates nothing when it is cancelled during the upload", async () => {
    const abort = new AbortController();
    const { ports, order, kept } = world({ uploadFile: async () => (abort.abort(), "file-9") });
    await assert.rejects(startJob(launch, ports, abort.signal), { name: "AbortError" });
    assert.ok(!order.includes("create"));
    assert.equal(kept().reason, "It was cancelled before the job was created.");
  });
});

describe("reconciling launches with a provider's list", () => {
  const open: Launch = { ...launch, step: "requested", changedAt: 1000 };

  it("finds the job by the metadata that it carries", () => {
    assert.deepEqual(reconcile([open], "p", [jobOf("job-7", { metadata: { [launchKey]: "launch-1" } })], 2000), [{ ...open, step: "created", job: "job-7", changedAt: 2000 }]);
  });

  it("waits for a list that may lag, then says that there is no job", () => {
    assert.deepEqual(reconcile([open], "p", [], 61_000), []);
    assert.equal(reconcile([open], "p", [], 200_000)[0]?.step, "refused");
  });

  it("leaves alone what is uploading, is settled, or belongs to another provider", () => {
    const settled: Launch[] = [{ ...open, step: "created", job: "job-1" }, { ...open, step: "ended", job: "job-1" }, { ...open, step: "refused" }, { ...open, provider: "q" }, { ...open, step: "intended" }];
    assert.deepEqual(reconcile(settled, "p", [], 3_600_000), []);
  });
});

describe("the ledger's memory", () => {
  const created: Launch = { ...launch, id: "earlier", step: "created", job: "job-1" };

  it("knows the launch of a job, by its id or by its metadata", () => {
    assert.equal(launchOf(jobOf("job-1"), [created]), created);
    assert.equal(launchOf(jobOf("job-2", { metadata: { [launchKey]: "earlier" } }), [created]), created);
    assert.equal(launchOf(jobOf("job-1", { provider: "q" }), [created]), undefined);
  });

  it("knows when the same was started before, whatever the order of the parameters", () => {
    const parameters = { ...created, request: { model: "base", hyperparameters: { a: 1, b: 2 } } };
    assert.deepEqual(sameLaunches({ ...launch, request: { model: "base", hyperparameters: { b: 2, a: 1 } } }, [parameters]), [parameters]);
    assert.deepEqual(sameLaunches({ ...launch, request: { model: "base", hyperparameters: { b: 3, a: 1 } } }, [parameters]), []);
    for (const step of ["ended", "intended", "requested"] as const) assert.equal(sameLaunches(launch, [{ ...created, step }]).length, 1, step);
    assert.deepEqual(sameLaunches(launch, [{ ...created, validation: { ...launch.dataset, sha256: "c" } }]), []);
    assert.deepEqual(sameLaunches({ ...launch, request: { ...launch.request, method: "dpo" } }, [created]), []);
    assert.deepEqual(sameLaunches(launch, [launch]), []);
    assert.deepEqual(sameLaunches(launch, [{ ...created, step: "refused" }]), []);
  });
});
