import type { JobReference } from "../../src/jobs/job.ts";
import type { JobOverview, OtherRun } from "../../src/protocol/job-panel.ts";

export type Scale = "linear" | "log";

/** All that the panel shows. */
export interface State {
  readonly overview?: JobOverview;
  /** Other jobs whose curves lie over these, in the order in which they were chosen. */
  readonly runs: readonly OtherRun[];
  readonly scale: Scale;
  /** From 0, as measured, to below 1. */
  readonly smoothing: number;
  /** The service is being asked anew. */
  readonly asking: boolean;
  /** What went wrong with the last request. */
  readonly failure?: string;
}

export type Action =
  | { readonly type: "overview"; readonly overview: JobOverview }
  | { readonly type: "asking" }
  | { readonly type: "asked" }
  | { readonly type: "scale"; readonly scale: Scale }
  | { readonly type: "smoothing"; readonly smoothing: number }
  | { readonly type: "add"; readonly run: OtherRun }
  | { readonly type: "remove"; readonly job: JobReference }
  | { readonly type: "failure"; readonly message: string };

/** As many other runs as there are patterns of lines that can be told apart. */
export const mostRuns = 3;
/** Beyond it nothing of the curve is left. */
export const mostSmoothing = 0.95;

/** The state before anything has arrived; `remembered` is what the page kept, whatever that is. */
export function begin(remembered: unknown): State {
  const { scale, smoothing } = (typeof remembered === "object" && remembered !== null ? remembered : {}) as { scale?: unknown; smoothing?: unknown };
  return { runs: [], scale: scale === "log" ? "log" : "linear", smoothing: typeof smoothing === "number" && smoothing >= 0 && smoothing <= mostSmoothing ? smoothing : 0, asking: false };
}

/** The state after an action. */
export function reduce(state: State, action: Action): State {
  const { failure: _failure, ...rest } = state;
  switch (action.type) {
    case "overview":
      return { ...rest, overview: action.overview };
    case "asking":
      return { ...rest, asking: true };
    case "asked":
      return { ...state, asking: false };
    case "scale":
      return { ...state, scale: action.scale };
    case "smoothing":
      return { ...state, smoothing: Math.min(mostSmoothing, Math.max(0, action.smoothing)) };
    case "add":
      return { ...rest, runs: [...rest.runs.filter(({ job }) => !isSame(job, action.run.job)), action.run].slice(-mostRuns) };
    case "remove":
      return { ...rest, runs: rest.runs.filter(({ job }) => !isSame(job, action.job)) };
    case "failure":
      return { ...rest, failure: action.message };
  }
}

export function isSame(one: JobReference, other: JobReference): boolean {
  return one.provider === other.provider && one.job === other.job;
}

/** What the page keeps over a reload: which job it is, which the host checks again, and how its curves are drawn. */
export function toRemember({ overview, scale, smoothing, runs }: State): unknown {
  return overview ? { job: overview.job, scale, smoothing, runs: runs.map(({ job }) => job) } : undefined;
}

/** The other jobs that the page kept. */
export function rememberedRuns(remembered: unknown): readonly JobReference[] {
  const { runs } = (typeof remembered === "object" && remembered !== null ? remembered : {}) as { runs?: unknown };
  return Array.isArray(runs) ? runs.filter((run): run is JobReference => typeof run?.provider === "string" && typeof run.job === "string").slice(0, mostRuns) : [];
}
