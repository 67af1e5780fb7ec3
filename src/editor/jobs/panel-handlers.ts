import * as z from "zod";
import type { JobReference } from "../../jobs/job.ts";
import type { JobAction } from "../../jobs/job-actions.ts";
import type { Handlers } from "../../protocol/channel.ts";
import type { JobOverview, JobPanel, OtherRun } from "../../protocol/job-panel.ts";

/** What the panel can have done outside of itself. */
export interface PanelActions {
  refresh(): Promise<void>;
  /** The curves of another job. Rejects with an Error for the user. */
  readRun(job: JobReference): Promise<OtherRun>;
  act(action: JobAction): Promise<void>;
}

const nothing = (): null => null;
const reference = z.object({ provider: z.string().min(1), job: z.string().min(1) });

/** The host's side of a job's panel. `current` gives what is shown now; what arrives from the page is read by a schema. */
export function createPanelHandlers(current: () => Promise<JobOverview>, actions: PanelActions): Handlers<JobPanel> {
  return {
    overview: { read: nothing, answer: current },
    refresh: { read: nothing, answer: () => actions.refresh().then(nothing) },
    compare: {
      read: (value) => reference.parse(value),
      async answer(job) {
        // Only what the panel offered: a page does not choose what is asked of a service.
        const { others } = await current();
        if (!others.some((other) => other.job.provider === job.provider && other.job.job === job.job)) throw new Error(`The job ${job.job} is not listed any more, so its curves cannot be laid over.`);
        return actions.readRun(job);
      },
    },
    act: {
      read: (value) => z.string().parse(value) as JobAction,
      async answer(action) {
        // Only what the panel offered, likewise.
        const { actions: offered, job: { job } } = await current();
        if (!offered.includes(action)) throw new Error(`That cannot be done with the job ${job} any more.`);
        await actions.act(action);
        return null;
      },
    },
  };
}
