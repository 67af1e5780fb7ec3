import assert from "node:assert/strict";
import type { Job } from "../../../src/jobs/job.ts";
import type { Provider } from "../../../src/jobs/provider.ts";
import { ProviderError } from "../../../src/jobs/provider.ts";
import { curvesOfRecord, readTraining } from "../../../src/jobs/training-record.ts";
import { watchTraining, type TrainingSight } from "../../../src/jobs/training-watch.ts";
import { jobOf, stepEvent } from "./job-of.ts";

const never = new AbortController().signal;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A service with one job, that counts what it is asked. */
function service(part: Partial<Provider> = {}) {
  const asked: string[] = [];
  let job = jobOf("a");
  const provider: Provider = {
    id: "p", title: "P", listJobs: async () => [job], uploadFile: async () => "file", createJob: async () => job,
    retrieveJob: async () => (asked.push("job"), job),
    listEvents: async () => (asked.push("events"), [stepEvent(1, { step: 1, train_loss: 2 })]),
    listCheckpoints: async () => (asked.push("checkpoints"), []),
    listMetrics: async () => (asked.push("metrics"), [{ step: 1, metrics: { train_loss: 2, valid_loss: 3 } }]),
    ...part,
  };
  return { provider, asked, set: (now: Job) => (job = now), job: () => job };
}

describe("reading a training", () => {
  it("asks events and checkpoints while it runs, and the measurements only where events have none", async () => {
    const running = service();
    assert.deepEqual(curvesOfRecord(await readTraining(running.provider, "a", never)).map(({ metric }) => metric), ["train_loss"]);
    assert.deepEqual(running.asked, ["job", "events", "checkpoints"]);
    const silent = service({ listEvents: async () => [] });
    assert.deepEqual(curvesOfRecord(await readTraining(silent.provider, "a", never)).map(({ metric }) => metric), ["train_loss", "valid_loss"]);
  });

  it("asks the measurements of a finished job, and does with its events where a service has none", async () => {
    const done = service();
    done.set(jobOf("a", { status: "succeeded" }));
    assert.equal(curvesOfRecord(await readTraining(done.provider, "a", never)).length, 2);
    const { listMetrics: _none, ...without } = done.provider;
    assert.deepEqual(curvesOfRecord(await readTraining(without, "a", never)).map(({ metric }) => metric), ["train_loss"]);
  });

  it("names what could not be had, and shows the rest", async () => {
    const { provider } = service({ listCheckpoints: async () => Promise.reject(new ProviderError("unexpected", "503.")) });
    const { missing, events } = await readTraining(provider, "a", never);
    assert.deepEqual([missing, events.length], [["The checkpoints cannot be had: 503."], 1]);
  });

  it("rejects when the job itself cannot be had", async () => {
    await assert.rejects(readTraining(service({ retrieveJob: async () => Promise.reject(new ProviderError("not-found", "No such job.")) }).provider, "a", never), /No such job/);
  });
});

describe("watching a training", () => {
  function fixture() {
    const remote = service();
    const listeners = new Set<(service: string) => void>();
    const seen: TrainingSight[] = [];
    const end = new AbortController();
    let attending = 0;
    const watch = watchTraining({ provider: "p", job: "a" }, {
      monitor: {
        attend: () => {
          attending += 1;
          return () => void (attending -= 1);
        },
        onDidChange: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
        refresh: async () => undefined,
        snapshot: () => ({ state: "ready", jobs: [remote.job()], progress: new Map(), capabilities: [] }),
      },
      open: async () => remote.provider,
      changed: (sight) => void seen.push(sight),
    }, end.signal);
    const list = async (of = "p"): Promise<void> => {
      for (const listener of listeners) listener(of);
      await settle();
    };
    return { ...remote, watch, seen, list, attending: () => attending, listeners, end };
  }

  it("asks nothing before it is told to", async () => {
    const { asked, list, attending } = fixture();
    await list();
    assert.deepEqual([asked, attending()], [[], 0]);
  });

  it("reads again with every list while the job runs and is looked at", async () => {
    const { watch, asked, seen, list, attending } = fixture();
    watch.look(true);
    await watch.current();
    assert.equal(attending(), 1);
    await list();
    await list();
    assert.deepEqual([seen.length, asked.filter((what) => what === "job").length], [2, 3]);
  });

  it("costs nothing while it is hidden, and catches up when it is back", async () => {
    const { watch, asked, seen, list, attending } = fixture();
    watch.look(true);
    await watch.current();
    watch.look(false);
    const before = asked.length;
    await list();
    assert.deepEqual([asked.length, attending(), seen.length], [before, 0, 0]);
    watch.look(true);
    await settle();
    assert.equal(seen.length, 1);
    assert.equal(attending(), 1);
  });

  it("reads a finished job once more, then tells only of other jobs", async () => {
    const { watch, asked, set, seen, list, attending } = fixture();
    watch.look(true);
    await watch.current();
    set(jobOf("a", { status: "succeeded" }));
    await list();
    assert.equal(seen.at(-1)?.record.job.status, "succeeded");
    assert.equal(attending(), 0);
    const before = asked.length;
    await list();
    await list("another");
    assert.deepEqual([asked.length, seen.length], [before, 3]);
  });

  it("asks once for two who want it at the same time", async () => {
    const { watch, asked } = fixture();
    await Promise.all([watch.current(), watch.current()]);
    assert.equal(asked.filter((what) => what === "job").length, 1);
  });

  it("ends with its panel", async () => {
    const { watch, seen, list, attending, listeners, end } = fixture();
    watch.look(true);
    await watch.current();
    end.abort();
    await list();
    assert.deepEqual([seen.length, attending(), listeners.size], [0, 0, 0]);
  });
});
