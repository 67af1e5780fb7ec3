import assert from "node:assert/strict";
import { appendFile, mkdtemp, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import * as vscode from "vscode";
import { diagnosticsOf as settledDiagnostics, ruleOf } from "./diagnostics-of.ts";
import type { IndexProgress } from "../../src/workers/records/record-file.ts";
import { openRecords } from "../../src/workers/records/records-client.ts";

const records = 300_000;
const filler = "which rate do you use for dollars and when is it fixed ".repeat(3).trim();
const record = (line: number): string => JSON.stringify({ messages: [{ role: line === records - 1 ? "User" : "user", content: `${line} ${filler}` }, { role: "assistant", content: line % 2 === 0 ? "exchange_rate" : "top_up_failed" }] });
/** Every 200th record has a comma too many: 1,500 errors, more than VS Code shows. */
const line = (number: number): string => record(number) + (number % 200 === 0 ? "," : "");

describe("A dataset of 70 MB", function () {
  this.timeout(120_000);
  let folder: string;
  let file: vscode.Uri;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-large-"));
    file = vscode.Uri.file(join(folder, "large.jsonl"));
    const handle = await open(file.fsPath, "w");
    for (let first = 0; first < records; first += 10_000) await handle.write(Array.from({ length: 10_000 }, (_, index) => `${line(first + index)}\n`).join(""));
    await handle.close();
    assert.ok((await stat(file.fsPath)).size > 60e6);
    // The tests run in a remote host, where VS Code asks above 10 MB.
    await vscode.workspace.getConfiguration("workbench").update("editorLargeFileConfirmation", 1024, vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.getConfiguration("workbench").update("editorLargeFileConfirmation", undefined, vscode.ConfigurationTarget.Global);
    await rm(folder, { recursive: true, force: true });
  });

  it("is checked by itself when it is opened, and its findings are shown first of all with how many more there are", async () => {
    await vscode.commands.executeCommand("vscode.open", file);
    assert.equal(vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === file.toString()), false, "VS Code gives a document after all");
    const shown = await diagnosticsOf(file, (all) => all.length > 0);
    assert.equal(shown.length, 502);
    assert.match(shown[0]?.message ?? "", /^1,000 further findings are not shown here: invalid-json 1,000\. /);
    assert.deepEqual([shown[0]?.range.start.line, shown[0]?.severity, shown[0]?.code], [0, vscode.DiagnosticSeverity.Error, undefined]);
    assert.deepEqual([shown[1] && ruleOf(shown[1]), shown[1]?.range.start.line, shown[2]?.range.start.line], ["invalid-json", 0, 200]);
    assert.deepEqual([shown[501] && ruleOf(shown[501]), shown[501]?.range.start.line], ["unknown-role", records - 1]);
  });

  it("is not checked again while it is the same, and shows its findings again", async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await diagnosticsOf(file, (all) => all.length === 0);
    await vscode.commands.executeCommand("vscode.open", file);
    assert.equal((await diagnosticsOf(file, (all) => all.length > 0)).length, 502);
  });

  it("opens in the record viewer, at a line", async () => {
    await vscode.commands.executeCommand("tunesmith.dataset.browse", file, records - 1);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom);
    assert.deepEqual([input.viewType, input.uri.toString()], ["tunesmith.records", file.toString()]);
    await diagnosticsOf(file, (all) => all.length === 502);
  });

  it("has a record edited and saved into its line, while no document of the file is open", async () => {
    const size = (await stat(file.fsPath)).size;
    for (const [from, to, difference] of [["top_up_failed", "\\u0074op up", -2], ["\\u0074op up", "top_up_failed", 0]] as const) {
      const uri = await vscode.commands.executeCommand<vscode.Uri>("tunesmith.record.open", file, 123_457);
      const document = await vscode.workspace.openTextDocument(uri);
      const edit = new vscode.WorkspaceEdit();
      const at = document.getText().indexOf(from);
      edit.replace(uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
      await vscode.workspace.applyEdit(edit);
      assert.ok(await document.save());
      assert.equal((await stat(file.fsPath)).size, size + difference);
    }
    await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    await diagnosticsOf(file, (all) => all.length === 502);
  });

  it("has its lines found by a worker, which reads any of them", async () => {
    const extension = vscode.extensions.getExtension("tunesmith.tunesmith")?.extensionPath ?? "";
    let report: (progress: IndexProgress) => void = () => undefined;
    const complete = new Promise<IndexProgress>((resolve) => (report = (progress) => progress.complete && resolve(progress)));
    const client = openRecords(pathToFileURL(join(extension, "dist/records-worker.js")), file.fsPath, { indexed: (progress) => report(progress), failed: assert.fail });
    try {
      assert.equal((await complete).lines, records);
      const excerpts = await client.excerpts([records - 1, 0, 123_456]);
      assert.deepEqual(excerpts.map(({ line: number, role, text }) => [number, role, text]), [[records - 1, "User"], [0, "user"], [123_456, "user"]].map(([number, role]) => [number, role, `${number} ${filler}`.trim()]));
      const { content } = await client.record(200, 1 << 20, "conversation");
      assert.deepEqual(content.reading === "conversation" && content.turns.map(({ role, text }) => [role, text]), [["user", `200 ${filler}`], ["assistant", "exchange_rate"]]);
      await appendFile(file.fsPath, `${record(0)}\n`);
      await assert.rejects(client.record(1, 1 << 20, "json"), /it was changed since it was opened; load it again/);
    } finally {
      client.dispose();
    }
    await assert.rejects(client.excerpts([0]), /not open any more/);
  });

  it("is checked again when it has changed", async () => {
    await appendFile(file.fsPath, "not a record\n");
    await diagnosticsOf(file, ([summary]) => /^1,002 further findings/.test(summary?.message ?? ""));
  });

  it("is repaired into a new file, and stays as it was", async () => {
    const before = (await stat(file.fsPath)).mtimeMs;
    const out = vscode.Uri.file(join(folder, "large.fixed.jsonl"));
    await vscode.commands.executeCommand("tunesmith.dataset.fixToNewFile", file, out);
    assert.equal((await stat(file.fsPath)).mtimeMs, before);
    let number = 0;
    for await (const written of createInterface({ input: createReadStream(out.fsPath) })) {
      const expected = number > records ? "not a record" : record(number === records ? 0 : number);
      if (written !== (number === records - 1 ? expected.replace("User", "user") : expected)) assert.fail(`line ${number}: ${written}`);
      number++;
    }
    assert.equal(number, records + 2);
    assert.deepEqual((await readdir(folder)).sort(), ["large.fixed.jsonl", "large.jsonl"]);
  });

  it("is told to be in no state to be read when it is gone", async () => {
    await rename(file.fsPath, `${file.fsPath}.away`);
    await writeFile(join(folder, "other.jsonl"), "");
    await vscode.commands.executeCommand("tunesmith.dataset.fixToNewFile", file, vscode.Uri.file(join(folder, "never.jsonl")));
    assert.ok(!(await readdir(folder)).includes("never.jsonl"));
  });
});

/** A file of this size takes its time. */
function diagnosticsOf(uri: vscode.Uri, expected: Parameters<typeof settledDiagnostics>[1]): Promise<vscode.Diagnostic[]> {
  return settledDiagnostics(uri, expected, 60_000);
}
