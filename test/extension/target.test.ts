import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";

/** Ten records with a key that OpenAI refuses and TRL takes. */
const records = Array.from({ length: 10 }, (_, index) => JSON.stringify({ messages: [{ role: "user", content: `Question ${index}` }, { role: "assistant", content: "Yes." }], note: "n" })).join("\n");

describe("The target that datasets are checked for", function () {
  this.timeout(30_000);
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file("/");
  const settings = join(root.fsPath, ".vscode", "settings.json");
  const uri = vscode.Uri.joinPath(root, "aimed.jsonl");

  before(async () => {
    await writeFile(uri.fsPath, records);
    await vscode.window.showTextDocument(uri);
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(uri.fsPath, { force: true });
    await rm(join(root.fsPath, ".vscode"), { recursive: true, force: true });
  });

  const errors = (): number => vscode.languages.getDiagnostics(uri).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error).length;

  it("is OpenAI's supervised fine-tuning until another is chosen, which open documents show at once", async () => {
    await until(() => errors() === 10);
    await vscode.commands.executeCommand("tunesmith.target.choose", uri, "trl/sft");
    await until(() => errors() === 0);
    await assert.rejects(readFile(settings, "utf8"), "a choice in the status bar wrote a file into the workspace");
  });

  it("is remembered for the folder's other files, and for files that are checked from disk", async () => {
    const other = vscode.Uri.joinPath(root, "other.jsonl");
    await writeFile(other.fsPath, records);
    await vscode.commands.executeCommand("tunesmith.dataset.check", other);
    assert.deepEqual(vscode.languages.getDiagnostics(other).filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error), []);
    await rm(other.fsPath);
  });

  it("is what the setting says where it is written, whatever was chosen; a choice then writes the setting", async () => {
    await mkdir(join(root.fsPath, ".vscode"), { recursive: true });
    await writeFile(settings, JSON.stringify({ "tunesmith.target": "together/sft" }));
    await until(() => errors() === 10);
    await vscode.commands.executeCommand("tunesmith.target.choose", uri, "mlx-lm/sft");
    await until(() => errors() === 0);
    assert.deepEqual(JSON.parse(await readFile(settings, "utf8")), { "tunesmith.target": "mlx-lm/sft" });
    await vscode.workspace.getConfiguration("tunesmith", root).update("target", undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    await vscode.commands.executeCommand("tunesmith.target.choose", uri, "openai/sft");
    await until(() => errors() === 10);
  });

  it("stays what it was when the setting names none", async () => {
    const read = new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration("tunesmith.target")) return;
        listener.dispose();
        resolve();
      });
    });
    await vscode.workspace.getConfiguration("tunesmith", root).update("target", "nobody/sft", vscode.ConfigurationTarget.WorkspaceFolder);
    await read;
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), ",");
    assert.ok(await vscode.workspace.applyEdit(edit));
    await until(() => vscode.languages.getDiagnostics(uri).some(({ range }) => range.start.line === 0) && errors() === 10);
    await document.save();
    await vscode.workspace.getConfiguration("tunesmith", root).update("target", undefined, vscode.ConfigurationTarget.WorkspaceFolder);
  });
});

/** Waits until the diagnostics are as expected. */
function until(expected: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      if (!expected()) return;
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error("The diagnostics did not come to be as expected."));
    }, 10_000);
    const listener = vscode.languages.onDidChangeDiagnostics(settle);
    settle();
  });
}
