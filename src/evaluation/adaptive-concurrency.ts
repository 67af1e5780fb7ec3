/** The port to waiting and chance. */
export interface Waiting {
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted before. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** From 0 to 1, without 1. */
  random(): number;
}

/** The word to send one request. Exactly one of its members is to be called, once. */
export interface Turn {
  /** The server took the request, whatever came of it. */
  taken(): void;
  /** The server takes fewer requests for now; nothing more leaves for so many milliseconds. */
  refused(milliseconds: number): void;
}

/** Lets requests leave, never more at the same time than a server takes. */
export interface AdaptiveConcurrency {
  /** Resolves when the next request may leave; `again` goes before those that have not been sent yet. Rejects with the signal's reason, or the error that it was ended with. */
  enter(again: boolean): Promise<Turn>;
  /** Lets nothing leave any more: those that wait reject with the error. */
  end(error: unknown): void;
  /** How many requests may be under way now. */
  limit(): number;
}

/**
 * Additive increase, multiplicative decrease, as TCP has it (Chiu and Jain 1989): a refusal halves how many requests may be under way, once for all that had
 * left before it, and about as many answers as may be under way raise it by one, up to `most`, with which it begins.
 */
export function createAdaptiveConcurrency(most: number, waiting: Waiting, signal: AbortSignal): AdaptiveConcurrency {
  const queue: { resolve(turn: Turn): void; reject(error: unknown): void }[] = [];
  let limit = most;
  let current = 0;
  let holds = 0;
  let cuts = 0;
  let ended: { readonly error: unknown } | undefined;

  const end = (error: unknown): void => {
    ended ??= { error };
    for (const { reject } of queue.splice(0)) reject(error);
  };
  signal.addEventListener("abort", () => end(signal.reason), { once: true });

  function next(): void {
    while (!ended && holds === 0 && current < Math.floor(limit)) {
      const first = queue.shift();
      if (!first) return;
      current += 1;
      first.resolve(turn());
    }
  }

  function turn(): Turn {
    const cutsBefore = cuts;
    return {
      taken() {
        current -= 1;
        limit = Math.min(most, limit + 1 / limit);
        next();
      },
      refused(milliseconds) {
        current -= 1;
        // What left before the last cut says nothing of the pace after it.
        if (cutsBefore === cuts) {
          cuts += 1;
          limit = Math.max(1, Math.floor(limit / 2));
        }
        holds += 1;
        const release = (): void => {
          holds -= 1;
          next();
        };
        waiting.pause(milliseconds, signal).then(release, release);
      },
    };
  }

  return {
    end,
    limit: () => Math.floor(limit),
    enter(again) {
      if (ended || signal.aborted) return Promise.reject(ended ? ended.error : signal.reason);
      return new Promise((resolve, reject) => {
        queue[again ? "unshift" : "push"]({ resolve, reject });
        next();
      });
    },
  };
}
