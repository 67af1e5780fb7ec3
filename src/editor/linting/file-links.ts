import * as vscode from "vscode";
import type { LintedDocuments } from "./documents.ts";

/** Links of a dataset to the pictures and other files that its records name, by the folder that the dataset lies in. A document that lies nowhere has none. */
export function createFileLinks(documents: Pick<LintedDocuments, "client">): vscode.DocumentLinkProvider {
  return {
    async provideDocumentLinks(document, token) {
      if (document.uri.scheme === "untitled") return [];
      const { version, links } = await documents.client.findFileLinks(document.uri.toString());
      if (token.isCancellationRequested || version !== document.version) return [];
      return links.map(({ line, start, end, path }) => {
        const link = new vscode.DocumentLink(new vscode.Range(line, start, line, end), toUri(path, document.uri));
        link.tooltip = "Open the file that the record names";
        return link;
      });
    },
  };
}

/** Where a record's path leads: from the root of this machine, else from the dataset's folder. */
function toUri(path: string, dataset: vscode.Uri): vscode.Uri {
  if (dataset.scheme === "file" && /^(?:[\\/]|[a-z]:[\\/])/i.test(path)) return vscode.Uri.file(path);
  return vscode.Uri.joinPath(dataset, "..", ...path.split(/[\\/]/));
}
