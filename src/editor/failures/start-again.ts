import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type { JobReference } from "../../jobs/job.ts";
import type { Launch } from "../../jobs/launch.ts";
import { runCommand } from "../commands.ts";
import { ActionableError } from "../present-error.ts";

/** Starts the launch file of a job again: through the same checks and one confirmation as every start. Rejects with an Error for the user when there is none. */
export async function startAgain({ provider, job }: JobReference, launches: readonly Launch[], confirmed: boolean): Promise<JobReference | undefined> {
  const launch = launches.find((each) => each.provider === provider && each.job === job);
  const wizard: vscode.Command = { title: "Start Fine-Tuning Job", command: "tunesmith.job.start" };
  if (launch?.launchFile === undefined) throw new ActionableError(`The job ${job} was not started from a launch file on this machine, so there is nothing to start again.`, [wizard]);
  if (!existsSync(launch.launchFile)) throw new ActionableError(`The launch file of ${job} is gone: ${launch.launchFile}.`, [wizard]);
  const file = vscode.Uri.file(launch.launchFile);
  return runCommand("tunesmith.job.start", confirmed ? { launch: file, confirmed } : file);
}
