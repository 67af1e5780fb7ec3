import * as vscode from "vscode";
import type { Ledger } from "../../jobs/launch.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import { registerCommand } from "../commands.ts";
import { ActionableError, type PresentError } from "../present-error.ts";
import type { Services } from "../services/services.ts";
import type { MigrationAnswers } from "./migrate.ts";
import type { RunDocuments } from "./run-documents.ts";

export interface RunDependencies {
  readonly services: Services;
  readonly monitor: Monitor;
  readonly ledger: () => Promise<Ledger>;
  readonly documents: RunDocuments;
  /** The bundle that runs in the worker. */
  readonly workerFile: URL;
  readonly presentError: PresentError;
}

/** Records of runs: what they say side by side, and how one is taken to another service. Everything heavy is loaded when it is first used. */
export function registerRuns(dependencies: RunDependencies): vscode.Disposable {
  const { documents } = dependencies;
  async function migrate(given: unknown): Promise<vscode.Uri | undefined> {
    requireTrust();
    const [{ migrateJob }, { readMigrationAnswers }] = await Promise.all([import("./migrate.ts"), import("./read-migration-answers.ts")]);
    return migrateJob(given, readMigrationAnswers(given) satisfies MigrationAnswers, dependencies);
  }

  return vscode.Disposable.from(
    registerCommand("tunesmith.job.migrate", migrate, dependencies.presentError),
    registerCommand("tunesmith.run.compare", async (given) => {
      requireTrust();
      return (await import("./compare.ts")).compareRunsOf(given, { ...dependencies, documents });
    }, dependencies.presentError),
  );
}

function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ActionableError("Records of runs are read and written, and services are asked, once you trust this workspace.", [{ title: "Manage Workspace Trust", command: "workbench.trust.manage" }]);
}
