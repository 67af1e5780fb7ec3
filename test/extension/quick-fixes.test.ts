import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { diagnosticsOf, ruleOf } from "./diagnostics-of.ts";

const chat = (question: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: "Yes." }] });
const clean = Array.from({ length: 10 }, (_, index) => chat(`Question ${index}`));

describe("Repairs and explanations in the editor", function () {
  this.timeout(30_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-repairs-"));
  });
  afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));
  after(() => rm(folder, { recursive: true, force: true }));

  const show = async (name: string, content: string | Uint8Array): Promise<vscode.TextDocument> => {
    await writeFile(join(folder, name), content);
    const document = await vscode.workspace.openTextDocument(join(folder, name));
    await vscode.window.showTextDocument(document);
    return document;
  };
  const actionsAt = (document: vscode.TextDocument, range: vscode.Range, kind = vscode.CodeActionKind.QuickFix.value) =>
    vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, range, kind, 10);
  const apply = async (action: vscode.CodeAction | undefined): Promise<void> => {
    assert.ok(action?.edit, `${action?.title} has no edit`);
    assert.ok(await vscode.workspace.applyEdit(action.edit));
  };

  it("offers the fix, the fix of all alike, and all safe fixes", async () => {
    const document = await show("bulb.jsonl", [...clean, chat("a").replace("user", "User"), chat("b").replace("user", "USER"), `${chat("c")},`].join("\n"));
    const [role] = await diagnosticsOf(document.uri, (all) => all.length === 3);
    const actions = await actionsAt(document, role?.range ?? new vscode.Range(0, 0, 0, 0));
    assert.deepEqual(actions.map(({ title }) => title), ['Write "user"', "Fix all unknown-role problems in this file", "Fix all safe problems in this file"]);
    assert.deepEqual(actions.map(({ isPreferred }) => isPreferred), [true, false, undefined]);
    await apply(actions[1]);
    assert.deepEqual((await diagnosticsOf(document.uri, (all) => all.length === 1)).map(ruleOf), ["invalid-json"]);
    await vscode.commands.executeCommand("undo");
    await diagnosticsOf(document.uri, (all) => all.length === 3);
    await apply(actions[2]);
    await diagnosticsOf(document.uri, (all) => all.length === 0);
  });

  it("writes an array with one record a line, as one step to undo", async () => {
    const array = `[\n${clean.map((record) => `  ${record}`).join(",\n")}\n]\n`;
    const document = await show("array.jsonl", array);
    await diagnosticsOf(document.uri, (all) => all.some((diagnostic) => ruleOf(diagnostic) === "json-array"));
    const [action] = await actionsAt(document, new vscode.Range(0, 0, 0, 0));
    assert.equal(action?.title, "Write one record a line");
    await apply(action);
    assert.equal(document.getText(), clean.map((record) => `${record}\n`).join(""));
    await diagnosticsOf(document.uri, (all) => all.length === 0);
    await vscode.commands.executeCommand("undo");
    assert.equal(document.getText(), array);
  });

  it("repairs on save what only a repair shows, several lines at a time, and leaves all other lines alone", async () => {
    const broken = `${chat("b").replace('"user"', '"User"').replace("}]}", "},\n  ]}")},`;
    const document = await show("save.jsonl", [...clean, "", broken, "", '{"n": 12345678901234567890, "messages": [{"role": "user", "content": "\\u00e9"}, {"role": "assistant", "content": "y"}]}'].join("\n"));
    await vscode.workspace.getConfiguration("editor", document.uri).update("codeActionsOnSave", { "source.fixAll.tunesmith": "explicit" }, vscode.ConfigurationTarget.Global);
    try {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), " ");
      assert.ok(await vscode.workspace.applyEdit(edit));
      await vscode.commands.executeCommand("workbench.action.files.save");
      const expected = [` ${clean[0]}`, ...clean.slice(1), chat("b"), '{"messages": [{"role": "user", "content": "\\u00e9"}, {"role": "assistant", "content": "y"}]}'].join("\n");
      assert.equal(await readFile(document.uri.fsPath, "utf8"), expected);
    } finally {
      await vscode.workspace.getConfiguration("editor", document.uri).update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  for (const [name, bytes] of [["a byte-order mark", Buffer.from(`\uFEFF${clean.join("\n")}`)], ["UTF-16", Buffer.from(`\uFEFF${clean.join("\n")}`, "utf16le")]] as const) {
    it(`saves a file with ${name} as plain UTF-8, and goes on with the same document`, async () => {
      const document = await show(`encoding-${bytes.length}.jsonl`, bytes);
      const [finding] = await diagnosticsOf(document.uri, (all) => all.length > 0);
      const [action] = await actionsAt(document, finding?.range ?? new vscode.Range(0, 0, 0, 0));
      assert.match(action?.title ?? "", /, and save$/);
      assert.equal(action?.command?.command, "tunesmith.dataset.encode");
      await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
      assert.deepEqual(await readFile(document.uri.fsPath), Buffer.from(clean.join("\n")));
      await diagnosticsOf(document.uri, (all) => all.length === 0);
      assert.equal(document.isDirty, false);
    });
  }

  it("fades lines that are empty or there already, and shows a suggestion before it is applied", async () => {
    const document = await show("faded.jsonl", [...clean, "", clean[0], `${chat("a")},`].join("\n"));
    const diagnostics = await diagnosticsOf(document.uri, (all) => all.length === 3);
    assert.deepEqual(diagnostics.map((diagnostic) => [ruleOf(diagnostic), diagnostic.tags ?? []]), [
      ["blank-line", [vscode.DiagnosticTag.Unnecessary]], ["duplicate-record", [vscode.DiagnosticTag.Unnecessary]], ["invalid-json", []],
    ]);
    const actions = await actionsAt(document, diagnostics[1]?.range ?? new vscode.Range(0, 0, 0, 0));
    assert.deepEqual([actions[0]?.title, actions[0]?.isPreferred], ["Remove the duplicate", false]);
  });

  it("explains a finding where it stands, with nothing of the dataset in it", async () => {
    const document = await show("hover.jsonl", [...clean, chat("<img src=x> [a](command:b)").replace("user", "USER")].join("\n"));
    const [finding] = await diagnosticsOf(document.uri, (all) => all.length === 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, finding?.range.start);
    const contents = hovers.flatMap((hover) => hover.contents) as vscode.MarkdownString[];
    const text = contents.map(({ value }) => value).join("\n");
    assert.match(text, /A message has a role that the target does not know/);
    assert.match(text, /Source: <https:/);
    assert.doesNotMatch(text, /img|command:/);
    assert.ok(contents.every(({ isTrusted, supportHtml }) => !isTrusted && !supportHtml));
    assert.deepEqual(await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, new vscode.Position(0, 0)), []);
  });

  it("gives the page of a rule to VS Code, and of nothing else", async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse("tunesmith-rule:/unknown-role.md"));
    assert.match(page.getText(), /^# unknown-role\n/);
    for (const path of ["/no-such-rule.md", "/../../package.json", "/..%2Fpackage.json"]) await assert.rejects(async () => vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: "tunesmith-rule", path })), path);
    await vscode.commands.executeCommand("tunesmith.rule.show", "blank-line");
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputCustom && input.uri.path === "/blank-line.md", "the page is not shown as rendered Markdown");
  });
});
