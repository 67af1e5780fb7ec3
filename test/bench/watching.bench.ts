import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../src/jobs/clock.ts";
import { createMonitor } from "../../src/jobs/monitor.ts";
import type { Provider } from "../../src/jobs/provider.ts";
import { watchTraining } from "../../src/jobs/training-watch.ts";
import { openHuggingFaceJobs } from "../../src/providers/huggingface-jobs/open.ts";
import { openService } from "../../src/providers/index.ts";
import { startFakeFireworks } from "../support/fake-fireworks.ts";
import { startFakeHuggingFace } from "../support/fake-hugging-face.ts";
import { startFakeOpenAi } from "../support/fake-openai.ts";
import type { FakeServer } from "../support/fake-server.ts";
import { startFakeTogether } from "../support/fake-together.ts";

/**
 * Counts the requests with which 200 unfinished jobs at four services, 50 at each, are watched: the monitor and the adapters that the extension has, over the
 * fakes of the contract tests. The requests are real ones; the minutes between them pass at once. The peer asks for each job with each look, as a tool does that
 * polls every job.
 */
const jobsEach = 50;
const minutes = 10;
const remotePauses = { active: 10_000, idle: 300_000 };

/** A clock whose minutes pass as soon as nothing is under way any more. */
function quickClock(): Clock & { pass(milliseconds: number, isBusy: () => boolean): Promise<void> } {
  let now = Date.now();
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  const settle = async (isBusy: () => boolean): Promise<void> => {
    for (let quiet = 0; quiet < 5; quiet = isBusy() ? 0 : quiet + 1) await delay(1);
  };
  return {
    now: () => now,
    after(milliseconds, act) {
      const timer = { at: now + milliseconds, act };
      timers.push(timer);
      return () => void (timers = timers.filter((each) => each !== timer));
    },
    async pass(milliseconds, isBusy) {
      const end = now + milliseconds;
      await settle(isBusy);
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (!next) break;
        now = next.at;
        timers = timers.filter((each) => each !== next);
        next.act();
        await settle(isBusy);
      }
      now = end;
    },
  };
}

/** A provider of which it is known whether it works on something. */
function counted(provider: Provider, working: { count: number }): Provider {
  return new Proxy(provider, {
    get(whole, name) {
      const member: unknown = Reflect.get(whole, name);
      if (typeof member !== "function") return member;
      return async (...given: unknown[]) => {
        working.count += 1;
        try {
          return await (Reflect.apply(member, whole, given) as Promise<unknown>);
        } finally {
          working.count -= 1;
        }
      };
    },
  });
}

const moment = (index: number): number => 1_790_000_000_000 + index * 1000;

async function openFakes(): Promise<readonly { readonly id: string; readonly fake: FakeServer; readonly baseURL: string }[]> {
  const [openai, together, fireworks, hub] = await Promise.all([startFakeOpenAi(), startFakeTogether(), startFakeFireworks(), startFakeHuggingFace()]);
  for (let index = 0; index < jobsEach; index++) {
    const at = new Date(moment(index)).toISOString();
    openai.jobs.push({
      object: "fine_tuning.job", id: `job-${index}`, created_at: moment(index) / 1000, finished_at: null, model: "gpt-4o-mini", fine_tuned_model: null, organization_id: "org-test", result_files: [],
      status: "running", trained_tokens: null, training_file: "file-1", validation_file: null, error: null, hyperparameters: {}, seed: 1,
    });
    together.jobs.push({ id: `job-${index}`, status: "running", created_at: at, updated_at: at, model: "Qwen/Qwen3-8B", training_file: "file-1" });
    fireworks.jobs["supervisedFineTuningJobs"]?.push({ name: `accounts/acme/supervisedFineTuningJobs/job-${index}`, state: "JOB_STATE_RUNNING", createTime: at, dataset: "accounts/acme/datasets/one" });
    hub.jobs.push({ id: `job-${index}`, createdAt: at, labels: { tunesmith: "fine-tune" }, status: { stage: "RUNNING" }, environment: {}, owner: { name: hub.user } });
  }
  return [{ id: "openai", fake: openai, baseURL: openai.baseURL }, { id: "together", fake: together, baseURL: together.baseURL }, { id: "fireworks", fake: fireworks, baseURL: `${fireworks.origin}/inference/v1` }, { id: "huggingface-jobs", fake: hub, baseURL: hub.origin }];
}

const fakes = await openFakes();
const end = new AbortController();
const clock = quickClock();
const working = { count: 0 };
const sent = new Map<string, number>();
const providers = new Map(await Promise.all(fakes.map(async ({ id, fake, baseURL }) => {
  const endpoint = { id, title: id, kind: id, baseURL, apiKey: fake.key, sent: () => void sent.set(id, (sent.get(id) ?? 0) + 1) };
  // A log is a stream, which is left when nothing has come for a while: here at once.
  const { provider } = id === "huggingface-jobs" ? openHuggingFaceJobs(endpoint, { idle: 5, silence: 1500, pause: 1 }) : await openService(endpoint);
  return [id, counted(provider, working)] as const;
})));
const open = async (id: string): Promise<Provider> => providers.get(id) ?? Promise.reject(new Error(`no ${id}`));
const monitor = createMonitor({ services: () => fakes.map(({ id }) => ({ id, pauses: remotePauses })), open, listed: async () => undefined, requests: (id) => sent.get(id) ?? 0, clock }, end.signal);
const total = (): number => [...sent.values()].reduce((sum, each) => sum + each, 0);

/** Lets the minutes pass, the first of which is not counted, and prints what was sent. */
async function measure(what: string): Promise<void> {
  const isBusy = (): boolean => working.count > 0;
  await clock.pass(60_000, isBusy);
  const before = new Map(sent);
  const all = total();
  await clock.pass(minutes * 60_000, isBusy);
  const each = fakes.map(({ id }) => `${id} ${(((sent.get(id) ?? 0) - (before.get(id) ?? 0)) / minutes).toFixed(1)}`).join(", ");
  console.log(`${what.padEnd(46)} ${((total() - all) / minutes).toFixed(1).padStart(6)} requests a minute  (${each})`);
}

console.log(`${jobsEach * fakes.length} unfinished jobs at ${fakes.length} services, ${minutes} minutes each`);
await measure("nobody looks");
monitor.setWatched(true);
await measure("the Jobs view is in sight");
console.log(`${"known then".padEnd(46)} ${monitor.jobs().length} jobs, ${fakes.map(({ id }) => `${id} ${monitor.snapshot(id).state}`).join(", ")}`);
const panel = watchTraining({ provider: "openai", job: `job-${jobsEach - 1}` }, { monitor, open, changed: () => undefined }, end.signal);
panel.look(true);
await panel.current();
await measure("and a job's panel beside it");
panel.look(false);
monitor.setWatched(false);
await measure("hidden again");
monitor.follow({ provider: "together", job: "job-0" });
await measure("hidden, one job is waited for");

const looks = 3;
const before = total();
for (let look = 0; look < looks; look++) for (const provider of providers.values()) for (const { id } of await provider.listJobs(end.signal)) await provider.retrieveJob(id, end.signal);
console.log(`${"the peer, every 10 seconds".padEnd(46)} ${(((total() - before) / looks) * 6).toFixed(1).padStart(6)} requests a minute`);
end.abort();
await Promise.all(fakes.map(({ fake }) => fake.close()));
