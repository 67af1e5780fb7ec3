import * as vscode from "vscode";
import { planFileEnding } from "../../evaluation/plan-file/file-name.ts";
import type { PlanService } from "../../evaluation/plan-file/surroundings.ts";
import { editorId } from "../../launch/editor-id.ts";
import { registerCommand, runCommand } from "../commands.ts";
import { withFirstOpened } from "../jsonc-files/first-opened.ts";
import { isNamed } from "../jsonc-files/language.ts";
import { ActionableError, type PresentError } from "../present-error.ts";
import type { KnownModels } from "../services/known-models.ts";
import type { NamedService, Services } from "../services/services.ts";
import { registerCodeLenses } from "./code-lenses.ts";
import type { PlanDependencies } from "./run-plan.ts";

/** Evaluation plans: their commands at once; what looks into them when the first is opened, or run. */
export function registerPlans(dependencies: PlanDependencies & { readonly presentError: PresentError; /** Is told that a report was saved. */ readonly saved: () => void }): vscode.Disposable {
  const { services, presentError } = dependencies;

  async function run(given: unknown): Promise<vscode.Uri | undefined> {
    requireTrust();
    const named = (given as { plan?: unknown; confirmed?: unknown; signal?: unknown } | undefined) ?? {};
    const file = named.plan instanceof vscode.Uri ? named.plan : await planFile(given);
    const ran = await (await import("./run-plan.ts")).runPlanFile(file, dependencies, named.confirmed === true, named.signal instanceof AbortSignal ? named.signal : undefined);
    if (!ran) return undefined;
    dependencies.saved();
    await runCommand("tunesmith.evaluation.open", ran);
    return ran;
  }

  return vscode.Disposable.from(
    registerCodeLenses(),
    // Schemas and parsers are loaded with the first plan, not with the extension.
    withFirstOpened(planFileEnding, async () => {
      const [{ createKnownModels }, { planLanguage }, { registerLanguage }, { batchOfferOf }] = await Promise.all([import("../services/known-models.ts"), import("./language.ts"), import("../jsonc-files/register-language.ts"), import("../../providers/batch-offer.ts")]);
      const known = createKnownModels(services);
      return vscode.Disposable.from(known.disposable, registerLanguage(planLanguage({ ...known, services: async () => withAnswering(await known.services(), services.list(), known.listed, (named) => batchOfferOf(named) !== undefined) })));
    }),
    registerCommand("tunesmith.plan.run", run, presentError),
    registerCommand("tunesmith.plan.check", async (given) => {
      requireTrust();
      await (await import("./run-plan.ts")).checkPlanFile(await planFile(given), dependencies);
    }, presentError),
  );
}

/** Besides the services at which models are tuned those that only answer; each with whether it answers batches. */
function withAnswering(tuning: readonly PlanService[], all: ReturnType<Services["list"]>, listed: KnownModels["listed"], offers: (service: NamedService) => boolean): readonly PlanService[] {
  const answering = all.filter(({ id }) => id === editorId && !tuning.some((each) => each.id === id));
  return [...tuning, ...answering.map(({ id, title }) => ({ id, title, likelihoods: false, ...withModels(listed(id)) }))].map((each) => ({ ...each, batches: all.some((named) => named.id === each.id && offers(named)) }));
}

function withModels(models: PlanService["models"]): Pick<PlanService, "models"> {
  return models ? { models } : {};
}

async function planFile(given: unknown): Promise<vscode.Uri> {
  if (given instanceof vscode.Uri) return given;
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active && isNamed(active, planFileEnding)) return active;
  const found = await vscode.workspace.findFiles(`**/*${planFileEnding}`, "**/node_modules/**", 200);
  if (found.length === 0) throw new Error(`This workspace has no evaluation plan: a file whose name ends with ${planFileEnding}.`);
  const items = found.map((file) => ({ label: vscode.workspace.asRelativePath(file), file })).sort((a, b) => a.label.localeCompare(b.label));
  const chosen = await vscode.window.showQuickPick(items, { title: "Evaluation Plan", placeHolder: "The evaluation plan" });
  if (!chosen) throw new vscode.CancellationError();
  return chosen.file;
}

function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ActionableError("An evaluation plan sends test records to models, so it waits until you trust this workspace.", [{ title: "Manage Workspace Trust", command: "workbench.trust.manage" }]);
}
