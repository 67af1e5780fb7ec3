import { isFinished, type JobReference } from "./job.ts";
import { capabilitiesOf, type Capability } from "./job-actions.ts";
import type { Monitor } from "./monitor.ts";
import type { Provider } from "./provider.ts";
import { readTraining, type TrainingRecord } from "./training-record.ts";

/** A training as it was when its service was last asked, and what the service can do. */
export interface TrainingSight {
  readonly record: TrainingRecord;
  readonly capabilities: readonly Capability[];
}

/** What watching a training needs of the outside. */
export interface TrainingWatchPorts {
  readonly monitor: Pick<Monitor, "attend" | "onDidChange" | "refresh" | "snapshot">;
  open(service: string, signal: AbortSignal): Promise<Provider>;
  /** Hears of each new sight, and of every change of the lists of jobs; never while nobody looks. */
  changed(sight: TrainingSight): void;
}

/** Follows one job while somebody looks. */
export interface TrainingWatch {
  /** What was read last; asks the service when nothing was. Rejects with what the service could not. */
  current(): Promise<TrainingSight>;
  /** Whether somebody looks. A hidden panel costs no request, and neither does a finished job. */
  look(visible: boolean): void;
  /** Asks at once; rejects with what the service could not. */
  refresh(): Promise<void>;
}

/** Begins hidden, and asks nothing before it is told to. Ends with the signal. */
export function watchTraining({ provider: service, job: id }: JobReference, { monitor, open, changed }: TrainingWatchPorts, signal: AbortSignal): TrainingWatch {
  let visible = false;
  let last: TrainingSight | undefined;
  let underway: Promise<TrainingSight> | undefined;
  let stopAttending: (() => void) | undefined;

  function read(): Promise<TrainingSight> {
    return (underway ??= ask().finally(() => {
      underway = undefined;
    }));
  }

  async function ask(): Promise<TrainingSight> {
    const provider = await open(service, signal);
    last = { record: await readTraining(provider, id, signal), capabilities: capabilitiesOf(provider) };
    attend();
    return last;
  }

  /** The service is listed in turn only for a job that may change and is looked at. */
  function attend(): void {
    if (visible && !signal.aborted && last && !isFinished(last.record.job)) {
      stopAttending ??= monitor.attend(service);
      return;
    }
    stopAttending?.();
    stopAttending = undefined;
  }

  function mayHaveNews(): boolean {
    const listed = monitor.snapshot(service).jobs.find((job) => job.id === id);
    return !last || !isFinished(last.record.job) || (listed !== undefined && listed.status !== last.record.job.status);
  }

  async function tell(sight: TrainingSight | Promise<TrainingSight>): Promise<void> {
    const told = await sight;
    if (!signal.aborted && visible) changed(told);
  }

  /** What could not be had now leaves what was known; whoever asks in words is told. */
  const quietly = (telling: Promise<void>): void => void telling.catch(() => undefined);

  const stopListening = monitor.onDidChange((of) => {
    if (!visible) return;
    if (of === service && mayHaveNews()) quietly(tell(read()));
    else if (last) quietly(tell(last));
  });

  signal.addEventListener("abort", () => {
    stopListening();
    attend();
  }, { once: true });

  return {
    current: async () => last ?? read(),
    look(now) {
      const back = now && !visible && last !== undefined;
      visible = now;
      attend();
      if (back && last) quietly(tell(mayHaveNews() ? read() : last));
    },
    async refresh() {
      await monitor.refresh(service);
      await tell(read());
    },
  };
}
