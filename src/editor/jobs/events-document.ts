import * as vscode from "vscode";
import type { JobReference } from "../../jobs/job.ts";
import { toLogLine } from "../../jobs/log-line.ts";
import type { Monitor } from "../../jobs/monitor.ts";
import type { Services } from "../services/services.ts";

const scheme = "tunesmith-events";

/** The address of a job's events as a document. */
export function eventsUri({ provider, job }: JobReference): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${job}.log`, query: provider });
}

function toReference(uri: vscode.Uri): JobReference {
  return { provider: uri.query, job: uri.path.slice(1, -".log".length) };
}

/** Opens a job's events: a document that can be searched and copied, and that follows the job while it is open. */
export async function showEvents(job: JobReference): Promise<void> {
  const document = await vscode.workspace.openTextDocument(eventsUri(job));
  const last = new vscode.Position(document.lineCount - 1, 0);
  await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, "log"), { preview: true, selection: new vscode.Range(last, last) });
}

/** Gives those documents their text. */
export function registerEventDocuments({ services, monitor }: { services: Services; monitor: Monitor }): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const stop = monitor.onDidChange((service) => {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme && uri.query === service) changed.fire(uri);
  });
  const documents = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    async provideTextDocumentContent(uri, token) {
      const { provider, job } = toReference(uri);
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      try {
        const service = await services.open(provider, abort.signal);
        const events = (await service.provider.listEvents?.(job, abort.signal)) ?? [];
        return events.length === 0 ? `${job} has no events.\n` : events.map(toLogLine).join("");
      } catch (error) {
        return `The events of ${job} cannot be had: ${error instanceof Error ? error.message : String(error)}\n`;
      }
    },
  });
  return vscode.Disposable.from(changed, documents, new vscode.Disposable(stop));
}
