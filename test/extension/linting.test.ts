import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as vscode from "vscode";
import { lintFile } from "../../src/workers/lint-file.ts";
import { openaiSft } from "../../src/dataset/targets/openai.ts";
import { diagnosticsOf, ruleOf } from "./diagnostics-of.ts";

const chat = (question: string, answer = "Yes."): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
const clean = Array.from({ length: 10 }, (_, index) => chat(`Question ${index}`));

describe("Linting in the editor", function () {
  this.timeout(30_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-linting-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const file = async (name: string, content: string | Uint8Array): Promise<vscode.Uri> => {
    await writeFile(join(folder, name), content);
    return vscode.Uri.file(join(folder, name));
  };
  const show = async (uri: vscode.Uri): Promise<vscode.TextDocument> => {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    return document;
  };

  it("marks faults at their exact characters, from a source and with a rule", async () => {
    const row = '{"messages": [{"role": "User", "content": "😀"}, {"role": "assistant", "content": "b",}]}';
    const document = await show(await file("exact.jsonl", [...clean, row.replace(",}", "}"), row].join("\n")));
    const diagnostics = await diagnosticsOf(document.uri, (all) => all.length === 2);
    const column = row.indexOf('"User"');
    assert.deepEqual(diagnostics.map(({ source, code, range }) => [source, (code as { target: vscode.Uri }).target.toString(), range.start.line, range.start.character, range.end.character]), [
      ["tunesmith", "tunesmith-rule:/unknown-role.md", 10, column, column + 6],
      ["tunesmith", "tunesmith-rule:/invalid-json.md", 11, row.indexOf(",}"), row.indexOf(",}") + 1],
    ]);
  });

  it("links the files that records name to where they lie", async () => {
    const document = await show(await file("pictures.jsonl", `${clean[0]}\n{"image": "pictures/a.png", "messages": []}`));
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", document.uri);
    assert.deepEqual(links.map(({ range, target }) => [document.getText(range), target?.toString()]), [["pictures/a.png", vscode.Uri.joinPath(document.uri, "../pictures/a.png").toString()]]);
  });

  it("finds what a file to measure by shares with one to learn from, at the line and with the other one", async () => {
    const words = (topic: string): string => chat(`Where can I read how long a transfer to ${topic} takes on a holiday?`);
    const training = await file("learn.jsonl", ["Spain", "Chile", "Japan"].map(words).join("\n"));
    const measured = await file("holdout.jsonl", ["a pot of honey in the garden of my aunt", "Chile"].map(words).join("\n"));
    assert.equal(await vscode.commands.executeCommand("tunesmith.dataset.findLeaks", { training: [training], measured: [measured] }), 1);
    const [leak, ...others] = vscode.languages.getDiagnostics(measured).filter((each) => ruleOf(each) === "leaked-record");
    assert.deepEqual([others.length, leak?.range.start.line, leak?.relatedInformation?.map(({ location }) => [location.uri.toString(), location.range.start.line])], [0, 1, [[training.toString(), 1]]]);
  });

  it("follows typing", async () => {
    const document = await show(await file("typing.jsonl", clean.join("\n")));
    const insert = async (at: vscode.Position, text: string): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, at, text);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    await insert(document.lineAt(3).range.end, ",");
    assert.equal((await diagnosticsOf(document.uri, (all) => all.length === 1))[0]?.range.start.line, 3);
    const removal = new vscode.WorkspaceEdit();
    removal.delete(document.uri, new vscode.Range(document.lineAt(3).range.end.translate(0, -1), document.lineAt(3).range.end));
    assert.ok(await vscode.workspace.applyEdit(removal));
    await diagnosticsOf(document.uri, (all) => all.length === 0);
  });

  it("repairs one fault at the light bulb, and all safe ones as source.fixAll.tunesmith", async () => {
    const document = await show(await file("fix.jsonl", [...clean, chat("a").replace("user", "USER"), "", `${chat("b").replace("user", "User")},`].join("\n")));
    const diagnostics = await diagnosticsOf(document.uri, (all) => all.length === 3);
    const at = diagnostics[0]?.range ?? new vscode.Range(0, 0, 0, 0);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, at, vscode.CodeActionKind.QuickFix.value);
    const fix = actions.find(({ title }) => title === 'Write "user"');
    assert.ok(fix?.edit && fix.isPreferred);
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await diagnosticsOf(document.uri, (all) => all.length === 2);

    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const [all] = await vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, whole, "source.fixAll.tunesmith");
    assert.ok(all?.edit && await vscode.workspace.applyEdit(all.edit));
    assert.equal(document.lineCount, 12);
  });

  it("fixes what a repaired line shows, until nothing safe is left, in one command", async () => {
    const document = await show(await file("all.jsonl", [...clean, `${chat("b").replace("user", "User")},`].join("\n")));
    await vscode.commands.executeCommand("tunesmith.dataset.fix", document.uri);
    assert.equal(document.getText(), [...clean, chat("b")].join("\n"));
    await diagnosticsOf(document.uri, (all) => all.length === 0);
  });

  it("tells of a byte-order mark, which VS Code strips from the text", async () => {
    const uri = await file("mark.jsonl", `\uFEFF${clean.join("\n")}`);
    await show(uri);
    assert.deepEqual((await diagnosticsOf(uri, (all) => all.length > 0)).map(ruleOf), ["byte-order-mark"]);
  });

  it("checks a file of 60 MB from disk, which VS Code does not hand to extensions", async () => {
    const rows = Array.from({ length: 6000 }, (_, index) => chat(`${index} ${"x".repeat(10_000)}`, `Answer ${index}.`));
    const uri = await file("large.jsonl", [...rows, `${chat("last")},`].join("\n"));
    await vscode.commands.executeCommand("tunesmith.dataset.check", uri);
    assert.deepEqual(vscode.languages.getDiagnostics(uri).map((diagnostic) => [ruleOf(diagnostic), diagnostic.range.start.line]), [["invalid-json", 6000]]);
  });

  it("shows for the sample what the command line reports", async () => {
    const path = resolve(vscode.extensions.getExtension("tunesmith.tunesmith")?.extensionPath ?? "", "media/sample/banking-train.jsonl");
    const document = await show(await file("sample.jsonl", await readFile(path)));
    const expected = lintFile(path, openaiSft).findings.map(({ rule, message, range }) => [rule, message, range.start.line, range.start.character, range.end.line, range.end.character]);
    const shown = await diagnosticsOf(document.uri, (all) => all.length === expected.length);
    assert.deepEqual(shown.map((diagnostic) => [ruleOf(diagnostic), diagnostic.message, diagnostic.range.start.line, diagnostic.range.start.character, diagnostic.range.end.line, diagnostic.range.end.character]), expected);
  });

  it("outlines records with their messages, and hints at tokens and speakers where that is wanted", async () => {
    const record = JSON.stringify({ messages: [{ role: "user", content: "Is 1 even?" }, { role: "assistant", content: "No." }] });
    const document = await vscode.workspace.openTextDocument({ language: "jsonl", content: `${record}\n${record}\n` });
    await vscode.window.showTextDocument(document);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", document.uri);
    assert.deepEqual(symbols.map(({ name, children }) => [name, children.map((child) => child.name)]), [["1 Is 1 even?", ["user", "assistant"]], ["2 Is 1 even?", ["user", "assistant"]]]);
    const hints = (): Thenable<vscode.InlayHint[]> => vscode.commands.executeCommand("vscode.executeInlayHintProvider", document.uri, new vscode.Range(0, 0, 2, 0));
    assert.deepEqual(await hints(), []);
    const settings = vscode.workspace.getConfiguration("tunesmith");
    await settings.update("inlayHints.enabled", true, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual((await hints()).map(({ label, position }) => [label, position.line]), [["18 u a", 0], ["18 u a", 1]]);
    } finally {
      await settings.update("inlayHints.enabled", undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
