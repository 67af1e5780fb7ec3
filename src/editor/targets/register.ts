import * as vscode from "vscode";
import { registerCommand } from "../commands.ts";
import { activeFile } from "../linting/dataset-files.ts";
import type { LintedDocuments } from "../linting/documents.ts";
import type { PresentError } from "../present-error.ts";
import type { PanelDependencies } from "./panel.ts";

export interface TargetsDependencies {
  readonly documents: LintedDocuments;
  readonly extensionUri: vscode.Uri;
  readonly presentError: PresentError;
}

/** The table of which targets take a dataset. Its parts are loaded when it is first asked for. */
export function registerTargets({ documents, extensionUri, presentError }: TargetsDependencies): vscode.Disposable {
  const dependencies: PanelDependencies = { documents, extensionUri, open: new Map() };
  const compare = async (given: unknown): Promise<void> => {
    const file = given instanceof vscode.Uri ? given : activeFile();
    if (!file) throw new Error("No dataset is open. Open a JSONL file, or choose Check for Every Target on one in the Explorer.");
    await (await import("./panel.ts")).compareTargets(file, dependencies);
  };
  // The panels are not disposed with the extension: VS Code keeps them over a reload and hands them to the serializer.
  return vscode.Disposable.from(
    registerCommand("tunesmith.target.compare", compare, presentError),
    vscode.window.registerWebviewPanelSerializer("tunesmith.targets", {
      deserializeWebviewPanel: async (panel, state) => (await import("./panel.ts")).restoreTargets(panel, state, dependencies),
    }),
  );
}
