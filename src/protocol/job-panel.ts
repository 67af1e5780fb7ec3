import type { Advice, Change } from "../jobs/doctor/advice.ts";
import type { Fact, Moment } from "../jobs/describe-training.ts";
import type { JobAction } from "../jobs/job-actions.ts";
import type { JobReference } from "../jobs/job.ts";
import type { Curve } from "../jobs/training-curve.ts";

/** What the page of a job asks of the host and hears from it. */
export interface JobPanel {
  readonly requests: {
    /** The page has loaded, or loaded again. */
    readonly overview: { readonly params: null; readonly result: JobOverview };
    /** Asks the service anew; `changed` tells what it said. */
    readonly refresh: { readonly params: null; readonly result: null };
    /** Lays the curves of another job over these. */
    readonly compare: { readonly params: JobReference; readonly result: OtherRun };
    /** Has one of the overview's actions done, as the tree would. */
    readonly act: { readonly params: JobAction; readonly result: null };
  };
  readonly events: {
    /** The job, its curves or the others to compare with are other ones now. */
    readonly changed: JobOverview;
  };
}

/** Everything that the page shows of a job. Times are milliseconds since 1970. */
export interface JobOverview {
  /** Which job it is: what the page keeps, so that the panel survives a reload. */
  readonly job: JobReference;
  readonly name: string;
  /** The service's name as the user knows it. */
  readonly service: string;
  /** The state in a few words. */
  readonly state: string;
  readonly finished: boolean;
  /** What the service says went wrong with the job. */
  readonly error?: string;
  readonly facts: readonly Fact[];
  readonly parameters: readonly Fact[];
  readonly timeline: readonly Moment[];
  readonly curves: readonly Curve[];
  /** At the steps at which a model was saved. */
  readonly checkpoints: readonly { readonly step: number; readonly model: string }[];
  readonly advice: readonly Advice[];
  /** The one change for the next run. */
  readonly change?: Change;
  readonly actions: readonly JobAction[];
  /** Other jobs whose curves can be laid over, the newest first. */
  readonly others: readonly { readonly job: JobReference; readonly name: string; readonly finished: boolean }[];
  /** What could not be had of the service just now; the rest is shown all the same. */
  readonly missing?: string;
}

/** Another job's curves under its name. */
export interface OtherRun {
  readonly job: JobReference;
  readonly name: string;
  readonly curves: readonly Curve[];
}

/** The most points of one curve that are sent: as many as a wide screen has pixels. */
export const mostPoints = 4000;

/** How many other jobs are offered. */
export const mostOthers = 50;
