import * as vscode from "vscode";
import { registerCommand, runCommand } from "../commands.ts";
import { ActionableError } from "../present-error.ts";
import { localId } from "../../launch/local-id.ts";
import type { KeptReports } from "./kept-reports.ts";
import type { Choices, EvaluationDependencies } from "./choices.ts";
import { showEvaluations } from "./evaluations-view.ts";
import { createKnownReports } from "./known-reports.ts";
import { createLatestResults } from "./latest-results.ts";
import { showResultMarks, toggleResultMarks } from "./result-marks.ts";
import type { RunRecordDependencies } from "./run-record.ts";
import { showOnceEvaluated } from "./test-explorer.ts";

/** Evaluations and their reports. Everything heavy is loaded when it is first used. */
export function registerEvaluation(dependencies: EvaluationDependencies & Pick<RunRecordDependencies, "documents" | "lines" | "files" | "viewed" | "state"> & { readonly reports: KeptReports }): vscode.Disposable {
  const { presentError, services, setUp, documents, reports } = dependencies;
  const running = new Set<string>();
  const agreed = new Set<string>();
  const open = new Map<string, vscode.WebviewPanel>();
  const panels = {
    ...dependencies,
    providerTitle: (id: string) => services.list().find((each) => each.id === id)?.title ?? id,
    runAgain: async (plan: vscode.Uri) => void (await runCommand("tunesmith.plan.run", plan)),
    evaluateAgain: async (choices: Choices) => void (await runCommand("tunesmith.model.evaluate", choices)),
  };

  /** Local models need this machine to be ready, others the user's word. */
  async function mayAsk(choices: Choices): Promise<boolean> {
    if (choices.provider === localId) return setUp();
    return choices.confirmed === true || agrees(choices, panels.providerTitle(choices.provider));
  }

  async function evaluate(given: unknown): Promise<vscode.Uri | undefined> {
    requireTrust();
    const [{ askChoices }, { readAnswers }, work, { showReport }] = await Promise.all([import("./questions.ts"), import("./read-answers.ts"), import("./evaluate.ts"), import("./panel.ts")]);
    const choices = await askChoices(readAnswers(given), dependencies);
    if (!choices || !(await mayAsk(choices))) return undefined;
    const report = await work.evaluate(choices, dependencies, running);
    reports.saved();
    await dependencies.evaluated?.(report).catch(presentError);
    await showReport(report, open, panels);
    // Completes the walkthrough's step.
    await vscode.commands.executeCommand("setContext", "tunesmith:evaluation", true);
    return report;
  }

  async function openReport(report: vscode.Uri | undefined): Promise<void> {
    const [{ chooseReport }, { showReport }] = await Promise.all([import("./choose-report.ts"), import("./panel.ts")]);
    const chosen = report instanceof vscode.Uri ? report : await chooseReport(known);
    if (chosen) await showReport(chosen, open, panels);
  }

  // The panels are not disposed with the extension: VS Code keeps them over a reload and hands them to the serializer.
  const known = createKnownReports();
  const view = showEvaluations({ reports, known, presentError });
  const results = createLatestResults({ reports, known, workerFile: dependencies.workerFile });
  return vscode.Disposable.from(
    view.disposable,
    results.disposable,
    showResultMarks({ results, onDidChange: reports.onDidChange, presentError }),
    showOnceEvaluated({
      reports, known, workerFile: dependencies.workerFile, log: dependencies.log,
      runPlan: (plan, signal) => runCommand("tunesmith.plan.run", { plan, signal }), evaluate: (choices, signal) => runCommand("tunesmith.model.evaluate", { ...choices, signal }),
    }),
    ...(["tunesmith.record.run", "tunesmith.record.runWith"] as const).map((command) => registerCommand(command, async (given) => {
      requireTrust();
      return (await import("./run-record.ts")).runRecord(given, command === "tunesmith.record.runWith", { ...dependencies, agreed });
    }, presentError)),
    registerCommand("tunesmith.evaluation.toggleResults", toggleResultMarks, presentError),
    registerCommand("tunesmith.evaluation.loadMore", async () => view.showMore(), presentError),
    registerCommand("tunesmith.model.evaluate", evaluate, presentError),
    registerCommand("tunesmith.evaluation.open", openReport, presentError),
    registerCommand("tunesmith.evaluation.compare", async (given) => (await import("./compare-earlier.ts")).compareWithEarlierRun(given, { documents, known, workerFile: dependencies.workerFile }), presentError),
    vscode.window.registerWebviewPanelSerializer("tunesmith.evaluation", {
      deserializeWebviewPanel: async (panel, state) => (await import("./panel.ts")).restoreReport(panel, state, open, panels),
    }),
  );
}

/** A service bills what its models are asked. */
async function agrees({ testFile, base, tuned }: Choices, service: string): Promise<boolean> {
  const detail = `Both models, ${base} and ${tuned}, answer every record of ${vscode.workspace.asRelativePath(testFile)}. ${service} bills the tokens at its current price. Answers are kept: what is answered is not asked again.`;
  return (await vscode.window.showInformationMessage(`Evaluate at ${service}?`, { modal: true, detail }, "Evaluate")) === "Evaluate";
}

function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ActionableError("An evaluation sends test records to a model, so it waits until you trust this workspace.", [{ title: "Manage Workspace Trust", command: "workbench.trust.manage" }]);
}
