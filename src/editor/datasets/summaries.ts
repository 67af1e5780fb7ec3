import type { Check } from "../../workers/file-check.ts";
import type { Aim } from "../../workers/worker-protocol.ts";

/** What the view says of a dataset: a check without its findings, which may be many. */
export type Summary = Pick<Check, "formatTitle" | "records" | "counts" | "fixable">;

export type SummaryState =
  | { readonly phase: "waiting" | "running" }
  | { readonly phase: "done"; readonly summary: Summary }
  /** `reason` is a sentence. */
  | { readonly phase: "failed"; readonly reason: string };

/** What summaries need of the outside; files are named by their paths. */
export interface SummaryPorts {
  /** Rejects with an Error for the user, or with the signal's reason. */
  check(path: string, aim: Aim, signal: AbortSignal): Promise<Summary>;
  aimOf(path: string): Aim;
  /** What tells whether a file is still the same; undefined when it is not there. */
  stampOf(path: string): Promise<string | undefined>;
  /** Is told of each file whose state is another one now. */
  changed(path: string): void;
}

/** Summaries of files on disk, made by workers one after the other, and kept while a file and what it is checked for stay the same. */
export interface Summaries {
  of(path: string): SummaryState | undefined;
  /** Has a file looked at, unless it is known: after those that wait, or before them when somebody has opened it. */
  want(path: string, first?: boolean): void;
  /** Looks at a file again that has been wanted before, when it has changed. */
  touched(path: string): void;
  /** Ends what is under way and gives up what waits: nobody looks. */
  rest(): void;
  /** Forgets everything, because another target or other severities count. */
  forget(): void;
}

/** As many are kept. */
const remembered = 2000;

interface Entry {
  readonly state: SummaryState;
  readonly stamp?: string;
  readonly aim?: Aim;
}

export function createSummaries({ check, aimOf, stampOf, changed }: SummaryPorts): Summaries {
  const entries = new Map<string, Entry>();
  let waiting: string[] = [];
  let running: { readonly path: string; readonly abort: AbortController } | undefined;

  function set(path: string, entry: Entry | undefined): void {
    entries.delete(path);
    if (entry) entries.set(path, entry);
    for (const oldest of entries.keys()) if (entries.size > remembered) entries.delete(oldest);
    changed(path);
  }

  async function next(): Promise<void> {
    const path = running ? undefined : waiting.shift();
    if (path === undefined) return;
    const abort = new AbortController();
    const own = { path, abort };
    running = own;
    const stamp = await stampOf(path);
    const aim = aimOf(path);
    const known = entries.get(path);
    let found: Entry | undefined = known;
    if (known?.state.phase !== "done" || known.stamp !== stamp || known.aim !== aim) {
      // What is known of an older state stays in sight meanwhile.
      if (known?.state.phase !== "done") set(path, { state: { phase: "running" } });
      found = await look(path, stamp, aim, abort.signal);
    }
    if (running !== own) return;
    running = undefined;
    if (found !== known) set(path, found);
    void next();
  }

  async function look(path: string, stamp: string | undefined, aim: Aim, signal: AbortSignal): Promise<Entry | undefined> {
    const kept = { ...(stamp === undefined ? {} : { stamp }), ...(aim === undefined ? {} : { aim }) };
    try {
      const { formatTitle, records, counts, fixable } = await check(path, aim, signal);
      return { ...kept, state: { phase: "done", summary: { formatTitle, records, counts, fixable } } };
    } catch (error) {
      if (signal.aborted) return undefined;
      return { ...kept, state: { phase: "failed", reason: error instanceof Error ? error.message : String(error) } };
    }
  }

  const summaries: Summaries = {
    of: (path) => entries.get(path)?.state,
    want(path, first = false) {
      const { phase } = entries.get(path)?.state ?? {};
      if (running?.path === path || phase === "done" || phase === "failed") return;
      if (waiting.includes(path) && !first) return;
      waiting = waiting.filter((each) => each !== path);
      if (first) waiting.unshift(path);
      else waiting.push(path);
      if (phase === undefined) set(path, { state: { phase: "waiting" } });
      void next();
    },
    touched(path) {
      if (!entries.has(path)) return;
      if (running?.path === path) {
        running.abort.abort();
        running = undefined;
      }
      waiting = [...waiting.filter((each) => each !== path), path];
      void next();
    },
    rest() {
      const given = [...waiting, ...(running ? [running.path] : [])];
      waiting = [];
      running?.abort.abort();
      running = undefined;
      for (const path of given) if (entries.get(path)?.state.phase !== "done") set(path, undefined);
    },
    forget() {
      summaries.rest();
      for (const path of [...entries.keys()]) set(path, undefined);
    },
  };
  return summaries;
}
