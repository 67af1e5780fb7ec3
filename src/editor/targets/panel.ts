import * as vscode from "vscode";
import * as z from "zod";
import { countVerdicts, type EveryTarget } from "../../dataset/every-target.ts";
import { nameOfTarget } from "../../dataset/targets/index.ts";
import type { Position } from "../../dataset/text.ts";
import { serve } from "../../protocol/channel.ts";
import type { TargetsPanel, TargetTable } from "../../protocol/targets-panel.ts";
import { runCommand } from "../commands.ts";
import { documentOf, largestDocument, nameOf } from "../linting/dataset-files.ts";
import { originOf, type LintedDocuments } from "../linting/documents.ts";
import { loadPage, pageOptions, panelIcon, toPort } from "../panels/webview-port.ts";
import { withProgress } from "../with-progress.ts";
import { createPanelHandlers } from "./panel-handlers.ts";

/** Names the panel in the manifest's activation events and in the state that VS Code keeps over a reload. */
export const viewType = "tunesmith.targets";

export interface PanelDependencies {
  readonly documents: LintedDocuments;
  readonly extensionUri: vscode.Uri;
  /** The panel of each dataset that has one. */
  readonly open: Map<string, { readonly panel: vscode.WebviewPanel; show(every: EveryTarget): void }>;
}

/** Checks a dataset for every target and shows the table in a new tab, or in the one that it has already. Rejects with an Error for the user, or with a cancellation. */
export async function compareTargets(file: vscode.Uri, dependencies: PanelDependencies): Promise<void> {
  const every = await checkEveryTarget(file, dependencies.documents);
  const shown = dependencies.open.get(file.toString());
  if (shown) {
    shown.show(every);
    return shown.panel.reveal();
  }
  fill(vscode.window.createWebviewPanel(viewType, titleOf(file), vscode.ViewColumn.Active, pageOptions(dependencies.extensionUri)), file, Promise.resolve(every), dependencies);
}

/** Fills a panel that VS Code brought back after a reload; `state` is what its page had kept. */
export async function restoreTargets(panel: vscode.WebviewPanel, state: unknown, dependencies: PanelDependencies): Promise<void> {
  const kept = z.object({ file: z.string() }).safeParse(state);
  if (!kept.success) return panel.dispose();
  const file = vscode.Uri.parse(kept.data.file);
  fill(panel, file, checkEveryTarget(file, dependencies.documents), dependencies);
}

/** The text of a document where VS Code has one, which may not be saved; else the file on disk. */
async function checkEveryTarget(file: vscode.Uri, { client }: LintedDocuments): Promise<EveryTarget> {
  const document = documentOf(file);
  if (!document && file.scheme !== "file") throw new Error(`Cannot read ${file.toString()}: only files on disk can be checked without being opened. Open it first.`);
  const checked = document ? { text: document.getText(), origin: originOf(document) } : { path: file.fsPath };
  return withProgress(`Checking ${nameOf(file)} for every target`, (signal, show) => {
    let told = 0;
    return client.checkEveryTarget(checked, file.scheme === "file" ? file.fsPath : undefined, signal, (share) => {
      const percent = Math.floor(share * 100);
      if (percent > told) show({ message: `${percent} %`, increment: percent - told });
      told = percent;
    });
  });
}

function fill(panel: vscode.WebviewPanel, file: vscode.Uri, first: Promise<EveryTarget>, { documents, extensionUri, open }: PanelDependencies): void {
  panel.iconPath = panelIcon(extensionUri);
  let current = first;
  // What could not be found out is told to the page when it asks.
  current.catch(() => undefined);
  const table = async (): Promise<TargetTable> => {
    const every = await current;
    return { file: file.toString(), name: nameOf(file), current: nameOfTarget((await documents.findTarget(file)).target), every, counts: countVerdicts(every) };
  };
  const tell = (): void => void table().then((changed) => end.emit("changed", changed), () => undefined);
  const show = (every: EveryTarget): void => {
    current = Promise.resolve(every);
    tell();
  };
  const end = serve<TargetsPanel>(toPort(panel.webview), createPanelHandlers(table, {
    async checkAgain() {
      const every = await checkEveryTarget(file, documents).catch((error: unknown) => {
        // Who cancels keeps the table that is there.
        if (!(error instanceof vscode.CancellationError)) throw error;
      });
      if (every) show(every);
    },
    choose: (target) => Promise.resolve(runCommand("tunesmith.target.choose", file, target)),
    open: (place) => openAt(file, place, panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One),
    showRule: (rule) => Promise.resolve(runCommand("tunesmith.rule.show", rule)),
  }));
  const listening = documents.onDidChangeConfiguration(tell);
  open.set(file.toString(), { panel, show });
  panel.onDidDispose(() => {
    end.dispose();
    listening.dispose();
    if (open.get(file.toString())?.panel === panel) open.delete(file.toString());
  });
  loadPage(panel.webview, extensionUri, "targets", "Targets");
}

/** The place is shown beside the table, never over it; in the record viewer, where VS Code would give no document. */
async function openAt(file: vscode.Uri, { line, character }: Position, viewColumn: vscode.ViewColumn): Promise<void> {
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > largestDocument) return void (await runCommand("tunesmith.dataset.browse", file, line));
  const document = await vscode.workspace.openTextDocument(file);
  const position = document.validatePosition(new vscode.Position(line, character));
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position), viewColumn });
}

function titleOf(file: vscode.Uri): string {
  return `Targets: ${nameOf(file)}`;
}
