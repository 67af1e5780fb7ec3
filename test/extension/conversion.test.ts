import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { convertDataset } from "../../src/editor/conversion/convert-dataset.ts";
import type { Previews } from "../../src/editor/conversion/previews.ts";

const chat = (question: string, more: object = {}): string => JSON.stringify({ messages: [{ role: "user", content: question, ...more }, { role: "assistant", content: "a" }] });
const sharegpt = (question: string): string => JSON.stringify({ conversations: [{ from: "human", value: question }, { from: "gpt", value: "a" }] });

describe("Converting in the editor", function () {
  this.timeout(30_000);
  const extensionUri = vscode.extensions.getExtension("tunesmith.tunesmith")?.extensionUri as vscode.Uri;
  const workerFile = new URL("dist/dataset-worker.js", `${extensionUri.with({ scheme: "file", authority: "" }).toString(true)}/`);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-conversion-"));
  });
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));
  after(() => rm(folder, { recursive: true, force: true }));

  const file = async (name: string, content: string): Promise<vscode.Uri> => {
    await writeFile(join(folder, name), content);
    return vscode.Uri.file(join(folder, name));
  };
  const place = (name: string): vscode.Uri => vscode.Uri.file(join(folder, name));
  const convert = (answers: object): Thenable<vscode.Uri | undefined> => vscode.commands.executeCommand("tunesmith.dataset.convert", answers);
  const diffs = (): vscode.TabInputTextDiff[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).flatMap(({ input }) => (input instanceof vscode.TabInputTextDiff ? [input] : []));

  it("shows a dataset beside what it becomes, and saves that elsewhere", async () => {
    const source = await file("train.jsonl", `${chat("q")}\n${chat("r")}\n`);
    const saved = await convert({ source, to: "sharegpt", out: place("train.sharegpt.jsonl") });
    assert.equal(saved?.fsPath, place("train.sharegpt.jsonl").fsPath);
    assert.equal(await readFile(saved?.fsPath ?? "", "utf8"), `${sharegpt("q")}\n${sharegpt("r")}\n`);
    assert.equal(await readFile(source.fsPath, "utf8"), `${chat("q")}\n${chat("r")}\n`);
    const [diff] = diffs();
    assert.equal(diff?.original.toString(), source.toString());
    assert.equal((await vscode.workspace.openTextDocument(diff?.modified ?? source)).getText(), `${sharegpt("q")}\n${sharegpt("r")}\n`);
    assert.deepEqual(vscode.languages.getDiagnostics(diff?.modified ?? source), [], "a preview is not linted");
  });

  it("maps the columns of a table", async () => {
    const saved = await convert({ source: await file("rows.csv", "text,category\nq,a\n"), to: "sharegpt", map: "user=text,assistant=category", out: place("rows.jsonl") });
    assert.equal(await readFile(saved?.fsPath ?? "", "utf8"), `${sharegpt("q")}\n`);
  });

  it("never writes over the file that it reads, nor what has changes that are not saved", async () => {
    const source = await file("same.jsonl", `${chat("q")}\n`);
    const previews = unseen();
    const ask = async (): Promise<undefined> => undefined;
    await assert.rejects(convertDataset({ source, to: "sharegpt", out: source }, { workerFile, previews, ask }), /never changed in place/);
    assert.equal(await readFile(source.fsPath, "utf8"), `${chat("q")}\n`);
    const document = await vscode.workspace.openTextDocument(source);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(source, new vscode.Position(0, 0), " ");
    await vscode.workspace.applyEdit(edit);
    await assert.rejects(convertDataset({ source, to: "sharegpt" }, { workerFile, previews, ask }), /has changes that are not saved/);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  describe("when something would be lost", () => {
    const asked: string[][] = [];
    const listed: string[] = [];
    const previews = unseen(listed);
    const run = (source: vscode.Uri, chosen: string | undefined, out: vscode.Uri) =>
      convertDataset({ source, to: "alpaca", out }, { workerFile, previews, ask: async (message, ...actions) => (asked.push([message, ...actions]), chosen) });
    beforeEach(() => {
      asked.length = 0;
      listed.length = 0;
    });

    it("lists it, and leaves it out on the user's word only", async () => {
      const source = await file("named.jsonl", `${chat("q")}\n${chat("r", { name: "Ann" })}\n`);
      assert.equal(await run(source, undefined, place("no.jsonl")), undefined);
      assert.equal(existsSync(place("no.jsonl").fsPath), false);
      assert.deepEqual(asked, [["1 record of named.jsonl cannot be converted to Alpaca whole. The list says what would be lost.", "Convert Anyway"]]);
      assert.match(listed[0] ?? "", /^ {7}2 {2}would lose messages\[0\]\.name: Alpaca has no place for names of speakers$/m);
      const saved = await run(source, "Convert Anyway", place("yes.jsonl"));
      assert.equal((await readFile(saved?.fsPath ?? "", "utf8")).split("\n").length, 3);
    });

    it("does not offer that where it would not help", async () => {
      assert.equal(await run(await file("raw.jsonl", '{"text": "x"}\n'), "Convert Anyway", place("raw.out.jsonl")), undefined);
      assert.deepEqual(asked, [["1 record of raw.jsonl cannot be converted to Alpaca whole. The list says why."]]);
    });
  });

  it("shows the beginnings of a large file", async () => {
    const row = chat("x".repeat(1000));
    const source = await file("large.jsonl", `${row}\n`.repeat(21_000));
    const saved = await convert({ source, to: "sharegpt", out: place("large.out.jsonl") });
    assert.equal((await readFile(saved?.fsPath ?? "")).length, 21_000 * (sharegpt("x".repeat(1000)).length + 1));
    const [diff] = diffs();
    for (const uri of [diff?.original, diff?.modified]) {
      assert.equal(uri?.scheme, "tunesmith-conversion");
      const text = (await vscode.workspace.openTextDocument(uri ?? source)).getText();
      assert.ok(text.length > 500_000 && text.length <= 1_000_000 && text.endsWith("}\n"), String(text.length));
    }
  });
});

/** Previews that nobody looks at; `texts` keeps what they would say. */
function unseen(texts: string[] = []): Previews {
  return { document: (name, text) => (texts.push(text), vscode.Uri.from({ scheme: "untitled", path: name })), compare: async () => undefined, dispose: () => undefined };
}

describe("Making datasets of datasets in the editor", function () {
  this.timeout(30_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-shape-"));
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true, force: true });
  });
  const file = async (name: string, content: string): Promise<vscode.Uri> => {
    await writeFile(join(folder, name), content);
    return vscode.Uri.file(join(folder, name));
  };

  it("filters beside the file, in the worker, and keeps how it was made", async () => {
    const dataset = await file("few.jsonl", `${chat("q")}\n${chat("r")}\n`);
    const made = await vscode.commands.executeCommand<vscode.Uri[]>("tunesmith.dataset.shape", { dataset, kind: "filter", answer: 'messages[0].content == "r"', confirmed: true });
    assert.deepEqual(made.map(({ fsPath }) => fsPath), [join(folder, "few.filtered.jsonl")]);
    assert.equal(await readFile(join(folder, "few.filtered.jsonl"), "utf8"), `${chat("r")}\n`);
    assert.match(await readFile(join(folder, "few.filtered.jsonl.provenance"), "utf8"), /^\{"at":"20.*"kind":"filter".*"inputs":\["few\.jsonl"\],"records":1,/);
  });

  it("imports logs and opens what they come to", async () => {
    const logs = [await file("log.jsonl", `${JSON.stringify({ messages: [{ role: "user", content: "q" }], choices: [{ finish_reason: "stop", message: { role: "assistant", content: "a" } }] })}\n`)];
    const out = vscode.Uri.file(join(folder, "log.chat.jsonl"));
    assert.equal((await vscode.commands.executeCommand<vscode.Uri>("tunesmith.dataset.importLogs", { logs, out })).fsPath, out.fsPath);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), `${chat("q")}\n`);
  });
});
