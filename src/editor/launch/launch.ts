import * as vscode from "vscode";
import { describePlan, planDocument } from "../../jobs/describe-plan.ts";
import type { Job } from "../../jobs/job.ts";
import { ProviderError } from "../../jobs/provider.ts";
import { mayStart, type LaunchPlan } from "../../jobs/launch-plan.ts";
import { prepareLaunch } from "../../launch/prepare.ts";
import { localId } from "../../launch/local-id.ts";
import { startPlan } from "../../launch/start.ts";
import { ActionableError } from "../present-error.ts";
import { withProgress } from "../with-progress.ts";
import { atDesk, type DeskDependencies } from "./desk.ts";
import type { PlanDocuments } from "./plan-documents.ts";
import { readLaunch } from "./read-launch.ts";

export interface LaunchDependencies extends DeskDependencies {
  readonly plans: PlanDocuments;
  /** Makes this machine ready to train; gives whether it is. */
  setUp(): Promise<boolean>;
}

/** Launch files that are being started in this window. */
const starting = new Set<string>();

/** Tells whether a launch file can be started. */
export async function checkLaunch(file: vscode.Uri, dependencies: LaunchDependencies): Promise<void> {
  const plan = await plannedFor("Checking the launch", file, dependencies, false);
  if (!plan) return;
  if (!mayStart(plan)) throw refusal(plan, file);
  const doubts = plan.checks.filter(({ outcome }) => outcome === "doubtful");
  const said = doubts.length === 0 ? `Nothing forbids the start at ${plan.service.title}.` : `Nothing forbids the start at ${plan.service.title}, but: ${doubts.map(({ message }) => message).join(" ")}`;
  void vscode.window.showInformationMessage(said, "Show Details", "Start").then(async (chosen) => {
    if (chosen === "Show Details") await dependencies.plans.show(file, planDocument(plan));
    if (chosen === "Start") await vscode.commands.executeCommand("tunesmith.job.start", file);
  });
}

/** Shows what a launch file comes to as a document. */
export async function estimateLaunch(file: vscode.Uri, dependencies: LaunchDependencies): Promise<void> {
  const plan = await plannedFor("Estimating the launch", file, dependencies, false);
  if (plan) await dependencies.plans.show(file, planDocument(plan));
}

/**
 * Starts a launch file on the user's word, given once all is known that it will do; undefined when the user turned away. Nothing is uploaded before.
 * Rejects with an Error for the user.
 */
export async function startLaunch(file: vscode.Uri, dependencies: LaunchDependencies, agreed: boolean): Promise<Job | undefined> {
  const id = file.toString();
  if (starting.has(id)) throw new Error(`${vscode.workspace.asRelativePath(file)} is being started already.`);
  starting.add(id);
  try {
    const plan = await plannedFor("Checking the launch", file, dependencies, agreed);
    if (!plan) return undefined;
    if (!mayStart(plan)) throw refusal(plan, file);
    if (!agreed && !(await agrees(plan, file, dependencies))) return undefined;
    if (plan.service.id === localId && !(await dependencies.setUp())) return undefined;
    try {
      return await withProgress("Starting the fine-tuning job", (signal, show) => atDesk(dependencies, show, (desk) => startPlan(plan, desk, signal)));
    } catch (error) {
      throw error instanceof ProviderError && error.kind === "training-not-available" ? new ActionableError(error.message, [elsewhere(plan), openLaunchFile(file)], { cause: error }) : error;
    }
  } finally {
    starting.delete(id);
  }
}

async function plannedFor(title: string, file: vscode.Uri, dependencies: LaunchDependencies, agreed: boolean): Promise<LaunchPlan | undefined> {
  const launch = await readLaunch(file, agreed);
  return launch && withProgress(title, (signal, show) => atDesk(dependencies, show, (desk) => prepareLaunch(launch, file.fsPath, desk, signal)));
}

async function agrees(plan: LaunchPlan, file: vscode.Uri, { plans }: LaunchDependencies): Promise<boolean> {
  const { question, detail, button } = describePlan(plan);
  const chosen = await vscode.window.showInformationMessage(question, { modal: true, detail }, button, "Show Details");
  if (chosen === "Show Details") await plans.show(file, planDocument(plan));
  return chosen === button;
}

/** Asks for the same dataset where else to train. */
function elsewhere({ service, launch }: Pick<LaunchPlan, "service" | "launch">): vscode.Command {
  const dataset = launch && vscode.Uri.file(launch.splitFrom ?? launch.dataset.path);
  return { title: "Choose Another Provider", command: "tunesmith.job.start", arguments: [{ ...(dataset ? { dataset } : {}), notAt: service.id }] };
}

function openLaunchFile(file: vscode.Uri): vscode.Command {
  return { title: "Open Launch File", command: "vscode.open", arguments: [file] };
}

/** The first check that failed, with what can be done about it. */
function refusal(plan: LaunchPlan, file: vscode.Uri): Error {
  const { checks } = plan;
  const failed = checks.filter(({ outcome }) => outcome === "failed");
  const [first] = failed;
  const more = failed.length > 1 ? ` And ${failed.length - 1} more: Estimate lists all.` : "";
  const message = `${first?.message ?? "It cannot be started."}${more}`;
  if (first?.place) {
    const { file: path, line, character } = first.place;
    const dataset = vscode.Uri.file(path);
    const place = new vscode.Range(line, character, line, character);
    return new ActionableError(message, [{ title: "Fix All Safe Problems", command: "tunesmith.dataset.fix", arguments: [dataset] }, { title: "Show", command: "vscode.open", arguments: [dataset, { selection: place }] }]);
  }
  if (failed.some(({ name, message: told }) => name === "launch file" && told.startsWith("service: "))) return new ActionableError(message, [elsewhere(plan), openLaunchFile(file)]);
  if (first?.name === "service") return new ActionableError(message, [{ title: "Set API Key", command: "tunesmith.key.set" }, openLaunchFile(file)]);
  return new ActionableError(message, [openLaunchFile(file)]);
}
