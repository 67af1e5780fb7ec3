import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { stateFolder } from "../../../src/launch/state-folder.ts";

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
    assert.equal(await vscode.commands.executeCommand("tunesmith.dataset.upload", answers), undefined);
    assert.equal(await vscode.commands.executeCommand("tunesmith.dataset.moderate", { dataset, service: "Acme", confirmed: true }), undefined);
    const launch = vscode.Uri.joinPath(folder.uri, "train.finetune.jsonc");
    await vscode.workspace.fs.writeFile(launch, new TextEncoder().encode('{ "service": "local", "model": "m", "data": { "training": "train.jsonl" } }'));
    for (const command of ["check", "estimate", "create"]) assert.equal(await vscode.commands.executeCommand(`tunesmith.launch.${command}`, launch), undefined);
    assert.equal(await vscode.commands.executeCommand("tunesmith.job.start", { launch, confirmed: true }), undefined);
    await vscode.workspace.openTextDocument(launch);
    assert.deepEqual(await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", launch), []);
    const plan = vscode.Uri.joinPath(folder.uri, "a.eval.jsonc");
    await vscode.workspace.fs.writeFile(plan, new TextEncoder().encode('{ "test": "train.jsonl", "candidates": [{ "service": "local", "model": "m" }, { "service": "local", "model": "n" }] }'));
    for (const command of ["check", "run"]) assert.equal(await vscode.commands.executeCommand(`tunesmith.plan.${command}`, plan), undefined);
    assert.equal(await vscode.commands.executeCommand("tunesmith.plan.run", { plan, confirmed: true }), undefined);
    await vscode.workspace.openTextDocument(plan);
    assert.deepEqual(await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", plan), []);
    await vscode.commands.executeCommand("tunesmith.jobs.focus");
    await vscode.commands.executeCommand("tunesmith.job.refresh");
    assert.ok(!existsSync(join(stateFolder(), "engine")));
  });
});
