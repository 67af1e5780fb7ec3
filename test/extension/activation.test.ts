import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("Activation", () => {
  const extension = vscode.extensions.getExtension("tunesmith.tunesmith");

  it("is an extension that VS Code knows", () => {
    assert.ok(extension, "tunesmith.tunesmith is not among the extensions");
  });

  it("becomes active when a JSONL file is opened", async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, "the fixture workspace is open");
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, "train.jsonl"));
    assert.equal(document.languageId, "jsonl");
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });

  it("registers every command of its manifest, and none besides", async () => {
    await extension?.activate();
    const { commands, views } = (extension?.packageJSON as { contributes: Contributions }).contributes;
    const declared = commands.map(({ command }) => command).sort();
    // VS Code itself adds commands for each view: `tunesmith.jobs.focus`, `tunesmith.jobs.open` and the like.
    const ofViews = Object.values(views).flat().map(({ id }) => `${id}.`);
    const registered = (await vscode.commands.getCommands(true)).filter((command) => command.startsWith("tunesmith.") && !ofViews.some((view) => command.startsWith(view))).sort();
    assert.deepEqual(registered, declared);
  });
});

interface Contributions {
  readonly commands: readonly { readonly command: string }[];
  readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
}
