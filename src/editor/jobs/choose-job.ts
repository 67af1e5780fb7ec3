import * as vscode from "vscode";
import type { Job, JobReference } from "../../jobs/job.ts";
import type { Monitor } from "../../jobs/monitor.ts";

/** The job that a command was given: a node of the tree, or any object that names both. */
export function readJob(value: unknown): JobReference | undefined {
  const { provider, job } = (typeof value === "object" && value !== null ? value : {}) as Partial<Record<string, unknown>>;
  return typeof provider === "string" && typeof job === "string" ? { provider, job } : undefined;
}

/** Whether the caller of a command has had the user's word already. */
export function isConfirmed(value: unknown): boolean {
  return (value as { confirmed?: unknown } | undefined)?.confirmed === true;
}

/** Asks which job is meant, of those that `fits` takes; undefined when the user turned away. Rejects with `none` when there is none. */
export async function chooseJob(monitor: Monitor, title: string, fits: (job: Job) => boolean, none: string): Promise<JobReference | undefined> {
  await monitor.refresh();
  const items = monitor.jobs().filter(fits).map(({ provider, id, suffix, baseModel, rawStatus }) => ({ label: suffix ?? id, description: `${rawStatus}, from ${baseModel}`, detail: id, reference: { provider, job: id } }));
  if (items.length === 0) throw new Error(none);
  return (await vscode.window.showQuickPick(items, { title, placeHolder: "The job", matchOnDescription: true, matchOnDetail: true }))?.reference;
}
