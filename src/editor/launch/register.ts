import * as vscode from "vscode";
import type { JobReference } from "../../jobs/job.ts";
import { launchFileEnding } from "../../jobs/launch-file/file-name.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import { registerCommand } from "../commands.ts";
import { withFirstOpened } from "../jsonc-files/first-opened.ts";
import { ActionableError, type PresentError } from "../present-error.ts";
import { registerCodeLenses } from "./code-lenses.ts";
import type { DeskDependencies } from "./desk.ts";
import { isLaunchFile } from "./launch-selector.ts";
import { createPlanDocuments } from "./plan-documents.ts";

export interface LaunchingDependencies extends DeskDependencies {
  readonly monitor: Monitor;
  /** Makes this machine ready to train, on the user's word or with it given. */
  readonly setUp: (agreed?: boolean) => Promise<boolean>;
  readonly presentError: PresentError;
}

/** Launch files: their commands at once; what looks into them when the first is opened. */
export function registerLaunching(dependencies: LaunchingDependencies): vscode.Disposable {
  const { services, monitor, setUp, presentError } = dependencies;
  const plans = createPlanDocuments();
  const withPlans = (agreed: boolean) => ({ ...dependencies, plans, setUp: () => setUp(agreed) });

  async function choose(title: string, given: unknown): Promise<{ readonly file: vscode.Uri; readonly confirmed: boolean } | undefined> {
    requireTrust();
    if (given instanceof vscode.Uri && isLaunchFile(given)) return { file: given, confirmed: false };
    const named = (given as { launch?: unknown; confirmed?: unknown } | undefined) ?? {};
    if (named.launch instanceof vscode.Uri) return { file: named.launch, confirmed: named.confirmed === true };
    const [{ askStart }, { readStartAnswers }, { writeLaunch }] = await Promise.all([import("../jobs/questions.ts"), import("../jobs/read-start-answers.ts"), import("./write-launch.ts")]);
    const chosen = await askStart(title, readStartAnswers(given), services);
    if (!chosen) return undefined;
    return { file: await writeLaunch(chosen), confirmed: chosen.confirmed === true };
  }

  async function start(given: unknown): Promise<JobReference | undefined> {
    const chosen = await choose("Start Fine-Tuning Job", given);
    if (!chosen) return undefined;
    const { startLaunch } = await import("./launch.ts");
    const job = await startLaunch(chosen.file, withPlans(chosen.confirmed), chosen.confirmed);
    if (!job) return undefined;
    const reference = { provider: job.provider, job: job.id };
    monitor.follow(reference);
    // Completes the walkthrough's step.
    await vscode.commands.executeCommand("setContext", "tunesmith:job", true);
    await vscode.commands.executeCommand("tunesmith.jobs.focus");
    return reference;
  }

  return vscode.Disposable.from(
    plans.disposable,
    registerCodeLenses(),
    withLanguage(dependencies),
    registerCommand("tunesmith.job.start", start, presentError),
    registerCommand("tunesmith.launch.create", async (given) => {
      const chosen = await choose("Fine-Tune", given);
      if (chosen) await vscode.window.showTextDocument(chosen.file, { preview: false });
      return chosen?.file;
    }, presentError),
    registerCommand("tunesmith.launch.check", async (given) => {
      requireTrust();
      await (await import("./launch.ts")).checkLaunch(await launchFile(given), withPlans(false));
    }, presentError),
    registerCommand("tunesmith.launch.estimate", async (given) => {
      requireTrust();
      await (await import("./launch.ts")).estimateLaunch(await launchFile(given), withPlans(false));
    }, presentError),
    registerCommand("tunesmith.dataset.upload", async (given) => {
      requireTrust();
      return (await import("./upload.ts")).uploadDataset(given instanceof vscode.Uri ? { dataset: given } : (given ?? {}), dependencies);
    }, presentError),
  );
}

/** Schemas and parsers are loaded with the first launch file, not with the extension. */
function withLanguage({ services }: DeskDependencies): vscode.Disposable {
  return withFirstOpened(launchFileEnding, async () => {
    const [{ createKnownModels }, { launchLanguage }, { registerLanguage }] = await Promise.all([import("../services/known-models.ts"), import("./language.ts"), import("../jsonc-files/register-language.ts")]);
    const known = createKnownModels(services);
    return vscode.Disposable.from(known.disposable, registerLanguage(launchLanguage(known)));
  });
}

async function launchFile(given: unknown): Promise<vscode.Uri> {
  if (given instanceof vscode.Uri) return given;
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active && isLaunchFile(active)) return active;
  const found = await vscode.workspace.findFiles(`**/*${launchFileEnding}`, "**/node_modules/**", 200);
  if (found.length === 0) throw new ActionableError("This workspace has no launch file.", [{ title: "Fine-Tune", command: "tunesmith.launch.create" }]);
  const items = found.map((file) => ({ label: vscode.workspace.asRelativePath(file), file })).sort((a, b) => a.label.localeCompare(b.label));
  const chosen = await vscode.window.showQuickPick(items, { title: "Launch File", placeHolder: "The launch file" });
  if (!chosen) throw new vscode.CancellationError();
  return chosen.file;
}

function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ActionableError("Launching a job asks a service, sends data or starts a program, so it waits until you trust this workspace.", [{ title: "Manage Workspace Trust", command: "workbench.trust.manage" }]);
}
