import * as vscode from "vscode";
import type { FoundLeaks } from "../../workers/find-leaks.ts";
import { toDiagnostic } from "../linting/diagnostics.ts";

/** Findings of the last comparison, until a file changes or files are compared again. */
export interface LeakFindings extends vscode.Disposable {
  show(found: readonly FoundLeaks[]): void;
}

export function showLeaks(): LeakFindings {
  const collection = vscode.languages.createDiagnosticCollection("tunesmith-leaks");
  const changing = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (collection.has(document.uri)) collection.delete(document.uri);
  });
  return {
    show(found) {
      collection.clear();
      for (const { path, findings } of found) {
        const file = vscode.Uri.file(path);
        if (findings.length > 0) collection.set(file, findings.map((finding) => toDiagnostic(finding, file)));
      }
    },
    dispose: () => vscode.Disposable.from(collection, changing).dispose(),
  };
}
