import * as vscode from "vscode";
import type { Job } from "../../jobs/job.ts";
import { listUnfinished } from "../../evaluating/answer-file.ts";
import { chosenMetrics } from "../../evaluation/chosen-metrics.ts";
import { metrics } from "../../evaluation/metrics/index.ts";
import type { Choices, EvaluationDependencies } from "./choices.ts";
import { readEvaluationSettings } from "./evaluation-settings.ts";
import { fromReportPath } from "../../evaluating/evaluation-folder.ts";
import { withProgress } from "../with-progress.ts";

/** What all questions share; looking something up elsewhere does not lose the answers. */
const asked = { title: "Evaluate Model", ignoreFocusOut: true } as const;

/** What the caller has answered already. */
export type Answers = Partial<Choices>;

type Source = Pick<EvaluationDependencies, "services" | "monitor">;
interface Models { readonly provider: string; readonly base: string; readonly tuned: string; readonly job?: string }

/** Asks for what `answers` leaves open; undefined when the user turns away. */
export async function askChoices(answers: Answers, source: Source): Promise<Choices | undefined> {
  const given = await givenModels(answers, source);
  if (!given && !answers.testFile) {
    const unfinished = await askUnfinished();
    if (unfinished !== "new") return unfinished;
  }
  const models = given ?? (await askModels(source, answers.provider));
  if (!models) return undefined;
  const testFile = answers.testFile ?? (await askTestFile());
  if (!testFile) return undefined;
  // Who says what is evaluated on what by a command says by which metrics too, or means those of the settings.
  const measured = answers.testFile || answers.metric !== undefined ? {} : await askMetrics();
  return measured && { ...answers, testFile, ...models, ...measured };
}

/** The models that the answers name: by job, or base and tuned by name. */
async function givenModels({ provider, base, tuned, job }: Answers, source: Source): Promise<Models | undefined> {
  if (provider === undefined) return undefined;
  if (job === undefined) return base === undefined || tuned === undefined ? undefined : { provider, base, tuned };
  if (base !== undefined && tuned !== undefined) return { provider, base, tuned, job };
  const known = source.monitor.jobs().find((each) => each.provider === provider && each.id === job);
  // What was last seen may be older than the model.
  return toModels(known?.tunedModel === undefined ? await retrieve(source, provider, job) : known);
}

function retrieve({ services }: Source, provider: string, job: string): Thenable<Job> {
  return withProgress("Looking for the job", async (signal) => (await services.open(provider, signal)).provider.retrieveJob(job, signal));
}

function toModels({ provider, id, baseModel, tunedModel, rawStatus }: Job): Models {
  if (tunedModel === undefined) throw new Error(`The job ${id} has no tuned model (its state is ${rawStatus}). Evaluate it once it has succeeded.`);
  return { provider, base: baseModel, tuned: tunedModel, job: id };
}

/** Offers to go on with what was begun; "new" when nothing was, or something else is wanted. */
async function askUnfinished(): Promise<Choices | "new" | undefined> {
  const roots = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === "file").map(({ uri }) => uri.fsPath);
  const found = (await Promise.all(roots.map(async (root) => (await listUnfinished(root)).map((each) => ({ root, ...each }))))).flat();
  if (found.length === 0) return "new";
  const chosen = await vscode.window.showQuickPick(
    [
      ...found.map((each) => ({ label: `$(debug-continue) Go on with ${each.tuned}`, description: `${each.answered} answers of ${each.testFile}`, detail: `begun ${new Date(each.startedAt).toLocaleString()}`, each })),
      { label: "$(add) New evaluation", each: undefined },
    ],
    { ...asked, placeHolder: "An evaluation was not finished. Go on with it?" },
  );
  if (!chosen?.each) return chosen && "new";
  const { root, testFile, provider, base, tuned, job } = chosen.each;
  return { testFile: vscode.Uri.file(fromReportPath(root, testFile)), provider, base, tuned, ...(job === undefined ? {} : { job }) };
}

async function askModels(source: Source, provider: string | undefined): Promise<Models | undefined> {
  if (source.monitor.jobs().length === 0) await withProgress("Asking for jobs", () => source.monitor.refresh(provider));
  const jobs = source.monitor.jobs().filter((job) => job.tunedModel !== undefined && (provider === undefined || job.provider === provider));
  if (jobs.length === 0) return askModelsByProvider(source, provider);
  const titles = new Map(source.services.list().map(({ id, title }) => [id, title]));
  const chosen = await vscode.window.showQuickPick(
    [
      ...[...jobs].sort((a, b) => b.createdAt - a.createdAt).map((job) => ({ label: job.tunedModel ?? job.id, description: `tuned from ${job.baseModel}`, detail: `${titles.get(job.provider) ?? job.provider}, ${new Date(job.createdAt).toLocaleString()}`, job })),
      { label: "$(edit) Other models…", job: undefined },
    ],
    { ...asked, placeHolder: "The tuned model, which is compared with its base", matchOnDescription: true },
  );
  return chosen && (chosen.job ? toModels(chosen.job) : askModelsByProvider(source, provider));
}

/** Asks for a service and one of its models; undefined when the user turns away. */
export async function askOneModel({ services }: Pick<Source, "services">): Promise<{ readonly service: string; readonly model: string } | undefined> {
  const service = (await vscode.window.showQuickPick(services.list().map(({ id, title }) => ({ label: title, id })), { ...asked, title: "Run This Record", placeHolder: "The service whose model is asked" }))?.id;
  if (service === undefined) return undefined;
  const listed = await withProgress("Asking for models", async (signal) => (await (await services.open(service, signal)).provider.listModels?.(signal)) ?? []);
  const model = await askModel("The model that is asked", listed.map(({ id }) => id));
  return model === undefined ? undefined : { service, model };
}

async function askModelsByProvider({ services }: Source, given: string | undefined): Promise<Models | undefined> {
  const provider = given ?? (await vscode.window.showQuickPick(services.list().map(({ id, title }) => ({ label: title, id })), { ...asked, placeHolder: "The service that has both models" }))?.id;
  if (provider === undefined) return undefined;
  const listed = await withProgress("Asking for models", async (signal) => (await (await services.open(provider, signal)).provider.listModels?.(signal)) ?? []);
  const tuned = await askModel("The tuned model", listed.filter(({ base }) => !base).map(({ id }) => id));
  if (tuned === undefined) return undefined;
  const base = await askModel("The model to compare it with", listed.map(({ id }) => id).filter((id) => id !== tuned));
  return base === undefined ? undefined : { provider, base, tuned };
}

/** A model of the list, or any other by its name: services do not list every model that they answer with. */
async function askModel(placeHolder: string, listed: readonly string[]): Promise<string | undefined> {
  const byName = { label: "$(edit) By name…", id: undefined };
  const chosen = listed.length === 0 ? byName : await vscode.window.showQuickPick([...listed.map((id) => ({ label: id, id })), byName], { ...asked, placeHolder });
  if (!chosen) return undefined;
  return chosen.id ?? (await vscode.window.showInputBox({ ...asked, prompt: `${placeHolder}, by the name that the service knows it by`, validateInput: (text) => (text.trim() === "" ? "A model has a name." : undefined) }))?.trim();
}

/** Asks what is measured, with the metric of the settings chosen already; undefined when the user turns away. */
async function askMetrics(): Promise<Pick<Choices, "metric" | "also"> | undefined> {
  const { metric: usual } = readEvaluationSettings();
  const items = [usual, ...metrics.filter(({ id }) => id !== usual.id)].map(({ id, title, explanation, kind }) => ({ label: title, description: kind === "score" ? "score" : "", detail: explanation, picked: id === usual.id, metric: { id, kind } }));
  const chosen = await vscode.window.showQuickPick(items, { ...asked, title: "Evaluate Model: Metrics", canPickMany: true, placeHolder: "What is measured: choose before you look at results. Several are judged together, each corrected for their number", matchOnDetail: true });
  return chosen && chosenMetrics(chosen.map(({ metric }) => metric), usual.id);
}

async function askTestFile(): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles("**/*.{jsonl,jsonlines,ndjson}", "**/{node_modules,.tunesmith}/**", 200);
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  const rank = (file: vscode.Uri): number => (/test|eval|held.?out|valid/i.test(file.path.split("/").at(-1) ?? "") ? 0 : file.toString() === active ? 1 : 2);
  const items = found.sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path)).map((file) => ({ label: vscode.workspace.asRelativePath(file), file }));
  const chosen = await vscode.window.showQuickPick([...items, { label: "$(folder-opened) Browse…", file: undefined }], { ...asked, placeHolder: "The test file: records that the model was not tuned on" });
  if (!chosen) return undefined;
  return chosen.file ?? (await vscode.window.showOpenDialog({ title: "Test file", canSelectMany: false, filters: { Datasets: ["jsonl", "jsonlines", "ndjson"] } }))?.[0];
}
