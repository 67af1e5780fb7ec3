import * as vscode from "vscode";
import { comparisonDocument, runBefore } from "../../jobs/runs/compare-runs.ts";
import type { Ledger } from "../../jobs/launch.ts";
import type { RunRecord } from "../../jobs/runs/run-record.ts";
import { compareKnownRuns, knownRuns } from "../../launch/known-runs.ts";
import { runNameOf, runPath } from "../../launch/run-file.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import { readJob } from "../jobs/choose-job.ts";
import { isLaunchFile } from "../launch/launch-selector.ts";
import { withProgress } from "../with-progress.ts";
import type { RunDocuments } from "./run-documents.ts";

export interface CompareDependencies {
  readonly ledger: () => Promise<Ledger>;
  readonly workerFile: URL;
  readonly documents: RunDocuments;
}

/** A run with the folder that keeps its record. */
export interface KeptRun {
  readonly root: string;
  readonly run: RunRecord;
}

/** Shows what has changed from one run to the next: of a job, of a launch file, or as the user chooses. Gives the document, or undefined when the user turned away. Rejects with an Error for the user. */
export async function compareRunsOf(given: unknown, dependencies: CompareDependencies): Promise<vscode.Uri | undefined> {
  const kept = await allRuns(await dependencies.ledger());
  if (kept.length === 0) throw new Error("This workspace has no run records yet. Each job that is started from a launch file leaves one in .tunesmith/runs.");
  const pair = await choosePair(given, kept);
  if (!pair) return undefined;
  const { root, before, after } = pair;
  const files = createDatasetClient(dependencies.workerFile);
  try {
    const comparison = await withProgress("Comparing two runs", (signal) => compareKnownRuns(root, before, after, files, signal));
    const shown = await dependencies.documents.show(`${after.name ?? after.job ?? after.id}, ${before.id} to ${after.id}`, comparisonDocument(comparison));
    void vscode.window.showInformationMessage("The records of both runs are files of this workspace.", "Show Side by Side").then((chosen) => chosen && vscode.commands.executeCommand("vscode.diff", vscode.Uri.file(runPath(root, before.id)), vscode.Uri.file(runPath(root, after.id)), "Last Run ↔ This Run"));
    return shown;
  } finally {
    files.dispose();
  }
}

/** The runs of all folders of this workspace, the newest first. */
export async function allRuns(ledger: Ledger): Promise<readonly KeptRun[]> {
  const roots = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
  const runs = await Promise.all(roots.map(async (root) => (await knownRuns(root, ledger)).map((run) => ({ root, run }))));
  return runs.flat().sort((one, other) => (one.run.times.started < other.run.times.started ? 1 : -1));
}

interface Pair {
  readonly root: string;
  readonly before: RunRecord;
  readonly after: RunRecord;
}

async function choosePair(given: unknown, kept: readonly KeptRun[]): Promise<Pair | undefined> {
  const after = await chooseRun(given, kept);
  if (!after) return undefined;
  const alike = kept.filter(({ root, run }) => root === after.root && run.id !== after.run.id).map(({ run }) => run);
  const before = runBefore(after.run, alike);
  if (before) return { root: after.root, before, after: after.run };
  if (alike.length === 0) throw new Error("There is one run only. Start the launch file again, and there is something to compare.");
  const chosen = await pickRun(alike.map((run) => ({ root: after.root, run })), "The run to compare with");
  return chosen && { root: after.root, before: chosen.run, after: after.run };
}

/** The run of a job, the last of a launch file, or the one that the user picks. */
async function chooseRun(given: unknown, kept: readonly KeptRun[]): Promise<KeptRun | undefined> {
  const job = readJob(given);
  if (job) {
    const found = kept.find(({ run }) => run.service === job.provider && run.job === job.job);
    if (!found) throw new Error(`The job ${job.job} has no run record in this workspace: it was not started from a launch file here.`);
    return found;
  }
  const file = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
  if (file && isLaunchFile(file)) {
    const found = kept.find(({ root, run }) => run.launchFile?.path === runNameOf(root)(file.fsPath));
    if (found) return found;
    throw new Error(`${vscode.workspace.asRelativePath(file)} has not been started yet.`);
  }
  return pickRun(kept, "The run that you want to know about");
}

/** Asks for a run; undefined when the user turned away. */
export async function pickRun(kept: readonly KeptRun[], placeHolder: string): Promise<KeptRun | undefined> {
  const items = kept.map((each) => ({ label: each.run.name ?? each.run.job ?? each.run.id, description: `${each.run.state}, ${new Date(each.run.times.started).toLocaleString()}`, detail: `${each.run.model.base} at ${each.run.service}${each.run.launchFile ? `, ${each.run.launchFile.path}` : ""}`, each }));
  return (await vscode.window.showQuickPick(items, { title: "What Changed Since the Last Run", placeHolder, matchOnDescription: true, matchOnDetail: true }))?.each;
}
