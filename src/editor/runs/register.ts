import * as vscode from "vscode";
import type { Ledger } from "../../jobs/launch.ts";
import { registerCommand } from "../commands.ts";
import type { PresentError } from "../present-error.ts";
import { createRunDocuments } from "./run-documents.ts";

export interface RunDependencies {
  readonly ledger: () => Promise<Ledger>;
  /** The bundle that runs in the worker. */
  readonly workerFile: URL;
  readonly presentError: PresentError;
}

/** Records of runs: what they say side by side. Everything heavy is loaded when it is first used. */
export function registerRuns(dependencies: RunDependencies): vscode.Disposable {
  const documents = createRunDocuments();
  return vscode.Disposable.from(
    documents.disposable,
    registerCommand("tunesmith.run.compare", async (given) => (await import("./compare.ts")).compareRunsOf(given, { ...dependencies, documents }), dependencies.presentError),
  );
}
