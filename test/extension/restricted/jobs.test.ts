import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";

describe("Jobs in a workspace without trust", () => {
  it("start nothing: no engine, no request, no evaluation", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await vscode.extensions.getExtension("tunesmith.tunesmith")?.activate();
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const dataset = vscode.Uri.joinPath(folder.uri, "train.jsonl");
    const answers = { dataset, testFile: dataset, provider: "local", model: "m", base: "m", tuned: "n", hyperparameters: {}, suffix: "", confirmed: true };
    assert.equal(await vscode.commands.executeCommand("tunesmith.job.start", answers), undefined);
    assert.equal(await vscode.commands.executeCommand("tunesmith.model.evaluate", answers), undefined);
    await vscode.commands.executeCommand("tunesmith.jobs.focus");
    await vscode.commands.executeCommand("tunesmith.job.refresh");
    assert.ok(!existsSync(join(dirname(process.env["HOME"] ?? ""), "server/data/User/globalStorage/tunesmith.tunesmith/engine")));
  });
});
