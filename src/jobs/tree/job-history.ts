import type { Job } from "../job.ts";
import type { Provider } from "../provider.ts";

/** Older jobs of the services than those that their lists hold, as far as somebody wanted to see them. */
export interface JobHistory {
  /** Those that were asked for. */
  older(service: string): readonly Job[];
  /** Whether there may be more, behind a list of so many jobs. */
  mayHaveMore(service: string, listed: number): boolean;
  /** Asks for a page of jobs that are not known yet. Rejects as the provider's `listJobPage` does. */
  ask(service: string, provider: Provider, known: readonly Job[], signal: AbortSignal): Promise<void>;
  forget(service: string): void;
}

/** No service's page is smaller: a list of fewer jobs is whole. */
const smallestPage = 100;
/** The pages that the list holds already are gone through, but not without end. */
const mostPages = 20;

interface Place {
  readonly jobs: readonly Job[];
  readonly next?: string;
  readonly ended: boolean;
}

export function createJobHistory(): JobHistory {
  const places = new Map<string, Place>();
  return {
    older: (service) => places.get(service)?.jobs ?? [],
    mayHaveMore: (service, listed) => listed >= smallestPage && places.get(service)?.ended !== true,
    async ask(service, provider, known, signal) {
      const before = places.get(service) ?? { jobs: [], ended: false };
      const ids = new Set([...known, ...before.jobs].map(({ id }) => id));
      let { next } = before;
      for (let page = 0; page < mostPages; page += 1) {
        const answer = await provider.listJobPage?.(next, signal);
        const found = (answer?.jobs ?? []).filter(({ id }) => !ids.has(id));
        next = answer?.next;
        places.set(service, { jobs: [...before.jobs, ...found], ended: next === undefined, ...(next === undefined ? {} : { next }) });
        if (found.length > 0 || next === undefined) return;
      }
    },
    forget: (service) => void places.delete(service),
  };
}
