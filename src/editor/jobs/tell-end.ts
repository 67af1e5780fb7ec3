import * as vscode from "vscode";
import type { Job } from "../../jobs/job.ts";
import { runCommand } from "../commands.ts";

/** Tells the user how a job ended, with what can be done next. `test` is the file that its launch has evaluated after a success: the user agreed to that when it started. */
export async function tellEnd(job: Job, test?: string): Promise<void> {
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
  const chosen = await vscode.window.showErrorMessage(`${name} failed: ${error?.message ?? "the service does not say why."}`, "Show Events");
  if (chosen === "Show Events") await runCommand("tunesmith.job.showEvents", reference);
}
