import type { Store } from "./store.ts";
import type { StoredJob } from "./stored.ts";

/** Works on the jobs of one kind, so many at a time, oldest first. */
export interface Lane {
  /** Looks whether there is a job to work on. */
  wake(): void;
  /** Aborts the work on a job, if it is this lane's. */
  abort(id: string): void;
  isBusy(): boolean;
  /** Whether it works on this job. */
  has(id: string): boolean;
  /** Aborts the work under way and begins none after; resolves when it has ended. */
  stop(): Promise<void>;
}

/** `work` makes the job one that is not of the kind any more, unless it is aborted, and never rejects; `released` is told when the lane is through with a job. */
export function createLane<Kind extends StoredJob>(store: Store, isOfKind: (job: StoredJob) => job is Kind, most: number, work: (job: Kind, signal: AbortSignal) => Promise<void>, released: () => void = () => undefined): Lane {
  const current = new Map<string, { readonly abort: AbortController; readonly ended: Promise<void> }>();
  let stopped = false;

  function wake(): void {
    while (current.size < most && !stopped) {
      const job = store.jobs().filter(isOfKind).findLast(({ id }) => !current.has(id));
      if (!job) return;
      const abort = new AbortController();
      // Noted before the work begins, which may wake this lane again.
      const ended = Promise.resolve().then(() => work(job, abort.signal)).then(() => {
        current.delete(job.id);
        wake();
        released();
      });
      current.set(job.id, { abort, ended });
    }
  }

  return {
    wake,
    abort: (id) => current.get(id)?.abort.abort(),
    isBusy: () => current.size > 0,
    has: (id) => current.has(id),
    async stop() {
      stopped = true;
      for (const { abort } of current.values()) abort.abort();
      await Promise.all([...current.values()].map(({ ended }) => ended));
    },
  };
}
