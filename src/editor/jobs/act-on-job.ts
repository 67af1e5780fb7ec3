import * as vscode from "vscode";
import { confirmJobAction, type Confirmation } from "../../jobs/confirm-action.ts";
import type { Job, JobReference } from "../../jobs/job.ts";
import { allowedActions, capabilitiesOf, type JobAction } from "../../jobs/job-actions.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import type { Provider } from "../../jobs/provider.ts";
import type { Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";
import { chooseJob, isConfirmed, readJob } from "./choose-job.ts";

/** What changes something at a service. */
export type JobChange = Extract<JobAction, "cancel" | "pause" | "resume" | "delete" | "deploy">;

interface Change {
  /** The title of its command. */
  readonly title: string;
  readonly doing: string;
  /** What is said when no job is fit for it. */
  readonly none: string;
  /** What cannot be done with a job, as the end of a sentence. */
  readonly cannot: string;
  act(job: Job, provider: Provider, signal: AbortSignal): Promise<string | undefined>;
}

const changes: Readonly<Record<JobChange, Change>> = {
  cancel: { title: "Cancel Fine-Tuning Job", doing: "Cancelling the job", none: "No job is under way that can be cancelled.", cannot: "be cancelled", act: (job, provider, signal) => nothing(provider.cancelJob?.(job.id, signal)) },
  pause: { title: "Pause Fine-Tuning Job", doing: "Pausing the job", none: "No job is running that can be paused.", cannot: "be paused", act: (job, provider, signal) => nothing(provider.pauseJob?.(job.id, signal)) },
  resume: { title: "Resume Fine-Tuning Job", doing: "Resuming the job", none: "No job is paused.", cannot: "be resumed", act: (job, provider, signal) => nothing(provider.resumeJob?.(job.id, signal)) },
  delete: { title: "Delete Fine-Tuning Job", doing: "Deleting the job", none: "No finished job can be deleted: its service keeps it.", cannot: "be deleted", act: (job, provider, signal) => nothing(provider.deleteJob?.(job.id, signal)) },
  deploy: {
    title: "Deploy Model", doing: "Deploying the model", none: "No job has a model that can be deployed.", cannot: "be deployed",
    async act(job, provider, signal) {
      const deployment = await provider.deployModel?.(job.tunedModel ?? "", signal);
      return deployment && `${deployment.model} is being deployed: ${deployment.rawStatus}.${deployment.problem === undefined ? "" : ` ${deployment.problem}`}`;
    },
  },
};

/** Does something with a job of the tree, the panel or one that is asked for, on the user's word where something is lost or costs. Gives the job's service once it is done, undefined when the user turned away. Rejects with an Error for the user. */
export async function changeJob(change: JobChange, given: unknown, { services, monitor }: { readonly services: Services; readonly monitor: Monitor }): Promise<string | undefined> {
  const { title, doing, none, cannot, act } = changes[change];
  const fits = (job: Job): boolean => allowedActions(job, monitor.snapshot(job.provider).capabilities).includes(change);
  const reference = readJob(given) ?? (await chooseJob(monitor, title, fits, none));
  if (!reference) return undefined;
  const known = monitor.snapshot(reference.provider).jobs.find(({ id }) => id === reference.job) ?? (await retrieve(reference, services));
  const service = services.find(reference.provider)?.title ?? reference.provider;
  if (change !== "resume" && !isConfirmed(given) && !(await agrees(confirmJobAction(change, known, service)))) return undefined;
  const said = await withProgress(doing, async (signal) => {
    const { provider } = await services.open(reference.provider, signal);
    // What was last seen may have ended meanwhile.
    const job = await provider.retrieveJob(reference.job, signal);
    if (!allowedActions(job, capabilitiesOf(provider)).includes(change)) throw new Error(`The job ${reference.job} cannot ${cannot}: it is ${job.rawStatus}.`);
    return act(job, provider, signal);
  });
  if (said !== undefined) void vscode.window.showInformationMessage(said);
  return reference.provider;
}

/** Asks in a modal dialog, whose cancel button means no. */
export async function agrees({ question, detail, button }: Confirmation): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, button)) === button;
}

/** A job as its service has it now. */
export function retrieve({ provider, job }: JobReference, services: Services): Thenable<Job> {
  return withProgress("Looking for the job", async (signal) => (await services.open(provider, signal)).provider.retrieveJob(job, signal));
}

async function nothing(acting: Promise<unknown> | undefined): Promise<undefined> {
  await acting;
}
