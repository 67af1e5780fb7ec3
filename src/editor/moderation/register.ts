import * as vscode from "vscode";
import { registerCommand } from "../commands.ts";
import { ActionableError, type PresentError } from "../present-error.ts";
import type { FlaggedTexts } from "./flagged-texts.ts";
import type { ModerationDependencies } from "./moderate.ts";

/** *Check Content With a Moderation Model*. Its parts are loaded when it is first asked for; nothing is sent without the user's word, and nothing at all without trust. */
export function registerModeration({ presentError, ...dependencies }: Omit<ModerationDependencies, "flagged"> & { readonly presentError: PresentError }): vscode.Disposable {
  const { workerFile } = dependencies;
  const parts: vscode.Disposable[] = [];
  let opened: Promise<FlaggedTexts> | undefined;

  async function open(): Promise<FlaggedTexts> {
    const [{ createFlaggedTexts }, { createDatasetClient }] = await Promise.all([import("./flagged-texts.ts"), import("../../workers/dataset-client.ts")]);
    const client = createDatasetClient(workerFile);
    const flagged = createFlaggedTexts(client);
    parts.push(client, flagged);
    return flagged;
  }

  return vscode.Disposable.from(
    registerCommand("tunesmith.dataset.moderate", async (given) => {
      if (!vscode.workspace.isTrusted) throw new ActionableError("A check with a moderation model sends what your records say to a service, so it waits until you trust this workspace.", [{ title: "Manage Workspace Trust", command: "workbench.trust.manage" }]);
      const { moderateDataset } = await import("./moderate.ts");
      return moderateDataset(given instanceof vscode.Uri ? { dataset: given } : (given ?? {}), { ...dependencies, flagged: await (opened ??= open()) });
    }, presentError),
    new vscode.Disposable(() => parts.forEach((part) => part.dispose())),
  );
}
