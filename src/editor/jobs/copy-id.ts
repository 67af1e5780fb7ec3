import * as vscode from "vscode";
import * as z from "zod";
import type { Monitor } from "../../jobs/monitor.ts";
import { chooseJob } from "./choose-job.ts";

/** What a node of the tree is known by at its service: a file's and a deployment's id, a model's name, else the job's id. */
const node = z.union([
  z.object({ file: z.object({ id: z.string() }) }).transform(({ file }) => file.id),
  z.object({ deployment: z.object({ id: z.string() }) }).transform(({ deployment }) => deployment.id),
  z.object({ tuned: z.string() }).transform(({ tuned }) => tuned),
  z.object({ job: z.string() }).transform(({ job }) => job),
]);

/** Puts the id of a node, or of a job that is asked for, on the clipboard. */
export async function copyId(given: unknown, monitor: Monitor): Promise<void> {
  const read = node.safeParse(given);
  const id = read.success ? read.data : (await chooseJob(monitor, "Copy Id", () => true, "There are no jobs yet."))?.job;
  if (id === undefined) return;
  await vscode.env.clipboard.writeText(id);
  vscode.window.setStatusBarMessage(`Copied ${id}`, 4000);
}
