import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";

const records = Array.from({ length: 10 }, (_, index) => JSON.stringify({ messages: [{ role: "user", content: `Question ${index}` }, { role: "assistant", content: "Yes." }] })).join("\n");

describe("The table of targets", function () {
  this.timeout(30_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-targets-"));
  });
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));
  after(() => rm(folder, { recursive: true, force: true }));

  const panels = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith("tunesmith.targets"));
  /** VS Code tells of a tab some time after it has opened it. */
  const untilPanels = async (number: number): Promise<void> => {
    while (panels().length !== number) await new Promise<void>((resolve) => {
      const listener = vscode.window.tabGroups.onDidChangeTabs(() => {
        listener.dispose();
        resolve();
      });
    });
  };

  it("opens for a file on disk, in one tab however often it is asked for", async () => {
    const file = vscode.Uri.file(join(folder, "data.jsonl"));
    await writeFile(file.fsPath, records);
    await vscode.commands.executeCommand("tunesmith.target.compare", file);
    await untilPanels(1);
    assert.equal(panels()[0]?.label, "Targets: data.jsonl");
    await vscode.commands.executeCommand("tunesmith.target.compare", file);
    assert.equal(panels().length, 1);
  });

  it("opens for the file that is in front, saved or not", async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "jsonl", content: records }));
    await vscode.commands.executeCommand("tunesmith.target.compare");
    await untilPanels(1);
    assert.match(panels()[0]?.label ?? "", /^Targets: Untitled/);
  });

  it("opens no tab for a file that cannot be read", async () => {
    await vscode.commands.executeCommand("tunesmith.target.compare", vscode.Uri.file(join(folder, "gone.jsonl")));
    assert.equal(panels().length, 0);
  });
});
