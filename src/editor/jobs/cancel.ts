import * as vscode from "vscode";
import type { Job, JobReference } from "../../jobs/job.ts";
import { allowedActions, capabilitiesOf } from "../../jobs/job-actions.ts";
import type { Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";

/** Cancels a job on the user's word; gives it as it is then, or undefined when the user turned away. Rejects with an Error for the user. */
export async function cancelJob({ provider: id, job }: JobReference, services: Services, confirmed: boolean): Promise<Job | undefined> {
  const question = `Cancel the job ${job}?`;
  const detail = "What it has learned so far stays where a checkpoint was saved; nothing else of it is kept.";
  if (!confirmed && (await vscode.window.showWarningMessage(question, { modal: true, detail }, "Cancel Job")) !== "Cancel Job") return undefined;
  return withProgress("Cancelling the job", async (signal) => {
    const { provider } = await services.open(id, signal);
    const current = await provider.retrieveJob(job, signal);
    if (!provider.cancelJob || !allowedActions(current, capabilitiesOf(provider)).includes("cancel")) throw new Error(`The job ${job} cannot be cancelled: it is ${current.rawStatus}.`);
    return provider.cancelJob(job, signal);
  });
}
