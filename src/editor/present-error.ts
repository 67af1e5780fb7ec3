import * as vscode from "vscode";
import { ProviderError, type ProviderErrorKind } from "../jobs/provider.ts";

/** Shows a failure to the user: the one place where an error gets a face. */
export type PresentError = (error: unknown) => void;

/** An error that carries what the user can do about it: the title of a button and the command behind it. */
export class ActionableError extends Error {
  override readonly name = "ActionableError";
  readonly actions: readonly vscode.Command[];

  constructor(message: string, actions: readonly vscode.Command[], options?: { cause?: unknown }) {
    super(message, options);
    this.actions = actions;
  }
}

/** What a user can do about each kind of a service's refusal. */
const remedies: Partial<Readonly<Record<ProviderErrorKind, readonly vscode.Command[]>>> = {
  unauthorised: [{ title: "Set API Key", command: "tunesmith.key.set" }],
  "training-not-available": [{ title: "Choose Another Provider", command: "tunesmith.job.start" }],
};

/** Errors go to the log whole and to the user as one sentence; a cancelled act is no error. */
export function createPresentError(log: vscode.LogOutputChannel): PresentError {
  return (error) => {
    if (error instanceof vscode.CancellationError || (error instanceof Error && error.name === "AbortError")) return;
    const message = error instanceof Error ? error.message : String(error);
    log.error(error instanceof Error ? error : message);
    const actions = error instanceof ActionableError ? error.actions : error instanceof ProviderError ? (remedies[error.kind] ?? []) : [];
    void vscode.window.showErrorMessage(message, ...actions.map((action) => action.title), "Show Log").then((chosen) => {
      if (chosen === "Show Log") return log.show();
      const action = actions.find(({ title }) => title === chosen);
      return action && vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
    });
  };
}
