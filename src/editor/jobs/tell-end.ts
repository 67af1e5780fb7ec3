import * as vscode from "vscode";
import type { Job } from "../../jobs/job.ts";
import { runCommand } from "../commands.ts";
import type { FailureReading } from "../failures/read-failure.ts";
import { showLine } from "../failures/show-line.ts";

/** What is known of a job that ended because it was started from this machine. */
export interface KnownEnd {
  /** The file that its launch has evaluated after a success: the user agreed to that when it started. */
  readonly test?: string;
  readonly failure?: FailureReading;
}

/** Tells the user how a job ended, with what can be done next. */
export async function tellEnd(job: Job, { test, failure }: KnownEnd): Promise<void> {
  const { provider, id, suffix, tunedModel, status, error } = job;
  const reference = { provider, job: id };
  const name = suffix ?? id;
  if (status === "succeeded" && test !== undefined) {
    const file = vscode.Uri.file(test);
    void vscode.window.showInformationMessage(`${name} is tuned: ${tunedModel ?? "its model has no name yet"}. It is evaluated on ${vscode.workspace.asRelativePath(file)} now, as its launch file says.`);
    return void (await runCommand("tunesmith.model.evaluate", { ...reference, testFile: file, confirmed: true }));
  }
  if (status === "succeeded") {
    const chosen = await vscode.window.showInformationMessage(`${name} is tuned: ${tunedModel ?? "its model has no name yet"}. Is it better than its base?`, "Evaluate", "Show Events");
    if (chosen === "Evaluate") await runCommand("tunesmith.model.evaluate", reference);
    if (chosen === "Show Events") await runCommand("tunesmith.job.showEvents", reference);
    return;
  }
  if (status === "cancelled") return void vscode.window.showInformationMessage(`${name} was cancelled.`);
  const reason = failure?.message ?? error?.message ?? "the service does not say why.";
  const { place, moderated } = failure ?? {};
  const actions = [...(place ? ["Show Line"] : []), ...(moderated ? ["Check Content"] : []), ...(failure ? ["Start Again"] : []), "Show Events"];
  const chosen = await vscode.window.showErrorMessage([`${name} failed: ${reason}`, failure?.hint].filter((part) => part !== undefined).join(" "), ...actions);
  if (chosen === "Show Line" && place) await showLine(place.file, place.line);
  if (chosen === "Check Content" && moderated) await runCommand("tunesmith.dataset.moderate", moderated);
  if (chosen === "Start Again") await runCommand("tunesmith.job.startAgain", reference);
  if (chosen === "Show Events") await runCommand("tunesmith.job.showEvents", reference);
}
