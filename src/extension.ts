import * as vscode from "vscode";
import { registerCommand } from "./editor/commands.ts";
import { registerLinting } from "./editor/linting/register.ts";
import { createPresentError } from "./editor/present-error.ts";
import { registerWalkthrough } from "./editor/walkthrough/register.ts";

/** Wires the rooms. Reads nothing and starts nothing but what the open files need. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Tunesmith", { log: true });
  const presentError = createPresentError(log);
  context.subscriptions.push(
    log,
    registerLinting({ workerFile: new URL("./lint-worker.js", import.meta.url), log, presentError }),
    registerWalkthrough({ extensionUri: context.extensionUri, state: context.workspaceState, presentError }),
    registerCommand("tunesmith.log.show", async () => log.show(), presentError),
  );
}
