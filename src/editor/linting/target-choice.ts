import * as vscode from "vscode";
import { nameOfTarget, targetNamed } from "../../dataset/targets/index.ts";
import type { Target } from "../../dataset/targets/target.ts";

/** What a file is checked for, and who said so. */
export interface ChosenTarget {
  readonly target: Target;
  readonly by: "setting" | "choice" | "configuration" | "default";
}

/** For which target each file is checked: the setting `tunesmith.target` where it is written, else what was chosen for the file's folder. */
export interface TargetChoice extends vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  /** `undefined` where nobody chose: then the file's `tunesmith.jsonc` counts. */
  of(file: vscode.Uri): ChosenTarget | undefined;
  /**
   * Checks the file's folder for `target` from now on. Where the setting is written, it is written anew for this folder, because it wins;
   * else the choice is remembered in this workspace, so that a click in the status bar puts no file into anybody's repository.
   */
  choose(file: vscode.Uri, target: Target): Promise<void>;
}

const section = "tunesmith";

/** `remembered` keeps the choices of this workspace. */
export function createTargetChoice(remembered: vscode.Memento): TargetChoice {
  const changed = new vscode.EventEmitter<void>();
  const listening = vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(`${section}.target`) && changed.fire());
  return {
    onDidChange: changed.event,
    of(file) {
      const set = targetNamed(writtenSetting(file));
      if (set) return { target: set, by: "setting" };
      const chosen = targetNamed(remembered.get(keyOf(file)));
      return chosen && { target: chosen, by: "choice" };
    },
    async choose(file, target) {
      const name = nameOfTarget(target);
      if (writtenSetting(file) === undefined) {
        await remembered.update(keyOf(file), name);
        changed.fire();
      } else await vscode.workspace.getConfiguration(section, file).update("target", name, levelOf(file));
    },
    dispose: () => vscode.Disposable.from(listening, changed).dispose(),
  };
}

/** What somebody wrote for this file, be it a target's name or not; the setting's default counts as not written. */
function writtenSetting(file: vscode.Uri): unknown {
  const levels = vscode.workspace.getConfiguration(section, file).inspect<unknown>("target");
  return levels?.workspaceFolderValue ?? levels?.workspaceValue ?? levels?.globalValue;
}

function levelOf(file: vscode.Uri): vscode.ConfigurationTarget {
  if (vscode.workspace.getWorkspaceFolder(file)) return vscode.ConfigurationTarget.WorkspaceFolder;
  return vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
}

/** A file outside of the workspace's folders has the choice of the folder in which it lies. */
function keyOf(file: vscode.Uri): string {
  return `target ${(vscode.workspace.getWorkspaceFolder(file)?.uri ?? vscode.Uri.joinPath(file, "..")).toString()}`;
}
