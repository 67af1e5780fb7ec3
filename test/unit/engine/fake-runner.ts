import { TrainingError, type Runner, type TrainingEvent, type TrainingRequest } from "../../../src/engine/runners/runner.ts";

/** One training under way, played by the test. */
export interface Run {
  readonly request: TrainingRequest;
  readonly signal: AbortSignal;
  report(event: TrainingEvent): void;
  /** Ends it with an adapter. */
  succeed(): void;
  fail(error: Error): void;
}

/** A runner that trains nothing: each training is a Run, in `runs` from its beginning on. Like a real one it ends when it is aborted. */
export function fakeRunner(): { readonly runner: Runner; readonly runs: readonly Run[] } {
  const runs: Run[] = [];
  const runner: Runner = {
    id: "fake",
    train: (request, report, signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => reject(new TrainingError("cancelled", "The training was cancelled."));
        if (signal.aborted) return abort();
        signal.addEventListener("abort", abort);
        const succeed = (): void => {
          report({ type: "done", adapter: `${request.output}/adapter`, trainedTokens: 70 });
          resolve();
        };
        runs.push({ request, signal, report, succeed, fail: reject });
      }),
  };
  return { runner, runs };
}

/** Waits, turn by turn of the event loop, until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
