import * as vscode from "vscode";
import { registerCommand } from "../commands.ts";
import type { PresentError } from "../present-error.ts";
import { activeFile } from "../linting/dataset-files.ts";
import type { LintedDocuments } from "../linting/documents.ts";
import type { ScoringDependencies, UnlikelyAnswers } from "./find-unlikely.ts";
import type { PanelDependencies } from "./panel.ts";

export interface InsightsDependencies extends ScoringDependencies {
  readonly documents: LintedDocuments;
  readonly extensionUri: vscode.Uri;
  readonly presentError: PresentError;
}

/** The panel of what the records of a dataset are like. Its parts are loaded when it is first asked for. */
export function registerInsights({ presentError, ...needed }: InsightsDependencies): vscode.Disposable {
  const dependencies: PanelDependencies = { ...needed, open: new Map() };
  const show = async (given: unknown, other?: unknown): Promise<void> => {
    const file = given instanceof vscode.Uri ? given : activeFile();
    if (!file) throw new Error("No dataset is open. Open a JSONL file, or choose Show Insights on one in the Explorer.");
    // The Explorer hands over all that are selected.
    const pair = Array.isArray(other) && other.length === 2 && other.every((each) => each instanceof vscode.Uri) ? other : other instanceof vscode.Uri ? [file, other] : [file];
    await (await import("./panel.ts")).showInsights(pair, dependencies);
  };
  const find = async (given: UnlikelyAnswers | vscode.Uri | undefined): Promise<void> => {
    const [{ findUnlikely, readUnlikelyAnswers }, { showInsights }] = await Promise.all([import("./find-unlikely.ts"), import("./panel.ts")]);
    const found = await findUnlikely(readUnlikelyAnswers(given), dependencies);
    if (found) await showInsights([found.file], dependencies, found.scored);
  };
  // The panels are not disposed with the extension: VS Code keeps them over a reload and hands them to the serializer.
  return vscode.Disposable.from(
    registerCommand("tunesmith.dataset.insights", show, presentError),
    registerCommand("tunesmith.dataset.findUnlikely", find, presentError),
    vscode.window.registerWebviewPanelSerializer("tunesmith.insights", {
      deserializeWebviewPanel: async (panel, state) => (await import("./panel.ts")).restoreInsights(panel, state, dependencies),
    }),
  );
}
