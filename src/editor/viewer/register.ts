import * as vscode from "vscode";
import { registerCommand, runCommand } from "../commands.ts";
import { activeFile, nameOf, recordViewer } from "../linting/dataset-files.ts";
import type { FileChecks } from "../linting/file-checks.ts";
import { loadPage, toPort } from "../panels/webview-port.ts";
import type { PresentError } from "../present-error.ts";
import type { ChosenRecords, OpenFile } from "./open-file.ts";
import type { ViewedLines } from "./viewed-lines.ts";

export interface ViewerDependencies {
  /** The bundle that reads records, in a worker for each open file. */
  readonly workerFile: URL;
  readonly checks: FileChecks;
  /** Tells of a file into which a record was saved: it is shown as it is then. */
  readonly written: vscode.Event<vscode.Uri>;
  /** Is told of the records that are shown. */
  readonly viewed: Pick<ViewedLines, "note">;
  readonly extensionUri: vscode.Uri;
  readonly presentError: PresentError;
}

/** The read-only editor for datasets of any size. Its parts are loaded when the first file is opened in it. */
export function registerViewer({ workerFile, checks, written, viewed, extensionUri, presentError }: ViewerDependencies): vscode.Disposable {
  const open = new Map<string, OpenFile>();
  const toReveal = new Map<string, number>();
  const toChoose = new Map<string, ChosenRecords>();

  const provider: vscode.CustomReadonlyEditorProvider<OpenFile> = {
    async openCustomDocument(uri) {
      if (uri.scheme !== "file") throw new Error(`${nameOf(uri)} is not on disk, and only files on disk can be read record by record.`);
      const { openFile } = await import("./open-file.ts");
      const file = openFile(uri, workerFile, checks);
      const key = uri.toString();
      open.set(key, file);
      const line = toReveal.get(key);
      toReveal.delete(key);
      if (line !== undefined) file.reveal(line);
      const records = toChoose.get(key);
      toChoose.delete(key);
      if (records) file.choose(records);
      return { ...file, dispose: () => (open.delete(key), file.dispose()) };
    },
    async resolveCustomEditor(file, panel) {
      const [{ serve }, { createViewerHandlers }] = await Promise.all([import("../../protocol/channel.ts"), import("./viewer-handlers.ts")]);
      const noting: OpenFile = { ...file, record: (line, ...how) => {
        viewed.note(file.uri, line);
        return file.record(line, ...how);
      } };
      const end = serve(toPort(panel.webview), createViewerHandlers(noting, {
        openText: (line) => openText(file.uri, line),
        openRecord: async (line) => void (await runCommand("tunesmith.record.open", file.uri, line)),
        fixToNewFile: async () => void (await runCommand("tunesmith.dataset.fixToNewFile", file.uri)),
        check: async () => void (await runCommand("tunesmith.dataset.check", file.uri)),
        reload: () => file.reload(),
      }));
      const listening = vscode.Disposable.from(file.onDidChange(() => end.emit("changed", file.overview())), file.onReveal((line) => end.emit("reveal", { line })));
      panel.onDidDispose(() => {
        end.dispose();
        listening.dispose();
      });
      loadPage(panel.webview, extensionUri, "records", "Records");
    },
  };

  async function browse(given: unknown, line?: unknown, chosen?: ChosenRecords): Promise<void> {
    const file = given instanceof vscode.Uri ? given : activeFile();
    if (!file) throw new Error("No dataset is open. Open a JSONL file, or choose Open in Record Viewer on one in the Explorer.");
    // Menus hand over other things in this place.
    if (typeof line === "number" && line >= 0) {
      const shown = open.get(file.toString());
      if (shown) shown.reveal(line);
      else toReveal.set(file.toString(), line);
    }
    if (chosen?.lines instanceof Uint32Array) {
      const shown = open.get(file.toString());
      if (shown) shown.choose(chosen);
      else toChoose.set(file.toString(), chosen);
    }
    await vscode.commands.executeCommand("vscode.openWith", file, recordViewer);
  }

  return vscode.Disposable.from(
    written((file) => void open.get(file.toString())?.reload()),
    vscode.window.registerCustomEditorProvider(recordViewer, provider),
    registerCommand("tunesmith.dataset.browse", browse, presentError),
  );
}

/** The text editor is shown at the line, be there a document or not. */
async function openText(file: vscode.Uri, line: number): Promise<void> {
  await vscode.commands.executeCommand("vscode.openWith", file, "default", { selection: new vscode.Range(line, 0, line, 0), preview: false });
}
