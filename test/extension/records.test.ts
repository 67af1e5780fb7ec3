import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { diagnosticsOf } from "./diagnostics-of.ts";

const records = [
  String.raw`{"messages":[{"role":"user","content":"caf\u00e9?"},{"role":"assistant","content":"Yes."}], "id": 12345678901234567890}`,
  "",
  '{"prompt": "1 + 1", "chosen": "2", "rejected": "3", "score": 1.0}',
  '{"messages": [{"role": "user", "content": "Last?"}, {"role": "assistant", "content": "Yes."}]}',
];

describe("Records in the editor", function () {
  this.timeout(30_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-records-"));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const write = async (name: string, lines: readonly string[] = records): Promise<vscode.Uri> => {
    await writeFile(join(folder, name), `${lines.join("\r\n")}\r\n`);
    return vscode.Uri.file(join(folder, name));
  };
  const content = async (file: vscode.Uri): Promise<string[]> => (await readFile(file.fsPath, "utf8")).split("\r\n");
  const open = async (file: vscode.Uri, line?: number): Promise<vscode.TextDocument> => {
    const uri = await vscode.commands.executeCommand<vscode.Uri | undefined>("tunesmith.record.open", file, line);
    assert.ok(uri, "no record was opened");
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), uri.toString());
    return vscode.window.activeTextEditor.document;
  };
  const replace = async (document: vscode.TextDocument, from: string, to: string): Promise<void> => {
    const at = document.getText().indexOf(from);
    assert.ok(at >= 0, `${from} is not in ${document.getText()}`);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
    assert.ok(await vscode.workspace.applyEdit(edit));
  };
  const saved = (document: vscode.TextDocument): Promise<boolean> => Promise.resolve(document.save()).catch(() => false);

  it("opens the record at the cursor as JSON over many lines, with the cursor at the same place", async () => {
    const file = await write("cursor.jsonl");
    const editor = await vscode.window.showTextDocument(file);
    editor.selection = new vscode.Selection(2, 13, 2, 13);
    const document = await open(file);
    assert.equal(document.languageId, "json");
    assert.equal(document.getText(), '{\n  "prompt": "1 + 1",\n  "chosen": "2",\n  "rejected": "3",\n  "score": 1.0\n}\n');
    assert.ok(document.uri.path.endsWith("/cursor.jsonl/line-3.trl-preference.json"), document.uri.path);
    assert.deepEqual(vscode.window.activeTextEditor?.selection.active, new vscode.Position(1, 14));
  });

  it("is validated and completed by the schema of its format", async () => {
    const document = await open(await write("schema.jsonl"), 0);
    await replace(document, '"user"', "7");
    const [fault] = await diagnosticsOf(document.uri, (all) => all.length > 0);
    assert.equal(fault?.message, 'Expected a string such as "user".');
    const at = document.positionAt(document.getText().indexOf("7"));
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>("vscode.executeCompletionItemProvider", document.uri, at);
    assert.ok(items.some(({ label }) => label === '"assistant"'), JSON.stringify(items.map(({ label }) => label)));
  });

  it("is saved into its line of the open dataset, which keeps every other byte and can be undone", async () => {
    const file = await write("open.jsonl");
    const dataset = await vscode.workspace.openTextDocument(file);
    const document = await open(file, 0);
    await replace(document, '"Yes."', '"No."');
    assert.ok(await document.save());
    assert.deepEqual(await content(file), [records[0]?.replace("Yes", "No"), ...records.slice(1), ""]);
    assert.deepEqual([dataset.isDirty, document.isDirty], [false, false]);
    await vscode.window.showTextDocument(dataset);
    await vscode.commands.executeCommand("undo");
    assert.equal(dataset.lineAt(0).text, records[0]);
    await until(() => document.getText().includes('"Yes."'));
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("is saved into a file on disk that is not open, which is written anew", async () => {
    const file = await write("disk.jsonl");
    const document = await open(file, 3);
    await replace(document, '"Last?"', '"Last 😀?"');
    assert.ok(await document.save());
    assert.equal(vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === file.toString()), false);
    assert.deepEqual(await content(file), [...records.slice(0, 3), records[3]?.replace("Last?", "Last 😀?"), ""]);
    await replace(document, '"Last 😀?"', '"Again?"');
    assert.ok(await document.save());
    assert.deepEqual((await content(file))[3], records[3]?.replace("Last?", "Again?"));
  });

  it("is not saved while it is no JSON, and not over a line that has changed; reverting shows the line of now", async () => {
    const file = await write("changed.jsonl");
    const document = await open(file, 3);
    await replace(document, '"Last?"', '"Mine?"');
    await replace(document, '"content"', "content");
    assert.equal(await saved(document), false);
    await replace(document, "content", '"content"');
    const theirs = records[3]?.replace("Last?", "Theirs?") ?? "";
    await write("changed.jsonl", [...records.slice(0, 3), theirs]);
    assert.equal(await saved(document), false);
    assert.deepEqual(await content(file), [...records.slice(0, 3), theirs, ""]);
    await vscode.commands.executeCommand("workbench.action.files.revert");
    assert.match(document.getText(), /Theirs\?/);
    await replace(document, '"Theirs?"', '"Ours?"');
    assert.ok(await document.save());
    assert.equal((await content(file))[3], records[3]?.replace("Last?", "Ours?"));
  });

  it("follows its line: shows what becomes of it, and moves with lines that come above it", async () => {
    const file = await write("follow.jsonl");
    const dataset = await vscode.workspace.openTextDocument(file);
    const document = await open(file, 3);
    const above = new vscode.WorkspaceEdit();
    above.insert(file, new vscode.Position(0, 0), `${records[2]}\n`);
    await vscode.workspace.applyEdit(above);
    await until(() => dataset.isDirty);
    await replace(document, '"Last?"', '"Moved?"');
    assert.ok(await document.save());
    assert.equal(dataset.lineAt(4).text, records[3]?.replace("Last?", "Moved?"));
    assert.ok(dataset.isDirty, "what the user had not saved was saved");
    await replace(dataset, "Moved?", "Elsewhere?");
    await until(() => document.getText().includes("Elsewhere?"));
    await vscode.window.showTextDocument(dataset);
  });

  it("goes to the next record and the one before, past blank lines, in one tab", async () => {
    const file = await write("walk.jsonl");
    await open(file, 0);
    const shown: string[] = [];
    for (const command of ["next", "next", "next", "previous"]) {
      const uri = await vscode.commands.executeCommand<vscode.Uri | undefined>(`tunesmith.record.${command}`);
      shown.push(uri?.path.split("/").at(-1) ?? "none");
    }
    assert.deepEqual(shown, ["line-3.trl-preference.json", "line-4.chat.json", "none", "line-3.trl-preference.json"]);
    assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 1);
  });

  it("is shown as a chat beside, in one panel that leaves the cursor where it is", async () => {
    const editor = await vscode.window.showTextDocument(await write("chat.jsonl"));
    for (const line of [0, 3]) {
      editor.selection = new vscode.Selection(line, 0, line, 0);
      await vscode.commands.executeCommand("tunesmith.record.chat");
    }
    const panels = (): vscode.Tab[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith("tunesmith.conversation"));
    await until(() => panels().length > 0);
    assert.equal(panels().length, 1);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), editor.document.uri.toString());
  });

  it("are counted in a panel of their dataset, and those of a bar listed in the record viewer", async () => {
    const file = await write("insights.jsonl");
    const tabs = (type: string): readonly string[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs).flatMap(({ input, label }) => ((input instanceof vscode.TabInputWebview || input instanceof vscode.TabInputCustom) && input.viewType.endsWith(type) ? [label] : []));
    await vscode.commands.executeCommand("tunesmith.dataset.insights", file);
    await until(() => tabs("tunesmith.insights").length === 1);
    assert.deepEqual(tabs("tunesmith.insights"), ["Insights: insights.jsonl"]);
    await vscode.commands.executeCommand("tunesmith.dataset.browse", file, undefined, { title: "turns: 2", lines: Uint32Array.of(0, 3) });
    await until(() => tabs("tunesmith.records").length === 1);
  });

  it("is added from a format's template, and a new dataset is begun with one", async () => {
    const uri = await vscode.commands.executeCommand<vscode.Uri>("tunesmith.dataset.create", "chat");
    const dataset = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    assert.deepEqual([dataset?.languageId, dataset?.isUntitled, dataset?.lineCount], ["jsonl", true, 2]);
    const record = await vscode.commands.executeCommand<vscode.Uri>("tunesmith.record.add", { format: "alpaca" });
    assert.ok(record.path.endsWith("/line-2.alpaca.json"), record.path);
    const document = await vscode.workspace.openTextDocument(record);
    await replace(document, '"instruction": "…"', '"instruction": "Add."');
    assert.ok(await document.save());
    assert.equal(JSON.parse(dataset?.lineAt(1).text ?? "").instruction, "Add.");
    await vscode.window.showTextDocument(dataset ?? document);

    const file = await write("add.jsonl", records.slice(3));
    const added = await vscode.commands.executeCommand<vscode.Uri>("tunesmith.record.add", { file, format: "chat" });
    assert.ok(added.path.endsWith("/line-2.chat.json"), added.path);
    assert.equal((await content(file)).length, 3);
  });
});

/** Waits until the editor has come so far. */
async function until(done: () => boolean, patience = 10_000): Promise<void> {
  for (const end = Date.now() + patience; !done(); await new Promise((resolve) => setTimeout(resolve, 20))) assert.ok(Date.now() < end, "it took too long");
}
