import { createWriteStream, existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as vscode from "vscode";
import type { JobReference } from "../../jobs/job.ts";
import type { Launch } from "../../jobs/launch.ts";
import { toSuffix } from "../../jobs/suffix.ts";
import type { Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";

/**
 * The file that a job learned from: the one that it was launched with, while it is there; else the user chooses one, or has it fetched from the service where
 * that gives its files back. Undefined when the user turned away. Rejects with an Error for the user.
 */
export async function findTrainingFile(reference: JobReference, launch: Launch | undefined, given: vscode.Uri | undefined, services: Services): Promise<vscode.Uri | undefined> {
  const known = launch && (launch.splitFrom ?? launch.dataset.path);
  if (known !== undefined && existsSync(known)) return vscode.Uri.file(known);
  if (given) return given;
  const title = services.find(reference.provider)?.title ?? reference.provider;
  const fetch = `Fetch It from ${title}`;
  const detail = known === undefined ? `The job ${reference.job} was not started from this machine, so its training file is not known here.` : `${known}, which the job learned from, is not there any more.`;
  const chosen = await vscode.window.showInformationMessage("Which file did the job learn from?", { modal: true, detail }, "Choose a File…", fetch);
  if (chosen === "Choose a File…") return (await vscode.window.showOpenDialog({ title: "Migrate This Fine-Tune", openLabel: "Migrate", filters: { "JSON Lines": ["jsonl", "ndjson", "jsonlines"] } }))?.[0];
  return chosen === fetch ? fetchFile(reference, title, services) : undefined;
}

async function fetchFile({ provider: id, job }: JobReference, title: string, services: Services): Promise<vscode.Uri | undefined> {
  const [root] = vscode.workspace.workspaceFolders ?? [];
  if (root?.uri.scheme !== "file") throw new Error("Open a folder on this machine first: the training file is saved in it.");
  return withProgress(`Fetching the training file from ${title}`, async (signal) => {
    const { provider } = await services.open(id, signal);
    if (!provider.readFile) throw new Error(`${title} does not give back the files that it was sent. Choose the file instead.`);
    const { trainingFile, suffix } = await provider.retrieveJob(job, signal);
    const { content } = await provider.readFile(trainingFile, signal);
    const path = freePath(join(root.uri.fsPath, toSuffix(suffix ?? job) || "training"));
    try {
      // What is there is never replaced.
      await pipeline(Readable.from(content), createWriteStream(path, { flags: "wx" }), { signal });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") await rm(path, { force: true });
      throw error;
    }
    return vscode.Uri.file(path);
  });
}

function freePath(stem: string): string {
  for (let number = 1; ; number++) {
    const path = `${stem}${number === 1 ? "" : `-${number}`}.jsonl`;
    if (!existsSync(path)) return path;
  }
}
