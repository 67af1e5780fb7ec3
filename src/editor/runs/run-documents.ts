import * as vscode from "vscode";

/** Documents of this scheme say how two runs differ: `tunesmith-runs:/1/even.md`. The manifest has them opened as rendered Markdown. */
const scheme = "tunesmith-runs";

/** Shows comparisons as documents that nobody can edit. */
export interface RunDocuments {
  show(name: string, text: string, column?: vscode.ViewColumn): Promise<vscode.Uri>;
  readonly disposable: vscode.Disposable;
}

export function createRunDocuments(): RunDocuments {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "Compare the runs again: what was shown is not kept over a restart.\n",
  });
  return {
    disposable: vscode.Disposable.from(changed, provider),
    async show(name, text, column) {
      const uri = vscode.Uri.from({ scheme, path: `/${name.replaceAll("/", "-")}.md` });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      await vscode.commands.executeCommand("vscode.open", uri, { preview: true, ...(column === undefined ? {} : { viewColumn: column }) });
      return uri;
    },
  };
}
