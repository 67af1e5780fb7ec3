import * as vscode from "vscode";

/** Documents of this scheme say what a launch file comes to: `tunesmith-plan:/banking.md`. The manifest has them opened as rendered Markdown. */
const scheme = "tunesmith-plan";

/** Shows texts as documents that nobody can edit; each launch file has one. */
export interface PlanDocuments {
  show(launchFile: vscode.Uri, text: string): Promise<void>;
  readonly disposable: vscode.Disposable;
}

export function createPlanDocuments(): PlanDocuments {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? "Estimate the launch file again: what it comes to is not kept over a restart.\n",
  });
  return {
    disposable: vscode.Disposable.from(changed, provider),
    async show(launchFile, text) {
      const uri = vscode.Uri.from({ scheme, path: `${launchFile.path.replace(/\.finetune\.jsonc$/, "")}.md` });
      texts.set(uri.toString(), text);
      changed.fire(uri);
      await vscode.commands.executeCommand("vscode.open", uri, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: true });
    },
  };
}
