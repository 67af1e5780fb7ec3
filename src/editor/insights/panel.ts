import * as vscode from "vscode";
import * as z from "zod";
import { describeSelection, linesOf } from "../../dataset/insight/charts.ts";
import { serve } from "../../protocol/channel.ts";
import type { ScoredFile } from "../../evaluating/score-file.ts";
import type { InsightsPanel, InsightsView, ShowRequest } from "../../protocol/insights-panel.ts";
import { runCommand } from "../commands.ts";
import { nameOf } from "../linting/dataset-files.ts";
import type { LintedDocuments } from "../linting/documents.ts";
import { stampOf } from "../linting/file-stamp.ts";
import { loadPage, pageOptions, panelIcon, toPort } from "../panels/webview-port.ts";
import { saveFirst } from "../save-first.ts";
import { withProgress } from "../with-progress.ts";
import type { ScoringDependencies } from "./find-unlikely.ts";
import { toInsightsView, type ReadFile } from "./insights-view.ts";
import { createPanelHandlers } from "./panel-handlers.ts";

/** Names the panel in the manifest's activation events and in the state that VS Code keeps over a reload. */
export const viewType = "tunesmith.insights";

export interface PanelDependencies extends ScoringDependencies {
  readonly documents: LintedDocuments;
  readonly extensionUri: vscode.Uri;
  /** The panel of each dataset that has one. */
  readonly open: Map<string, { readonly panel: vscode.WebviewPanel; show(files: readonly OfDisk[], scored?: ScoredFile): void }>;
}

/** A file as it was read, and what tells whether it still is. */
interface OfDisk extends ReadFile {
  readonly uri: vscode.Uri;
  readonly stamp: string | undefined;
}

/** Reads a dataset, and another beside it where one is named, and shows what their records are like, and what a model found unlikely of the first. Rejects with an Error for the user, or with a cancellation. */
export async function showInsights(files: readonly vscode.Uri[], dependencies: PanelDependencies, scored?: ScoredFile): Promise<void> {
  const [first] = files;
  const read = first && (await readAll(files, dependencies));
  if (!first || !read) return;
  const shown = dependencies.open.get(first.toString());
  if (shown) {
    shown.show(read, scored);
    return shown.panel.reveal();
  }
  fill(vscode.window.createWebviewPanel(viewType, `Insights: ${nameOf(first)}`, vscode.ViewColumn.Active, pageOptions(dependencies.extensionUri)), first, Promise.resolve(read), dependencies, scored);
}

/** Fills a panel that VS Code brought back after a reload; `state` is what its page had kept. */
export async function restoreInsights(panel: vscode.WebviewPanel, state: unknown, dependencies: PanelDependencies): Promise<void> {
  const kept = z.object({ files: z.array(z.string()).min(1).max(2) }).safeParse(state);
  if (!kept.success) return panel.dispose();
  const files = kept.data.files.map((file) => vscode.Uri.parse(file));
  const first = files[0] as vscode.Uri;
  fill(panel, first, Promise.all(files.map((file) => readFile(file, dependencies.documents))), dependencies);
}

/** Undefined where the user keeps changes to themselves. */
async function readAll(files: readonly vscode.Uri[], { documents }: PanelDependencies): Promise<readonly OfDisk[] | undefined> {
  const foreign = files.find(({ scheme }) => scheme !== "file");
  if (foreign) throw new Error(`${nameOf(foreign)} is not on disk, and insights are of files on disk. Save it first.`);
  if (!(await saveFirst(files.map(({ fsPath }) => fsPath), false, "Insights are of what is on disk."))) return undefined;
  const read: OfDisk[] = [];
  for (const file of files) read.push(await readFile(file, documents));
  return read;
}

async function readFile(uri: vscode.Uri, documents: LintedDocuments): Promise<OfDisk> {
  const { target } = await documents.findTarget(uri);
  const stamp = await stampOf(uri);
  const found = await withProgress(`Reading ${nameOf(uri)}`, (signal, show) => {
    let told = 0;
    return documents.client.readInsights(uri.fsPath, documents.aimOf(uri), signal, (share) => {
      const percent = Math.floor(share * 100);
      if (percent > told) show({ message: `${percent} %`, increment: percent - told });
      told = percent;
    });
  });
  return { uri, file: uri.toString(), name: nameOf(uri), target, found, stamp };
}

function fill(panel: vscode.WebviewPanel, file: vscode.Uri, first: Promise<readonly OfDisk[]>, dependencies: PanelDependencies, scored?: ScoredFile): void {
  const { extensionUri, open } = dependencies;
  panel.iconPath = panelIcon(extensionUri);
  let current = first;
  let unlikely = scored;
  // What could not be read is told to the page when it asks.
  current.catch(() => undefined);
  const view = async (): Promise<InsightsView> => toInsightsView(await current, unlikely);
  const show = (files: readonly OfDisk[], found?: ScoredFile): void => {
    current = Promise.resolve(files);
    unlikely = found;
    end.emit("changed", toInsightsView(files, found));
  };
  /** Who cancels keeps what is shown. */
  const unlessCancelled = <Result>(act: Promise<Result>): Promise<Result | undefined> => act.catch((error: unknown) => {
    if (!(error instanceof vscode.CancellationError)) throw error;
    return undefined;
  });
  const read = async (files: readonly vscode.Uri[], found?: ScoredFile): Promise<void> => {
    const all = await unlessCancelled(readAll(files, dependencies));
    if (all) show(all, found);
  };
  const end = serve<InsightsPanel>(toPort(panel.webview), createPanelHandlers(view, {
    show: async (request) => showRecords(await current, request),
    async compare() {
      const [other] = (await vscode.window.showOpenDialog({ title: `Compare ${nameOf(file)} with`, openLabel: "Compare", defaultUri: vscode.Uri.joinPath(file, ".."), filters: { Datasets: ["jsonl", "jsonlines", "ndjson", "json"] } })) ?? [];
      if (other) await read([file, other]);
    },
    alone: async () => show((await current).slice(0, 1), unlikely),
    async score() {
      const found = await unlessCancelled((await import("./find-unlikely.ts")).findUnlikely({ file }, dependencies));
      if (found) await read((await current).map(({ uri }) => uri), found.scored);
    },
    openRecord: async ({ line }) => openRecord(await current, line),
    readAgain: async () => read((await current.catch(() => undefined))?.map(({ uri }) => uri) ?? [file]),
  }));
  open.set(file.toString(), { panel, show });
  panel.onDidDispose(() => {
    end.dispose();
    if (open.get(file.toString())?.panel === panel) open.delete(file.toString());
  });
  loadPage(panel.webview, extensionUri, "insights", "Insights");
}

async function openRecord([first]: readonly OfDisk[], line: number): Promise<void> {
  if (!first) throw new Error("There is no file in the panel.");
  await requireUnchanged(first);
  await runCommand("tunesmith.record.open", first.uri, line);
}

async function showRecords(files: readonly OfDisk[], { of, selection, label }: ShowRequest): Promise<void> {
  const shown = files[of];
  if (!shown) throw new Error(`There is no file ${of + 1} in the panel.`);
  const { uri, found, name } = shown;
  await requireUnchanged(shown);
  const lines = linesOf(found.insights, selection);
  if (lines.length === 0) throw new Error(`No record of ${name} belongs to this bar.`);
  await runCommand("tunesmith.dataset.browse", uri, undefined, { title: describeSelection(selection, label), lines });
}

async function requireUnchanged({ uri, stamp, name }: OfDisk): Promise<void> {
  if ((await stampOf(uri)) !== stamp) throw new Error(`${name} was changed since it was read, and its records may stand elsewhere now. Choose Read Again.`);
}
