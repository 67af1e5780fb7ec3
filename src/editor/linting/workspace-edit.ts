import * as vscode from "vscode";
import type { Edit } from "../../dataset/text.ts";
import { toRange } from "./documents.ts";

/** Edits of one document as one step to undo. A suggestion, which is no safe fix, is shown under its title before it is applied. */
export function toWorkspaceEdit(uri: vscode.Uri, edits: readonly Edit[], suggestion?: string): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  const metadata = suggestion === undefined ? undefined : { needsConfirmation: true, label: suggestion };
  for (const { range, text } of edits) edit.replace(uri, toRange({ range }), text, metadata);
  return edit;
}
