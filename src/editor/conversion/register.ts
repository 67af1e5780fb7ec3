import * as vscode from "vscode";
import { registerCommand } from "../commands.ts";
import type { PresentError } from "../present-error.ts";
import { createPreviews } from "./previews.ts";

export interface ConversionDependencies {
  /** The bundle that runs in the worker. */
  readonly workerFile: URL;
  readonly presentError: PresentError;
}

/** Conversion of datasets and tables. Everything heavy is loaded when it is first used. */
export function registerConversion({ workerFile, presentError }: ConversionDependencies): vscode.Disposable {
  const previews = createPreviews();
  const ask = (message: string, ...actions: readonly string[]): Thenable<string | undefined> => vscode.window.showInformationMessage(message, ...actions);
  return vscode.Disposable.from(
    previews,
    registerCommand("tunesmith.dataset.convert", async (given) => (await import("./convert-dataset.ts")).convertDataset(given, { workerFile, previews, ask }), presentError),
  );
}
