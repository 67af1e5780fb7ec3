import { newId } from "./new-id.ts";
import { now } from "./now.ts";
import type { Store } from "./store.ts";
import { hasEnded, type StoredEvent, type StoredJob } from "./stored.ts";

/** What becomes of jobs: their changes and their events. */
export interface Journal {
  /** Adds an event. What the disk does not take is told and lost: no training ends for it. */
  say(job: string, message: string, more?: Partial<Pick<StoredEvent, "level" | "type" | "data">>): void;
  /** Changes a job on disk. Undefined when it has ended, by a cancellation say: an end is never taken back. Rejects with a FileError. */
  change(job: string, part: Partial<StoredJob>): Promise<StoredJob | undefined>;
  /** The same, but what the disk does not take holds as long as this engine runs, and is told; the next engine finds the job as it was before. */
  changeOrHold(job: string, part: Partial<StoredJob>): Promise<StoredJob | undefined>;
}

export function createJournal(store: Store, tell: (line: string) => void): Journal {
  const change = (id: string, part: Partial<StoredJob>): Promise<StoredJob | undefined> => store.changeJob(id, (job) => (hasEnded(job) ? undefined : part));
  return {
    change,
    async changeOrHold(id, part) {
      try {
        return await change(id, part);
      } catch (error) {
        tell(`Job ${id}: ${reasonOf(error)}`);
        const job = store.jobs().find((each) => each.id === id);
        if (!job || hasEnded(job)) return undefined;
        const held = { ...job, ...part };
        store.holdJob(held);
        return held;
      }
    },
    say(id, message, more) {
      try {
        store.addEvent(id, { object: "fine_tuning.job.event", id: newId("ft-event-"), created_at: now(), level: "info", message, type: "message", ...more });
      } catch (error) {
        tell(`Job ${id}: the event "${message}" is lost. ${reasonOf(error)}`);
      }
    },
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
