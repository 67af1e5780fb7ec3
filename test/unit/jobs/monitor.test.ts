import assert from "node:assert/strict";
import type { Job } from "../../../src/jobs/job.ts";
import { createMonitor, type MonitorPorts } from "../../../src/jobs/monitor.ts";
import { ProviderError, type Provider } from "../../../src/jobs/provider.ts";
import { fakeClock } from "./fake-clock.ts";
import { jobOf, stepEvent } from "./job-of.ts";

const pauses = { active: 2000, idle: 60_000 };

function world(part: Partial<MonitorPorts> = {}) {
  const clock = fakeClock();
  const end = new AbortController();
  const state: { jobs: Job[]; failure?: Error | undefined; lists: number } = { jobs: [], lists: 0 };
  const provider: Provider = {
    id: "p", title: "P",
    async listJobs() {
      state.lists += 1;
      if (state.failure) throw state.failure;
      return state.jobs;
    },
    retrieveJob: async (id) => jobOf(id),
    uploadFile: async () => "file",
    createJob: async () => jobOf("new"),
    listEvents: async () => [stepEvent(0, { step: 1, total_steps: 4 }), stepEvent(10, { step: 2, total_steps: 4, train_loss: 0.5 })],
  };
  const monitor = createMonitor({ services: () => [{ id: "p", pauses }], open: async () => provider, listed: async () => undefined, requests: () => 0, clock, ...part }, end.signal);
  return { monitor, clock, state, provider, end };
}

describe("the monitor", () => {
  it("asks nothing before somebody looks", async () => {
    const { monitor, clock, state } = world();
    await clock.advance(600_000);
    assert.equal(state.lists, 0);
    assert.equal(monitor.snapshot("p").state, "unasked");
  });

  it("asks often while a job is unfinished, seldom while none is, and not at all when nobody looks", async () => {
    const { monitor, clock, state } = world();
    state.jobs = [jobOf("1")];
    monitor.setWatched(true);
    await clock.advance(10_000);
    assert.equal(state.lists, 6);
    state.jobs = [jobOf("1", { status: "succeeded" })];
    await clock.advance(2000);
    await clock.advance(120_000);
    assert.equal(state.lists, 9);
    monitor.setWatched(false);
    await clock.advance(600_000);
    assert.equal(state.lists, 9);
  });

  it("shows the progress of what runs", async () => {
    const { monitor, clock, state } = world();
    state.jobs = [jobOf("1")];
    monitor.setWatched(true);
    await clock.advance(0);
    assert.deepEqual(monitor.snapshot("p").progress.get("1"), { step: 2, totalSteps: 4, trainLoss: 0.5, estimatedFinish: 30_000 });
    assert.deepEqual(monitor.snapshot("p").capabilities, ["events"]);
  });

  it("asks for the progress of the newest running jobs in turn, one with each list", async () => {
    const asked: string[] = [];
    const { monitor, clock, state, provider } = world();
    provider.listEvents = async (id) => {
      asked.push(id);
      return [stepEvent(0, { step: 1, total_steps: 4 })];
    };
    state.jobs = ["1", "2", "3", "4"].map((id) => jobOf(id));
    monitor.setWatched(true);
    await clock.advance(6000);
    assert.deepEqual(asked, ["1", "2", "3", "1"]);
    assert.deepEqual([...monitor.snapshot("p").progress.keys()].sort(), ["1", "2", "3"]);
  });

  it("asks all services together no more often than thirty times a minute on average, whatever a round of each takes", async () => {
    const sent = new Map<string, number>();
    const rounds = { a: 1, b: 2, c: 6, d: 1 };
    const clock = fakeClock();
    const monitor = createMonitor({
      services: () => Object.keys(rounds).map((id) => ({ id, pauses: { active: 5000, idle: 60_000 } })),
      open: async (id) => ({
        id, title: id, retrieveJob: async (job) => jobOf(job), uploadFile: async () => "file", createJob: async () => jobOf("new"),
        async listJobs() {
          sent.set(id, (sent.get(id) ?? 0) + rounds[id as keyof typeof rounds]);
          return [jobOf("1")];
        },
      }),
      listed: async () => undefined, requests: (id) => sent.get(id) ?? 0, clock,
    }, new AbortController().signal);
    const total = (): number => [...sent.values()].reduce((sum, each) => sum + each, 0);
    monitor.setWatched(true);
    await clock.advance(60_000);
    const before = total();
    await clock.advance(600_000);
    assert.ok(total() - before <= 300 && total() - before > 200, `${total() - before} requests in ten minutes`);
  });

  it("is not kept from a job by the many requests of the upload before it for longer than a minute", async () => {
    let sent = 0;
    const { monitor, clock, state } = world({ requests: () => sent });
    state.jobs = [jobOf("1")];
    sent = 1000;
    monitor.setWatched(true);
    await clock.advance(60_000);
    assert.equal(state.lists, 2);
  });

  it("follows a job to its end when nobody looks, and tells the end once", async () => {
    const { monitor, clock, state } = world();
    const ended: string[] = [];
    monitor.onDidFinish(({ id }) => void ended.push(id));
    state.jobs = [jobOf("1")];
    monitor.follow({ provider: "p", job: "1" });
    await clock.advance(10_000);
    assert.deepEqual([ended, state.lists], [[], 6]);
    state.jobs = [jobOf("1", { status: "failed" })];
    await clock.advance(10_000);
    assert.deepEqual(ended, ["1"]);
    const { lists } = state;
    await clock.advance(600_000);
    assert.equal(state.lists, lists);
  });

  it("asks one service for who attends to a job of it, often and from now on, until that ends", async () => {
    const { monitor, clock, state } = world();
    monitor.setWatched(true);
    await clock.advance(1000);
    monitor.setWatched(false);
    const stop = monitor.attend("p");
    const other = monitor.attend("p");
    await clock.advance(10_000);
    assert.equal(state.lists, 6);
    stop();
    stop();
    await clock.advance(2000);
    assert.equal(state.lists, 7);
    other();
    await clock.advance(600_000);
    assert.equal(state.lists, 7);
  });

  it("stops following a job that is not in the list any more", async () => {
    const { monitor, clock, state } = world();
    monitor.follow({ provider: "p", job: "gone" });
    await clock.advance(60_000);
    assert.equal(state.lists, 31, "every two seconds, as the list may lag");
    await clock.advance(120_000);
    const { lists } = state;
    await clock.advance(600_000);
    assert.equal(state.lists, lists);
  });

  it("keeps what it knew when a service cannot be reached, and asks less and less often", async () => {
    const { monitor, clock, state } = world();
    state.jobs = [jobOf("1")];
    monitor.setWatched(true);
    await clock.advance(0);
    state.failure = new ProviderError("unreachable", "No answer.");
    await clock.advance(2000);
    assert.deepEqual([monitor.snapshot("p").state, monitor.snapshot("p").error?.message, monitor.snapshot("p").jobs.length], ["failed", "No answer.", 1]);
    const { lists } = state;
    await clock.advance(28_000);
    assert.equal(state.lists - lists, 3, "after 4, 8 and 16 seconds");
    state.failure = undefined;
    await monitor.refresh("p");
    assert.equal(monitor.snapshot("p").state, "ready");
  });

  it("does not ask again and again with a key that was refused", async () => {
    const { monitor, clock, state } = world();
    state.failure = new ProviderError("unauthorised", "Wrong key.");
    monitor.setWatched(true);
    await clock.advance(600_000);
    assert.equal(state.lists, 1);
  });

  it("asks nothing where there is nothing to ask", async () => {
    const { monitor, clock, state } = world({ open: async () => undefined });
    monitor.setWatched(true);
    await clock.advance(0);
    assert.deepEqual([monitor.snapshot("p").state, state.lists], ["ready", 0]);
  });

  it("hands every list on before anyone hears of it", async () => {
    const order: string[] = [];
    const { monitor } = world({ listed: async (service, jobs) => void order.push(`listed ${service} ${jobs.length}`) });
    monitor.onDidChange((service) => void order.push(`changed ${service}`));
    await monitor.refresh();
    assert.deepEqual(order, ["listed p 0", "changed p"]);
  });

  it("ends with its signal", async () => {
    const { monitor, clock, state, end } = world();
    state.jobs = [jobOf("1")];
    monitor.setWatched(true);
    await clock.advance(0);
    end.abort();
    await clock.advance(600_000);
    assert.deepEqual([state.lists, clock.waiting.length], [1, 0]);
  });
});
