import * as vscode from "vscode";

/** Tells the progress: what is done now, and how many of a hundred parts have been done since the last time. */
export type Show = (update: { readonly message: string; readonly increment?: number }) => void;

/** Shows a notification while `act` is under way; its cancel button aborts the signal with VS Code's own CancellationError, which is no failure. */
export function withProgress<Result>(title: string, act: (signal: AbortSignal, show: Show) => Promise<Result>): Thenable<Result> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    const cancelling = token.onCancellationRequested(() => controller.abort(new vscode.CancellationError()));
    try {
      return await act(controller.signal, (update) => progress.report(update));
    } finally {
      cancelling.dispose();
    }
  });
}
