import type { Clock } from "./clock.ts";
import { isFinished, type Job, type JobReference } from "./job.ts";
import { capabilitiesOf, type Capability } from "./job-actions.ts";
import { progressOf, type JobProgress } from "./progress.ts";
import { ProviderError, type Provider } from "./provider.ts";

/** A service that is asked for its jobs. Pauses are milliseconds between two lists: while a job is unfinished, and while none is. */
export interface MonitoredService {
  readonly id: string;
  readonly pauses: { readonly active: number; readonly idle: number };
}

/** What the monitor needs of the outside. */
export interface MonitorPorts {
  services(): readonly MonitoredService[];
  /** Undefined while there is nothing to ask: a local engine that never ran, say. */
  open(service: string, signal: AbortSignal): Promise<Provider | undefined>;
  readonly clock: Clock;
  /** Is told of every list that arrived, before anyone else. */
  listed(service: string, jobs: readonly Job[]): Promise<void>;
}

/** What is known of a service: never changed, only replaced. */
export interface ServiceSnapshot {
  readonly state: "unasked" | "ready" | "failed";
  /** Newest first; those of the last list that arrived, also when a later one failed. */
  readonly jobs: readonly Job[];
  /** Of jobs that run, by id. */
  readonly progress: ReadonlyMap<string, JobProgress>;
  readonly capabilities: readonly Capability[];
  readonly error?: ProviderError;
}

/** Keeps snapshots of all services' jobs, and asks for new ones only while somebody looks or a followed job is unfinished. */
export interface Monitor {
  snapshot(service: string): ServiceSnapshot;
  /** Of all services. */
  jobs(): readonly Job[];
  /** Whether somebody looks: services are asked in turn then, else only for followed jobs. */
  setWatched(watched: boolean): void;
  /** Asks one service in turn, as often as for an unfinished job, until what it gives is called: a panel of such a job is in sight. */
  attend(service: string): () => void;
  /** Asks until the job is finished, also when nobody looks, and tells its end. */
  follow(job: JobReference): void;
  /** Asks at once; resolves when the answer is in the snapshot. Never rejects: a failure is a snapshot too. */
  refresh(service?: string): Promise<void>;
  /** Calls back when a snapshot was replaced; gives what stops that. */
  onDidChange(listener: (service: string) => void): () => void;
  /** Calls back once for each followed job that came to its end. */
  onDidFinish(listener: (job: Job) => void): () => void;
}

const unasked: ServiceSnapshot = { state: "unasked", jobs: [], progress: new Map(), capabilities: [] };
/** The progress of this many running jobs is asked for, the newest; a list may hold hundreds. */
const mostWithProgress = 3;
/** A list may lag so long behind the answer that made a job; a followed job that is not listed after that is gone. */
const listPatience = 2 * 60_000;
/** The pause doubles with each failure in a row, up to here. */
const longestPause = 5 * 60_000;

/** Asks nothing before it is told to. Ends with the signal. */
export function createMonitor(ports: MonitorPorts, signal: AbortSignal): Monitor {
  const { clock } = ports;
  const snapshots = new Map<string, ServiceSnapshot>();
  const failures = new Map<string, number>();
  const asking = new Map<string, Promise<void>>();
  const timers = new Map<string, () => void>();
  const changes = new Set<(service: string) => void>();
  const ends = new Set<(job: Job) => void>();
  let follows: readonly (JobReference & { readonly since: number })[] = [];
  const attended = new Map<string, number>();
  let watched = false;

  const snapshotOf = (service: string): ServiceSnapshot => snapshots.get(service) ?? unasked;
  const isFollowed = (service: string): boolean => follows.some(({ provider }) => provider === service);
  const isAttended = (service: string): boolean => isFollowed(service) || (attended.get(service) ?? 0) > 0;
  const isWanted = (service: string): boolean => watched || isAttended(service);
  signal.addEventListener("abort", () => {
    for (const cancel of timers.values()) cancel();
    timers.clear();
  }, { once: true });

  function ask(service: string): Promise<void> {
    const under = asking.get(service);
    if (under) return under;
    timers.get(service)?.();
    timers.delete(service);
    const answer = look(service).finally(() => {
      asking.delete(service);
      schedule(service);
    });
    asking.set(service, answer);
    return answer;
  }

  async function look(service: string): Promise<void> {
    const before = snapshotOf(service);
    let now: ServiceSnapshot;
    try {
      const provider = await ports.open(service, signal);
      const jobs = provider ? await provider.listJobs(signal) : [];
      await ports.listed(service, jobs);
      now = { state: "ready", jobs, progress: provider ? await progressOfJobs(provider, jobs, before.progress) : new Map(), capabilities: provider ? capabilitiesOf(provider) : [] };
      failures.delete(service);
    } catch (error) {
      if (signal.aborted) return;
      const failure = error instanceof ProviderError ? error : new ProviderError("unexpected", error instanceof Error ? error.message : String(error), { cause: error });
      now = { ...before, state: "failed", error: failure };
      failures.set(service, (failures.get(service) ?? 0) + 1);
    }
    if (signal.aborted) return;
    snapshots.set(service, now);
    const ended = now.state === "ready" ? endFollowing(service, now.jobs) : [];
    for (const listener of changes) listener(service);
    for (const job of ended) for (const listener of ends) listener(job);
  }

  async function progressOfJobs(provider: Provider, jobs: readonly Job[], before: ReadonlyMap<string, JobProgress>): Promise<ReadonlyMap<string, JobProgress>> {
    const running = jobs.filter(({ status }) => status === "running").slice(0, provider.listEvents ? mostWithProgress : 0);
    const found = await Promise.all(running.map(async ({ id }) => {
      // A list without progress is still worth showing.
      const events = await provider.listEvents?.(id, signal).catch(() => undefined);
      const progress = events ? progressOf(events) : before.get(id);
      return progress ? [[id, progress] as const] : [];
    }));
    return new Map(found.flat());
  }

  /** Gives the followed jobs that have come to their end, and follows them no more. */
  function endFollowing(service: string, jobs: readonly Job[]): readonly Job[] {
    const ended = jobs.filter((job) => isFinished(job) && follows.some(({ provider, job: id }) => provider === service && id === job.id));
    follows = follows.filter(({ provider, job, since }) => provider !== service || (!ended.some(({ id }) => id === job) && (jobs.some(({ id }) => id === job) || clock.now() - since < listPatience)));
    return ended;
  }

  function schedule(service: string): void {
    if (signal.aborted || timers.has(service) || asking.has(service) || !isWanted(service)) return;
    const known = ports.services().find(({ id }) => id === service);
    if (!known) return;
    const { error, jobs } = snapshotOf(service);
    // Asking again with the same key, or none, gives the same answer.
    if (error?.kind === "unauthorised" || error?.kind === "forbidden") return;
    const { active, idle } = known.pauses;
    const usual = isAttended(service) || jobs.some((job) => !isFinished(job)) ? active : idle;
    const pause = error ? Math.max(usual, Math.min(longestPause, active * 2 ** (failures.get(service) ?? 0))) : usual;
    timers.set(service, clock.after(pause, () => {
      timers.delete(service);
      if (isWanted(service)) void ask(service);
    }));
  }

  return {
    snapshot: snapshotOf,
    jobs: () => [...snapshots.values()].flatMap(({ jobs }) => jobs),
    setWatched(now) {
      if (now === watched) return;
      watched = now;
      if (now) for (const { id } of ports.services()) void ask(id);
    },
    attend(service) {
      attended.set(service, (attended.get(service) ?? 0) + 1);
      // What was planned may be as late as for a service without unfinished jobs.
      timers.get(service)?.();
      timers.delete(service);
      schedule(service);
      let ended = false;
      return () => {
        if (!ended) attended.set(service, (attended.get(service) ?? 0) - 1);
        ended = true;
      };
    },
    follow(job) {
      if (follows.some(({ provider, job: id }) => provider === job.provider && id === job.job)) return;
      follows = [...follows, { ...job, since: clock.now() }];
      void ask(job.provider);
    },
    async refresh(service) {
      const named = service === undefined ? ports.services().map(({ id }) => id) : [service];
      // What is under way may have been asked before that which the caller wants to see.
      await Promise.all(named.map(async (id) => {
        await asking.get(id);
        await ask(id);
      }));
    },
    onDidChange: (listener) => listen(changes, listener),
    onDidFinish: (listener) => listen(ends, listener),
  };
}

function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
