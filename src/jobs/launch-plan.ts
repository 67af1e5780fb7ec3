import type { Estimate } from "./estimate.ts";
import type { Launch } from "./launch.ts";

/** What one check before a start found: `failed` forbids it, `doubtful` is told. */
export interface PreflightCheck {
  readonly name: "launch file" | "dataset" | "validation file" | "service" | "model" | "earlier launches" | "budget";
  readonly outcome: "passed" | "doubtful" | "failed";
  readonly message: string;
  /** The place that it is about; line and character from 0. */
  readonly place?: { readonly file: string; readonly line: number; readonly character: number };
}

/** What a launch file comes to: what was checked, what it will take, and the launch that is started on the user's word. */
export interface LaunchPlan {
  readonly service: { readonly id: string; readonly title: string };
  /** Where the data goes and what it costs, as sentences of the service. */
  readonly destination: string;
  readonly billing: string;
  readonly checks: readonly PreflightCheck[];
  /** Undefined where the files could not be read. */
  readonly estimate?: Estimate;
  /** Undefined where too much is wrong to say what would be started. */
  readonly launch?: Launch;
  /** Launches of the same that led to a job or may still do, the newest first. */
  readonly earlier: readonly Launch[];
}

/** Whether nothing forbids the start. */
export function mayStart({ checks, launch }: LaunchPlan): boolean {
  return launch !== undefined && checks.every(({ outcome }) => outcome !== "failed");
}
