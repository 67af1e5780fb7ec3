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
  /** How many requests were sent to a service so far, by anyone; 0 of one whose requests cost nothing. */
  requests(service: string): number;
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
/** The progress of this many running jobs is asked for, the newest, one with each list in turn; a list may hold hundreds. */
const mostWithProgress = 3;
/** What all services together are asked at most, on average, while somebody looks. */
const mostRequests = { count: 30, within: 60_000 };
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
  /** The requests to a service when it was last planned when to ask it again. */
  const counted = new Map<string, number>();
  /** How often a service was asked for progress. */
  const turns = new Map<string, number>();
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
    const shown = jobs.filter(({ status }) => status === "running").slice(0, provider.listEvents ? mostWithProgress : 0).map(({ id }) => id);
    const known = new Map([...before].filter(([id]) => shown.includes(id)));
    const turn = turns.get(provider.id) ?? 0;
    turns.set(provider.id, turn + 1);
    const next = shown[turn % shown.length];
    if (next === undefined) return known;
    // A list without progress is still worth showing.
    const events = await provider.listEvents?.(next, signal).catch(() => undefined);
    const progress = events && progressOf(events);
    return progress ? known.set(next, progress) : known;
  }

  /** Gives the followed jobs that have come to their end, and follows them no more. */
  function endFollowing(service: string, jobs: readonly Job[]): readonly Job[] {
    const ended = jobs.filter((job) => isFinished(job) && follows.some(({ provider, job: id }) => provider === service && id === job.id));
    follows = follows.filter(({ provider, job, since }) => provider !== service || (!ended.some(({ id }) => id === job) && (jobs.some(({ id }) => id === job) || clock.now() - since < listPatience)));
    return ended;
  }

  function isActive(service: string): boolean {
    return isAttended(service) || snapshotOf(service).jobs.some((job) => !isFinished(job));
  }

  /** The pause with which a service that takes so many requests a round, panels' among them, has its share of all requests and no more. */
  function fairPause(service: string): number {
    const sent = ports.requests(service);
    const spent = sent - (counted.get(service) ?? 0);
    counted.set(service, sent);
    const sharers = ports.services().filter(({ id }) => isWanted(id) && isActive(id) && ports.requests(id) > 0).length;
    return (spent * Math.max(1, sharers) * mostRequests.within) / mostRequests.count;
  }

  function schedule(service: string): void {
    if (signal.aborted || timers.has(service) || asking.has(service) || !isWanted(service)) return;
    const known = ports.services().find(({ id }) => id === service);
    if (!known) return;
    const { error } = snapshotOf(service);
    // Asking again with the same key, or none, gives the same answer.
    if (error?.kind === "unauthorised" || error?.kind === "forbidden") return;
    const { active, idle } = known.pauses;
    const usual = isActive(service) ? active : idle;
    const patient = error ? Math.min(longestPause, active * 2 ** (failures.get(service) ?? 0)) : 0;
    // An upload sends hundreds of requests at once, and the job that it was for is waited for.
    const pause = Math.max(usual, patient, Math.min(mostRequests.within, fairPause(service)));
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
