import * as vscode from "vscode";
import type { PresentError } from "./present-error.ts";

/** Every command that the manifest contributes, with the arguments it takes. All are optional: without them the command asks. */
export interface Commands {
  "tunesmith.dataset.check": (file?: vscode.Uri) => Promise<void>;
  "tunesmith.dataset.fix": (file?: vscode.Uri) => Promise<void>;
  "tunesmith.sample.open": () => Promise<void>;
  "tunesmith.walkthrough.open": () => Promise<void>;
  "tunesmith.log.show": () => Promise<void>;
}

/** Registers one command of the manifest; what its handler throws reaches the user through `presentError` and nowhere else. */
export function registerCommand<Id extends keyof Commands>(id: Id, handler: Commands[Id], presentError: PresentError): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...parameters: unknown[]) => {
    try {
      return await (handler as (...values: unknown[]) => Promise<unknown>)(...parameters);
    } catch (error) {
      presentError(error);
      return undefined;
    }
  });
}

/** Runs one of Tunesmith's commands with checked arguments. */
export function runCommand<Id extends keyof Commands>(id: Id, ...parameters: Parameters<Commands[Id]>): Thenable<Awaited<ReturnType<Commands[Id]>>> {
  return vscode.commands.executeCommand(id, ...parameters);
}
