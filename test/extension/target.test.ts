import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { diagnosticsOf, ruleOf } from "./diagnostics-of.ts";

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

  const errorsOf = (diagnostics: readonly vscode.Diagnostic[]): readonly vscode.Diagnostic[] => diagnostics.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
  const untilErrors = (number: number) => diagnosticsOf(uri, (all) => errorsOf(all).length === number);

  it("is OpenAI's supervised fine-tuning until another is chosen, which open documents show at once", async () => {
    await untilErrors(10);
    await vscode.commands.executeCommand("tunesmith.target.choose", uri, "trl/sft");
    await untilErrors(0);
    await assert.rejects(readFile(settings, "utf8"), "a choice in the status bar wrote a file into the workspace");
  });

  it("is remembered for the folder's other files, and for files that are checked from disk", async () => {
    const other = vscode.Uri.joinPath(root, "other.jsonl");
    await writeFile(other.fsPath, records);
    await vscode.commands.executeCommand("tunesmith.dataset.check", other);
    assert.deepEqual(errorsOf(vscode.languages.getDiagnostics(other)), []);
    await rm(other.fsPath);
  });

  it("is what the setting says where it is written, whatever was chosen; a choice then writes the setting", async () => {
    await mkdir(join(root.fsPath, ".vscode"), { recursive: true });
    await writeFile(settings, JSON.stringify({ "tunesmith.target": "together/sft" }));
    await untilErrors(10);
    await vscode.commands.executeCommand("tunesmith.target.choose", uri, "mlx-lm/sft");
    await untilErrors(0);
    assert.deepEqual(JSON.parse(await readFile(settings, "utf8")), { "tunesmith.target": "mlx-lm/sft" });
    await vscode.workspace.getConfiguration("tunesmith", root).update("target", undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    await vscode.commands.executeCommand("tunesmith.target.choose", uri, "openai/sft");
    await untilErrors(10);
  });

  it("is what a tunesmith.jsonc says where nobody chose another", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tunesmith-target-"));
    try {
      await writeFile(join(folder, "tunesmith.jsonc"), '{"target": "trl"} // takes further keys');
      const path = join(folder, "data.jsonl");
      await writeFile(path, records);
      await vscode.window.showTextDocument(vscode.Uri.file(path));
      // No finding is the last thing to wait for, so a fault that any target refuses shows that the file was looked at.
      const document = vscode.window.activeTextEditor?.document;
      await vscode.window.activeTextEditor?.edit((builder) => builder.insert(new vscode.Position(0, 0), ","));
      await diagnosticsOf(vscode.Uri.file(path), (all) => errorsOf(all).length === 1);
      await vscode.commands.executeCommand("tunesmith.target.choose", document?.uri, "openai/sft");
      await diagnosticsOf(vscode.Uri.file(path), (all) => errorsOf(all).length === 10);
      await document?.save();
    } finally {
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
      await rm(folder, { recursive: true, force: true });
    }
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
    await diagnosticsOf(uri, (all) => all.some((diagnostic) => ruleOf(diagnostic) === "invalid-json") && errorsOf(all).length === 10);
    await document.save();
    await vscode.workspace.getConfiguration("tunesmith", root).update("target", undefined, vscode.ConfigurationTarget.WorkspaceFolder);
  });
});
