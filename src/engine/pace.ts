/** How fast a training goes. */
export interface Pace {
  /** Takes that a step was done at a time, in milliseconds. */
  take(step: number, totalSteps: number, time: number): void;
  /** When the last step will be done, in milliseconds; undefined before two steps. */
  finish(): number | undefined;
}

/** The pace of one run, from its first step on: loading the model, and steps of a run before, tell nothing about it. */
export function createPace(): Pace {
  let first: { readonly step: number; readonly time: number } | undefined;
  let latest: { readonly step: number; readonly time: number } | undefined;
  let total = 0;
  return {
    take(step, totalSteps, time) {
      // The figures of the validation file come with the number of a step that was told already.
      if (latest && step <= latest.step) return;
      first ??= { step, time };
      latest = { step, time };
      total = totalSteps;
    },
    finish() {
      if (!first || !latest || latest.step === first.step) return undefined;
      return latest.time + ((latest.time - first.time) / (latest.step - first.step)) * (total - latest.step);
    },
  };
}
