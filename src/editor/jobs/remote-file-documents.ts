import * as vscode from "vscode";
import type { RemoteFile } from "../../jobs/remote-file.ts";
import type { Services } from "../services/services.ts";
import { readStart } from "./read-start.ts";

/** The scheme of documents that show files at services: nothing checks or changes them. */
export const remoteFileScheme = "tunesmith-remote";

/** The address of a file at a service as a document; with a job, of what that job left behind. */
export function remoteFileUri(provider: string, { id, name }: Pick<RemoteFile, "id" | "name">, job?: string): vscode.Uri {
  // A service's name for a file is no path.
  return vscode.Uri.from({ scheme: remoteFileScheme, path: `/${name.replaceAll(/[\\/]/g, "-") || "file"}`, query: JSON.stringify([provider, id, ...(job === undefined ? [] : [job])]) });
}

/** Gives those documents their text, read-only. */
export function registerRemoteFileDocuments(services: Services): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(remoteFileScheme, {
    async provideTextDocumentContent({ query }, token) {
      const [provider, id, job] = JSON.parse(query) as [string, string, string?];
      const abort = new AbortController();
      const cancelling = token.onCancellationRequested(() => abort.abort());
      try {
        const service = (await services.open(provider, abort.signal)).provider;
        const download = await (job === undefined ? service.readFile?.(id, abort.signal) : service.download?.(job, id, abort.signal));
        return download ? await readStart(download) : `${service.title} lets its files not be read.\n`;
      } catch (error) {
        return `The file ${id} cannot be had: ${error instanceof Error ? error.message : String(error)}\n`;
      } finally {
        cancelling.dispose();
        abort.abort();
      }
    },
  });
}
