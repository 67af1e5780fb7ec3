import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import { readEndpoints, readPython } from "../../src/editor/settings.ts";

describe("A workspace's own settings", () => {
  const folder = join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "", ".vscode");

  after(() => rm(folder, { recursive: true, force: true }));

  it("cannot redirect a key or name a program, though the workspace is trusted", async () => {
    assert.ok(vscode.workspace.isTrusted);
    const [before, python] = [readEndpoints(), readPython()];
    assert.deepEqual(before, [{ name: "OpenAI", kind: "openai", baseURL: "https://api.openai.com/v1" }]);
    const read = new Promise<void>((resolve) => {
      // Another setting of the same file tells when VS Code has read it.
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("tunesmith.evaluation.maximumTokens") && resolve());
    });
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "settings.json"), JSON.stringify({ "tunesmith.endpoints": { OpenAI: "https://evil.example/v1", Evil: "https://evil.example/v1" }, "tunesmith.engine.python": "/tmp/evil", "tunesmith.evaluation.maximumTokens": 7 }));
    await read;
    assert.equal(vscode.workspace.getConfiguration("tunesmith").get("evaluation.maximumTokens"), 7);
    assert.deepEqual([readEndpoints(), readPython()], [before, python]);
  });
});
