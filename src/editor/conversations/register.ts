import * as vscode from "vscode";
import { registerCommand } from "../commands.ts";
import { activeFile } from "../linting/dataset-files.ts";
import type { PresentError } from "../present-error.ts";
import type { ViewedLines } from "../viewer/viewed-lines.ts";
import type { Conversation, ConversationDependencies } from "./panel.ts";

/** The record at the cursor as a chat, in a panel that follows the cursor. Its parts are loaded when it is first asked for. */
export function registerConversations({ presentError, viewed, ...dependencies }: ConversationDependencies & { readonly viewed: Pick<ViewedLines, "line">; readonly presentError: PresentError }): vscode.Disposable {
  let open: Conversation | undefined;
  const keep = (conversation: Conversation | undefined): void => {
    open = conversation;
    conversation?.panel.onDidDispose(() => open === conversation && (open = undefined));
  };
  const show = async (given: unknown, wanted: unknown): Promise<void> => {
    const { createConversation, placeOf } = await import("./panel.ts");
    const atCursor = placeOf(vscode.window.activeTextEditor, dependencies.files);
    const file = given instanceof vscode.Uri ? given : activeFile();
    // Menus hand over other things in these places.
    const place = typeof wanted === "number" && file ? { file, line: wanted } : (atCursor ?? (file && { file, line: viewed.line(file) ?? 0 }));
    if (!place) throw new Error("No dataset is open. Open a JSONL file, and put the cursor on a record.");
    if (!open) return keep(createConversation(vscode.ViewColumn.Beside, place, dependencies));
    open.show(place);
    open.panel.reveal(undefined, true);
  };
  // The panel is not disposed with the extension: VS Code keeps it over a reload and hands it to the serializer.
  return vscode.Disposable.from(
    registerCommand("tunesmith.record.chat", show, presentError),
    vscode.window.registerWebviewPanelSerializer("tunesmith.conversation", {
      deserializeWebviewPanel: async (panel, state) => keep((await import("./panel.ts")).restoreConversation(panel, state, dependencies)),
    }),
  );
}
