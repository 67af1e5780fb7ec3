/** That something at a service comes to its end, as the service has announced it. */
export interface Ending {
  /** The first day on which it is no more, YYYY-MM-DD. */
  readonly on: string;
  /** What ends and what does not, as sentences for the user. */
  readonly words: string;
  /** Where it is announced, and the day on which that was read. */
  readonly source: string;
  readonly dated: string;
}

/** What a service has announced to end. */
export interface Endings {
  /** When it takes no new jobs any more. */
  readonly closing?: Ending;
  /** When a model, or one that was tuned from it, answers no more; undefined where nothing is announced. */
  ofModel?(model: string): Ending | undefined;
}

/** Whether the day has come; `now` is milliseconds since 1970. */
export function hasEnded({ on }: Pick<Ending, "on">, now: number): boolean {
  return now >= Date.parse(on);
}

/** That a model answers until a day, by the service's own list of models. */
export function endingOfList(shutdownDate: string, now: number): Ending {
  return { on: shutdownDate, words: `The service shuts this model down on ${shutdownDate}.`, source: "the service's own list of models", dated: new Date(now).toISOString().slice(0, 10) };
}
