import * as vscode from "vscode";

/** Documents of this scheme are the rules' pages, which ship with the extension: `tunesmith-rule:/unknown-role.md`. The manifest has them opened as rendered Markdown. */
const scheme = "tunesmith-rule";

/** The address of a rule's page. Made once: a thousand diagnostics ask for it after one key. */
export function pageOf(rule: string): vscode.Uri {
  let page = pages.get(rule);
  if (!page) pages.set(rule, (page = vscode.Uri.from({ scheme, path: `/${rule}.md` })));
  return page;
}

const pages = new Map<string, vscode.Uri>();

/** Gives the rules' pages to VS Code. They are documents of their own scheme, so that nobody can edit them and each has one address, wherever the extension lies. */
export function registerRulePages(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent({ path }) {
      const name = path.slice(1);
      // The address may come from anywhere; only a rule's name leads to a file.
      if (!/^[a-z\d-]+\.md$/.test(name)) throw new Error(`${path} is no rule's page.`);
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "dist", "rules", name)));
    },
  });
}

/** Shows the page of a rule; without its id, asks for one. */
export async function showRule(rule: string | undefined): Promise<void> {
  const id = rule ?? (await askRule());
  if (id !== undefined) await vscode.commands.executeCommand("vscode.open", pageOf(id));
}

async function askRule(): Promise<string | undefined> {
  const { ruleFacts } = await import("../../dataset/rules/index.ts");
  const items = ruleFacts.map(({ id, severity, summary }) => ({ label: id, description: severity, detail: summary }));
  return (await vscode.window.showQuickPick(items, { title: "Show Rule", placeHolder: "What Tunesmith looks for in a dataset", matchOnDetail: true }))?.label;
}
