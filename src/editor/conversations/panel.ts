import * as vscode from "vscode";
import * as z from "zod";
import { nameOfTarget } from "../../dataset/targets/index.ts";
import { serve } from "../../protocol/channel.ts";
import type { ConversationPanel, ShownRecord } from "../../protocol/conversation-panel.ts";
import { runCommand } from "../commands.ts";
import { isDataset, type LintedDocuments } from "../linting/documents.ts";
import { nameOf } from "../linting/dataset-files.ts";
import { loadPage, pageOptions, panelIcon, toPort } from "../panels/webview-port.ts";
import { recordScheme } from "../records/record-address.ts";
import type { RecordFiles } from "../records/record-files.ts";
import type { RecordLines } from "../records/record-lines.ts";
import { createConversationHandlers } from "./panel-handlers.ts";

/** Names the panel in the manifest's activation events and in the state that VS Code keeps over a reload. */
export const viewType = "tunesmith.conversation";

export interface ConversationDependencies {
  readonly documents: LintedDocuments;
  readonly lines: RecordLines;
  readonly files: RecordFiles;
  readonly extensionUri: vscode.Uri;
}

/** The record that is looked at: of its dataset, or as it is being edited in a document of its own. */
interface Place {
  readonly file: vscode.Uri;
  readonly line: number;
  readonly edited?: vscode.TextDocument;
}

/** A panel that is open. There is one, which follows the cursor. */
export interface Conversation {
  readonly panel: vscode.WebviewPanel;
  show(place: Place): void;
}

/** How long the cursor rests before the panel follows it, in milliseconds. */
const pause = 80;
/** Blank lines in a row that are passed over. */
const mostBlank = 1000;

export function createConversation(viewColumn: vscode.ViewColumn, place: Place, dependencies: ConversationDependencies): Conversation {
  const panel = vscode.window.createWebviewPanel(viewType, "Conversation", { viewColumn, preserveFocus: true }, pageOptions(dependencies.extensionUri));
  return fill(panel, place, dependencies);
}

/** Fills a panel that VS Code brought back after a reload; `state` is what its page had kept. */
export function restoreConversation(panel: vscode.WebviewPanel, state: unknown, dependencies: ConversationDependencies): Conversation | undefined {
  const kept = z.object({ file: z.string(), line: z.int().min(0) }).safeParse(state);
  if (kept.success) return fill(panel, { file: vscode.Uri.parse(kept.data.file), line: kept.data.line }, dependencies);
  panel.dispose();
  return undefined;
}

/** Where the cursor of an editor is, when it is in a dataset or in a record. */
export function placeOf(editor: vscode.TextEditor | undefined, files: RecordFiles): Place | undefined {
  if (!editor) return undefined;
  const { document, selection } = editor;
  if (isDataset(document)) return { file: document.uri, line: selection.active.line };
  const record = document.uri.scheme === recordScheme ? files.find(document.uri) : undefined;
  return record && { ...record, edited: document };
}

function fill(panel: vscode.WebviewPanel, first: Place, { documents, lines, files, extensionUri }: ConversationDependencies): Conversation {
  panel.iconPath = panelIcon(extensionUri);
  let place = first;
  let timer: NodeJS.Timeout | undefined;

  async function read({ file, line, edited }: Place): Promise<ShownRecord> {
    const { target } = await documents.findTarget(file);
    const text = edited && !edited.isClosed ? edited.getText() : await lines.read(file, line);
    const facts = { file: file.toString(), name: nameOf(file), line, target: target.title };
    const { chat, counted } = await documents.client.readChat(text ?? "", nameOfTarget(target));
    const why = text === undefined ? "The file ends before this line." : text.trim() === "" ? "This line is blank." : "This is no record of a conversation, or no JSON.";
    return { ...facts, counted, ...(chat ? { chat } : { why }) };
  }
  const tell = (): void => {
    const asked = place;
    void read(asked).then((shown) => asked === place && end.emit("changed", shown), () => undefined);
  };
  const show = (next: Place): void => {
    place = next;
    clearTimeout(timer);
    timer = setTimeout(tell, pause);
  };

  async function step(direction: "next" | "previous"): Promise<void> {
    const by = direction === "next" ? 1 : -1;
    for (let line = place.line + by, blank = 0; line >= 0 && blank < mostBlank; line += by, blank++) {
      const text = await lines.read(place.file, line);
      if (text === undefined) break;
      if (text.trim() !== "") return show({ file: place.file, line });
    }
    throw new Error(`This is the ${direction === "next" ? "last" : "first"} record of ${nameOf(place.file)}.`);
  }

  const end = serve<ConversationPanel>(toPort(panel.webview), createConversationHandlers(() => read(place), {
    step,
    async edit() {
      await vscode.commands.executeCommand("workbench.action.focusFirstEditorGroup");
      await runCommand("tunesmith.record.open", place.file, place.line);
    },
  }));
  const listening = vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      const next = placeOf(textEditor, files);
      if (next && (next.line !== place.line || next.edited !== place.edited || next.file.toString() !== place.file.toString())) show(next);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      const next = placeOf(editor, files);
      if (next) show(next);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && (document === place.edited || document.uri.toString() === place.file.toString())) show(place);
    }),
    documents.onDidChangeConfiguration(tell),
    files.onDidWrite((file) => file.toString() === place.file.toString() && show(place)),
  );
  panel.onDidDispose(() => {
    clearTimeout(timer);
    end.dispose();
    listening.dispose();
  });
  loadPage(panel.webview, extensionUri, "conversation", "Conversation", { images: true });
  return { panel, show };
}
