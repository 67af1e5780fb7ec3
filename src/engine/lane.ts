import type { Store } from "./store.ts";
import type { StoredJob } from "./stored.ts";

/** Works on the jobs of one status, one at a time, oldest first. */
export interface Lane {
  /** Looks whether there is a job to work on. */
  wake(): void;
  /** Aborts the work on a job, if it is this lane's. */
  abort(id: string): void;
  isBusy(): boolean;
  /** Aborts the work under way and begins none after; resolves when it has ended. */
  stop(): Promise<void>;
}

/** `work` takes the job out of the status, and never rejects. */
export function createLane(store: Store, status: StoredJob["status"], work: (job: StoredJob, signal: AbortSignal) => Promise<void>): Lane {
  let current: { readonly id: string; readonly abort: AbortController; readonly ended: Promise<void> } | undefined;
  let stopped = false;

  function wake(): void {
    if (current || stopped) return;
    const job = store.jobs().findLast((each) => each.status === status);
    if (!job) return;
    const abort = new AbortController();
    const ended = work(job, abort.signal).then(() => {
      current = undefined;
      wake();
    });
    current = { id: job.id, abort, ended };
  }

  return {
    wake,
    abort(id) {
      if (current?.id === id) current.abort.abort();
    },
    isBusy: () => current !== undefined,
    async stop() {
      stopped = true;
      current?.abort.abort();
      await current?.ended;
    },
  };
}
