import { resolve } from "node:path";
import * as vscode from "vscode";
import * as z from "zod";
import { askRecord, keptAnswers, type AskedModel } from "../../evaluating/ask-record.ts";
import { readMetrics } from "../../evaluating/read-metrics.ts";
import { settleTest } from "../../evaluating/settle-test.ts";
import { askedRecordDocument, type AskedCandidate } from "../../evaluation/asked-record-document.ts";
import { exactMatchMetric } from "../../evaluation/metrics/exact-match.ts";
import type { Metric } from "../../evaluation/metrics/metric.ts";
import type { ChatOptions } from "../../evaluation/model.ts";
import { nameOf } from "../../evaluation/plan-file/check.ts";
import { planFileEnding } from "../../evaluation/plan-file/file-name.ts";
import { parsePlan } from "../../evaluation/plan-file/parse.ts";
import type { PlanFile } from "../../evaluation/plan-file/schema.ts";
import { readTestRecord, type TestRecord } from "../../evaluation/test-set.ts";
import { localId } from "../../launch/local-id.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import { placeOf } from "../conversations/panel.ts";
import { activeFile } from "../linting/dataset-files.ts";
import type { RecordFiles } from "../records/record-files.ts";
import type { RecordLines } from "../records/record-lines.ts";
import type { RunDocuments } from "../runs/run-documents.ts";
import type { ViewedLines } from "../viewer/viewed-lines.ts";
import { withProgress } from "../with-progress.ts";
import type { EvaluationDependencies } from "./choices.ts";
import { readEvaluationSettings } from "./evaluation-settings.ts";
import { askOneModel } from "./questions.ts";
import { rootOf } from "./root-of.ts";

export interface RunRecordDependencies extends Pick<EvaluationDependencies, "services" | "setUp" | "workerFile"> {
  readonly documents: RunDocuments;
  readonly lines: RecordLines;
  readonly files: RecordFiles;
  readonly viewed: Pick<ViewedLines, "line">;
  /** Remembers the model that was chosen. */
  readonly state: vscode.Memento;
  /** Services whose bill the user has agreed to in this window. */
  readonly agreed: Set<string>;
}

/** What a caller of the command may have answered already. */
const uri = z.custom<vscode.Uri>((value) => value instanceof vscode.Uri);
const answers = z.object({ file: uri, line: z.int().min(0), plan: uri.optional(), model: z.object({ service: z.string(), model: z.string() }).optional(), confirmed: z.boolean().optional() });
export type RunRecordAnswers = z.infer<typeof answers>;

/** Who is to be asked, how, and by what the answers are judged. */
interface Asking {
  readonly models: readonly AskedModel[];
  readonly options: ChatOptions;
  readonly metric: Metric;
}

const remembered = "tunesmith.record.model";
const rememberedModel = z.object({ service: z.string(), model: z.string() });

/**
 * Has the candidates of the plan whose test file it is, else a model that the user chooses once, answer the record at the cursor, and shows the answers beside its reference; gives the
 * document, or undefined when the user turned away. `another` has the model chosen anew. Rejects with an Error for the user.
 */
export async function runRecord(given: unknown, another: boolean, dependencies: RunRecordDependencies): Promise<vscode.Uri | undefined> {
  const answered = answers.safeParse(given).data;
  const front = activeFile();
  const place = answered ?? placeOf(vscode.window.activeTextEditor, dependencies.files) ?? { file: front, line: (front && dependencies.viewed.line(front)) ?? 0 };
  const { file, line } = place;
  if (!file) throw new Error("No dataset is open. Open a JSONL file, and put the cursor on a record.");
  const text = "edited" in place && place.edited ? place.edited.getText() : await dependencies.lines.read(file, line);
  const record = readTestRecord(text ?? "", line + 1);
  if ("reason" in record) throw new Error(`Line ${line + 1} cannot be asked: ${record.reason}.`);
  const asking = await chooseModels(file, record, another, answered ?? {}, dependencies);
  if (!asking) return undefined;
  const kept = await keptAnswers(rootOf(file), record, asking.models, asking.options);
  const open = asking.models.filter((_, index) => !kept[index]);
  if (!(await mayAsk([...new Set(open.map(({ service }) => service))], answered?.confirmed === true, dependencies))) return undefined;
  const fresh = open.length === 0 ? [] : await withProgress(`Running line ${line + 1}`, (signal) => askRecord(record, open, asking.options, dependencies.services, signal));
  const told = [...fresh];
  const shown = kept.flatMap((each): AskedCandidate[] => [each ?? told.shift()].flatMap((one) => one ?? []));
  return dependencies.documents.show(`${file.path.split("/").at(-1) ?? "record"}, line ${line + 1}`, askedRecordDocument(record, shown, asking.metric), vscode.ViewColumn.Beside);
}

async function chooseModels(file: vscode.Uri, record: TestRecord, another: boolean, { model: given, plan: wanted }: Partial<RunRecordAnswers>, dependencies: RunRecordDependencies): Promise<Asking | undefined> {
  if (!given && !another) {
    const plan = await choosePlan((await plansOf(file)).filter((each) => !wanted || each.file.toString() === wanted.toString()));
    if (plan) return askingOfPlan(plan.file, plan.plan, record, dependencies);
  }
  const kept = another ? undefined : rememberedModel.safeParse(dependencies.state.get(remembered)).data;
  const chosen = given ?? kept ?? (await askOneModel(dependencies));
  if (!chosen) return undefined;
  if (!given) await dependencies.state.update(remembered, chosen);
  const { maximumTokens, metric } = readEvaluationSettings();
  return { models: [{ ...chosen, name: chosen.model, prompt: record.prompt }], options: { temperature: 0, maximumTokens, seed: 0 }, metric };
}

/** The plans of the workspace whose test file it is, or the dataset of which they test a share. */
async function plansOf(file: vscode.Uri): Promise<readonly { readonly file: vscode.Uri; readonly plan: PlanFile }[]> {
  const found = await vscode.workspace.findFiles(`**/*${planFileEnding}`, "**/node_modules/**", 200);
  const read = await Promise.all(found.map(async (each) => ({ file: each, read: parsePlan((await vscode.workspace.openTextDocument(each)).getText()) })));
  return read.flatMap(({ file: plan, read: parsed }) => ("value" in parsed && resolve(plan.fsPath, "..", datasetOf(parsed.value)) === file.fsPath ? [{ file: plan, plan: parsed.value }] : []));
}

function datasetOf({ test }: PlanFile): string {
  return typeof test === "string" ? test : test.dataset;
}

async function choosePlan(plans: Awaited<ReturnType<typeof plansOf>>): Promise<Awaited<ReturnType<typeof plansOf>>[number] | undefined> {
  if (plans.length < 2) return plans[0];
  const items = plans.map((each) => ({ label: vscode.workspace.asRelativePath(each.file), description: each.plan.candidates.map(nameOf).join(", "), each }));
  const chosen = await vscode.window.showQuickPick(items, { title: "Run This Record", placeHolder: "The plan whose candidates are asked" });
  if (!chosen) throw new vscode.CancellationError();
  return chosen.each;
}

async function askingOfPlan(file: vscode.Uri, plan: PlanFile, record: TestRecord, { workerFile }: RunRecordDependencies): Promise<Asking> {
  const folder = resolve(file.fsPath, "..");
  const [metric = exactMatchMetric] = await readMetrics(plan.metrics ?? [plan.metric ?? exactMatchMetric.id], folder);
  const worker = createDatasetClient(workerFile);
  try {
    const { candidates } = plan;
    const { training } = await withProgress("Looking for the records to learn from", (signal) => settleTest(plan, { planFile: file.fsPath, root: rootOf(file) }, (dataset, list, splits) => worker.takeFrozenShare(dataset, list, splits, signal)));
    const examples = training !== undefined && candidates.some(({ fewShot, retrieval }) => fewShot !== undefined || retrieval !== undefined);
    const made = examples ? await withProgress("Looking for examples", (signal) => worker.makePrompts(resolve(folder, training), [record], candidates, signal)) : undefined;
    return {
      models: candidates.map((candidate, index) => ({ name: nameOf(candidate), service: candidate.service, model: candidate.model, prompt: made?.prompts[index]?.[0] ?? record.prompt })),
      options: { temperature: 0, maximumTokens: plan.limits?.maximumTokens ?? 64, seed: plan.seed ?? 0 }, metric,
    };
  } finally {
    worker.dispose();
  }
}

/** This machine has to be ready for local models; what a service bills is agreed to once in a window. */
async function mayAsk(asked: readonly string[], confirmed: boolean, { services, setUp, agreed }: RunRecordDependencies): Promise<boolean> {
  const billing = asked.filter((id) => id !== localId && !agreed.has(id));
  if (billing.length > 0 && !confirmed) {
    const titles = billing.map((id) => services.list().find((each) => each.id === id)?.title ?? id).join(", ");
    const detail = `${titles} ${billing.length === 1 ? "bills" : "bill"} the tokens of each record that you run. You are asked once in this window.`;
    if ((await vscode.window.showInformationMessage(`Run records at ${titles}?`, { modal: true, detail }, "Run")) !== "Run") return false;
    for (const id of billing) agreed.add(id);
  }
  return !asked.includes(localId) || setUp();
}
