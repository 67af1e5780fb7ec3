import * as vscode from "vscode";
import { registerCommand } from "../commands.ts";
import type { PresentError } from "../present-error.ts";

export interface WalkthroughDependencies {
  readonly extensionUri: vscode.Uri;
  /** Remembers that the walkthrough was shown in this workspace. */
  readonly state: vscode.Memento;
  readonly presentError: PresentError;
}

const shownKey = "walkthrough.shown";

/** The walkthrough, and the sample workspace that it is about. */
export function registerWalkthrough({ extensionUri, state, presentError }: WalkthroughDependencies): vscode.Disposable {
  const open = async (): Promise<void> => {
    await vscode.commands.executeCommand("workbench.action.openWalkthrough", "tunesmith.tunesmith#cycle", true);
  };
  void openOnce(state, open).catch(presentError);
  return vscode.Disposable.from(
    registerCommand("tunesmith.walkthrough.open", open, presentError),
    registerCommand("tunesmith.sample.open", () => openSample(extensionUri), presentError),
  );
}

/** A workspace with the marker file is the sample: there the walkthrough, beside the dataset that the marker names, is what the user came for. */
async function openOnce(state: vscode.Memento, openWalkthrough: () => Promise<void>): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder || state.get<boolean>(shownKey)) return;
  let named: string;
  try {
    named = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, ".tunesmith", "walkthrough"))).trim();
  } catch {
    return;
  }
  await state.update(shownKey, true);
  const dataset = vscode.Uri.joinPath(folder.uri, named);
  const inside = dataset.path.startsWith(`${folder.uri.path}/`) && /\.jsonl$/.test(named);
  if (inside) await vscode.window.showTextDocument(dataset, { preview: false });
  await openWalkthrough();
}

/** Copies the sample to a folder of the user's choice and opens it; a folder of the same name is never overwritten. */
async function openSample(extensionUri: vscode.Uri): Promise<void> {
  const [parent] = (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, canSelectMany: false, openLabel: "Create Sample Here", title: "Where to create the folder tunesmith-sample" })) ?? [];
  if (!parent) return;
  const folder = vscode.Uri.joinPath(parent, "tunesmith-sample");
  await vscode.workspace.fs.copy(vscode.Uri.joinPath(extensionUri, "media", "sample"), folder, { overwrite: false });
  await vscode.commands.executeCommand("vscode.openFolder", folder);
}
