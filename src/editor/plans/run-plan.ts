import * as vscode from "vscode";
import { preparePlan, runPlan, type PreparedPlan } from "../../evaluating/evaluate-plan.ts";
import { bills, describeAhead, type ServiceAhead } from "../../evaluation/plan-ahead.ts";
import type { PlanFile } from "../../evaluation/plan-file/schema.ts";
import type { PlanService } from "../../evaluation/plan-file/surroundings.ts";
import { ProviderError } from "../../jobs/provider.ts";
import { localId } from "../../launch/local-id.ts";
import { batchOfferOf, withBatches } from "../../providers/batch-offer.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import { rootOf } from "../evaluation/root-of.ts";
import { showProgress } from "../evaluation/show-progress.ts";
import type { Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";
import { readPlan } from "./read-plan.ts";

export interface PlanDependencies {
  readonly services: Services;
  /** Makes this machine ready to answer with local models, on the user's word or with it given; gives whether it is. */
  readonly setUp: (agreed?: boolean) => Promise<boolean>;
  /** The bundle of the worker that reads files. */
  readonly workerFile: URL;
  readonly log: vscode.LogOutputChannel;
}

/** Plans that are run in this window. */
const running = new Set<string>();

/** Tells whether a plan can be run, what it would ask of whom, and what so many records can show. No record is sent, and the local engine is not started. */
export async function checkPlanFile(file: vscode.Uri, { services, workerFile }: PlanDependencies): Promise<void> {
  const read = await readPlan(file, (ids) => withProgress("Asking for models", (signal) => askModels(ids, services, signal)), false);
  if (!read) return;
  const prepared = await prepare("Checking the plan", file, read.plan, workerFile);
  const { detail } = describeAhead(vscode.workspace.asRelativePath(file), prepared.ahead, serviceAhead(services.list()));
  const doubts = read.doubts.length === 0 ? "Nothing forbids the run." : `Nothing forbids the run, but: ${read.doubts.join(" ")}`;
  void vscode.window.showInformationMessage(`${doubts} ${detail}`, "Run").then((chosen) => chosen === "Run" && vscode.commands.executeCommand("tunesmith.plan.run", file));
}

/**
 * Runs a plan, on the user's word where that costs something, and gives the report's address; undefined when the user turned away. Goes on where it was
 * cut off; `outer` cancels it besides the progress's own button. Rejects with an Error for the user.
 */
export async function runPlanFile(file: vscode.Uri, { services, setUp, workerFile, log }: PlanDependencies, agreed: boolean, outer?: AbortSignal): Promise<vscode.Uri | undefined> {
  const id = file.toString();
  const name = vscode.workspace.asRelativePath(file);
  if (running.has(id)) throw new Error(`${name} is being run already.`);
  running.add(id);
  try {
    const read = await readPlan(file, async () => services.list().map(withBatches), agreed);
    if (!read) return undefined;
    const prepared = await prepare(`Reading ${name}`, file, read.plan, workerFile);
    const serviceOf = serviceAhead(services.list());
    if (!agreed && bills(prepared.ahead, serviceOf) && !(await agrees(name, prepared, serviceOf))) return undefined;
    // A machine that only reads what is kept need not be able to answer; but the engine is opened all the same.
    if ([...read.plan.candidates, ...(read.plan.judge ? [read.plan.judge] : [])].some(({ service }) => service === localId) && !(await setUp(agreed))) return undefined;
    const { report, path } = await withProgress(`Running ${name}`, (signal, show) => runPlan(prepared, { open: services.open, now: () => new Date(), report: (message) => show({ message }), answered: showProgress(show) }, signal), outer);
    log.info(`Evaluation plan ${name}: ${report.summary.words} Saved as ${path}.`);
    return vscode.Uri.file(path);
  } catch (error) {
    if (error instanceof vscode.CancellationError) vscode.window.setStatusBarMessage("The evaluation was cancelled. Its answers are kept: running the plan again goes on with them.", 10_000);
    throw error;
  } finally {
    running.delete(id);
  }
}

/** The services with the models that those list which the plan names. Rejects with a ProviderError when one does not let itself be asked; one that lists nothing is as if it were not asked. */
function askModels(ids: readonly string[], services: Services, signal: AbortSignal): Promise<readonly PlanService[]> {
  return Promise.all(services.list().map(async (named): Promise<PlanService> => {
    if (!ids.includes(named.id)) return withBatches(named);
    const models = await (await services.openIfUsed(named.id, signal))?.provider.listModels?.(signal).catch((error: unknown) => {
      if (error instanceof ProviderError && error.kind === "not-found") return undefined;
      throw error;
    });
    return { ...withBatches(named), ...(models ? { models } : {}) };
  }));
}

async function prepare(title: string, file: vscode.Uri, plan: PlanFile, workerFile: URL): Promise<PreparedPlan> {
  const worker = createDatasetClient(workerFile);
  try {
    return await withProgress(title, (signal, show) => preparePlan({ plan, planFile: file.fsPath, root: rootOf(file) }, { readTestSet: worker.readTestSet, makePrompts: worker.makePrompts, takeFrozenShare: worker.takeFrozenShare, report: (message) => show({ message }), tellsLikelihoods: (service) => service === localId }, signal));
  } finally {
    worker.dispose();
  }
}

async function agrees(name: string, { ahead }: PreparedPlan, serviceOf: (id: string) => ServiceAhead): Promise<boolean> {
  const { question, detail } = describeAhead(name, ahead, serviceOf);
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, "Run")) === "Run";
}

function serviceAhead(named: ReturnType<Services["list"]>): (id: string) => ServiceAhead {
  return (id) => {
    const service = named.find((each) => each.id === id);
    const batches = batchOfferOf(service ?? {});
    return { title: service?.title ?? id, bills: id !== localId, ...(batches ? { batches } : {}) };
  };
}
