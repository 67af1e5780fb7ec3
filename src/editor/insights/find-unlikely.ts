import { existsSync } from "node:fs";
import * as vscode from "vscode";
import * as z from "zod";
import { scoreFile, type ScoredFile } from "../../evaluating/score-file.ts";
import type { JobReference } from "../../jobs/job.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import { localId } from "../../launch/local-id.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import { nameOf } from "../linting/dataset-files.ts";
import { stampOf } from "../linting/file-stamp.ts";
import { ActionableError } from "../present-error.ts";
import { saveFirst } from "../save-first.ts";
import type { Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";

/** What scoring needs of the rest of the editor. */
export interface ScoringDependencies {
  readonly services: Pick<Services, "open">;
  /** The jobs as they were last seen. */
  readonly monitor: Pick<Monitor, "jobs" | "refresh">;
  /** Makes this machine ready to answer with local models, on the user's word; gives whether it is. */
  readonly setUp: () => Promise<boolean>;
  /** The path of the file that a job learned from, where this machine knows it. */
  readonly trainingFile: (job: JobReference) => Promise<string | undefined>;
  /** The bundle of the worker that reads files. */
  readonly workerFile: URL;
}

/** What the caller has answered already: a file, a model, or a job, whose model scores what it learned from. */
export interface UnlikelyAnswers {
  readonly file?: vscode.Uri;
  readonly model?: string;
  readonly job?: string;
}

const most = 100;
const asked = { title: "Find Records the Model Does Not Believe", ignoreFocusOut: true } as const;

const answers = z.object({
  file: z.custom<vscode.Uri>((value) => value instanceof vscode.Uri).optional(), model: z.string().optional(), job: z.string().optional(),
  // As nodes of the tree have it.
  tuned: z.string().optional(), checkpoint: z.object({ model: z.string() }).optional(),
});

/** What a caller of the command gave: answers, a node of the tree, a file of the explorer, or nothing. What is of another shape counts as nothing. */
export function readUnlikelyAnswers(value: unknown): UnlikelyAnswers {
  if (value instanceof vscode.Uri) return { file: value };
  const { file, model, job, tuned, checkpoint } = answers.safeParse(value ?? {}).data ?? {};
  const named = model ?? checkpoint?.model ?? tuned;
  return { ...(file ? { file } : {}), ...(named === undefined ? {} : { model: named }), ...(job === undefined ? {} : { job }) };
}

/** Has a model of the local engine score a dataset, by default one that a job tuned on it; undefined where the user turns away. Shows progress that can be cancelled. Rejects with an Error for the user. */
export async function findUnlikely(given: UnlikelyAnswers, dependencies: ScoringDependencies): Promise<{ readonly file: vscode.Uri; readonly scored: ScoredFile } | undefined> {
  if (!vscode.workspace.isTrusted) throw new ActionableError("A model that scores a dataset is started for it, so it waits until you trust this workspace.", [{ title: "Manage Workspace Trust", command: "workbench.trust.manage" }]);
  const model = given.model ?? (await askModel(given, dependencies));
  if (model === undefined) return undefined;
  const file = given.file ?? (await fileOf(given, model, dependencies));
  if (!file) return undefined;
  if (file.scheme !== "file") throw new Error(`${nameOf(file)} is not on disk, and a model scores files on disk. Save it first.`);
  if (!(await saveFirst([file.fsPath], false, "The model scores what is on disk.")) || !(await dependencies.setUp())) return undefined;
  const stamp = await stampOf(file);
  const worker = createDatasetClient(dependencies.workerFile);
  try {
    const scored = await withProgress(`Scoring ${nameOf(file)} with ${model}`, (signal, show) => {
      let shown = 0;
      return scoreFile({ path: file.fsPath, name: nameOf(file), service: localId, model, most }, {
        open: dependencies.services.open, readLearned: worker.readLearned,
        scored(done, of) {
          show({ message: `${done.toLocaleString("en")} of ${of.toLocaleString("en")} records`, increment: ((done - shown) * 100) / of });
          shown = done;
        },
      }, signal);
    });
    if ((await stampOf(file)) !== stamp) throw new Error(`${nameOf(file)} was changed while it was scored, and its records may stand elsewhere now. Score it again.`);
    return { file, scored };
  } finally {
    worker.dispose();
  }
}

/** The model of the job that is given, else one that the user chooses: those that were tuned on the file first. */
async function askModel({ file, job }: UnlikelyAnswers, { monitor, trainingFile }: ScoringDependencies): Promise<string | undefined> {
  if (monitor.jobs().length === 0) await withProgress("Asking for jobs", () => monitor.refresh(localId));
  const jobs = monitor.jobs().flatMap(({ provider, id, tunedModel, baseModel, createdAt }) => (provider === localId && tunedModel !== undefined ? [{ provider, id, tunedModel, baseModel, createdAt }] : []));
  if (job !== undefined) {
    const model = jobs.find(({ id }) => id === job)?.tunedModel;
    if (model === undefined) throw new Error(`The job ${job} has no tuned model. Score records once it has succeeded.`);
    return model;
  }
  const learned = await Promise.all(jobs.map(async (each) => ({ ...each, here: file !== undefined && (await trainingFile({ provider: each.provider, job: each.id })) === file.fsPath })));
  const items = learned.sort((a, b) => Number(b.here) - Number(a.here) || b.createdAt - a.createdAt)
    .map(({ tunedModel, baseModel, createdAt, here }) => ({ label: tunedModel, description: here ? "was tuned on this file" : "", detail: `tuned from ${baseModel}, ${new Date(createdAt).toLocaleString()}`, model: tunedModel }));
  if (items.length === 0) throw new Error("No model was tuned with the local engine yet. A model that learned a file can say which of its records it does not believe; fine-tune one first.");
  return (await vscode.window.showQuickPick(items, { ...asked, placeHolder: "The model that scores the records: best one that was tuned on them", matchOnDescription: true }))?.model;
}

/** What the model learned from, or what the user chooses. */
async function fileOf({ job }: UnlikelyAnswers, model: string, { monitor, trainingFile }: ScoringDependencies): Promise<vscode.Uri | undefined> {
  const id = job ?? monitor.jobs().find(({ provider, tunedModel }) => provider === localId && tunedModel === model)?.id;
  const path = id === undefined ? undefined : await trainingFile({ provider: localId, job: id });
  if (path !== undefined && existsSync(path)) return vscode.Uri.file(path);
  return (await vscode.window.showOpenDialog({ title: `The dataset that ${model} scores`, openLabel: "Score", canSelectMany: false, filters: { Datasets: ["jsonl", "jsonlines", "ndjson"] } }))?.[0];
}
