import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";

/** Tells the progress: what is done now, and how many of a hundred parts have been done since the last time. */
export type Show = (update: { readonly message: string; readonly increment?: number }) => void;

/**
 * What takes less than this, in milliseconds, shows nothing. It is not only calmer: VS Code shows no further notification for a while when
 * several have come at once, and the one that is lost might be an error.
 */
const unnoticed = 700;

/** Shows a notification while `act` is under way; its cancel button, or `outer`, aborts the signal with VS Code's own CancellationError, which is no failure. */
export async function withProgress<Result>(title: string, act: (signal: AbortSignal, show: Show) => Promise<Result>, outer?: AbortSignal): Promise<Result> {
  const controller = new AbortController();
  const abort = (): void => controller.abort(new vscode.CancellationError());
  if (outer?.aborted) abort();
  // The controller ends with this act; a caller's signal may last longer.
  outer?.addEventListener("abort", abort, { signal: controller.signal });
  let progress: vscode.Progress<{ message: string; increment?: number }> | undefined;
  let message = "";
  let increment = 0;
  const acting = act(controller.signal, (update) => {
    message = update.message;
    if (progress) progress.report(update);
    else increment += update.increment ?? 0;
  });
  const patience = new AbortController();
  const ended = await Promise.race([
    acting.then(() => true, () => true),
    delay(unnoticed, false, { signal: patience.signal }).catch(() => false),
  ]);
  patience.abort();
  if (ended) return acting;
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (shown, token) => {
    progress = shown;
    if (message !== "") shown.report({ message, increment });
    const cancelling = token.onCancellationRequested(() => controller.abort(new vscode.CancellationError()));
    try {
      return await acting;
    } finally {
      cancelling.dispose();
    }
  });
}
