import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { startFakeOpenAi, type FakeOpenAi } from "../support/fake-openai.ts";

const act = "POST /moderations";
const record = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });

/** The check in the editor, over a fake of OpenAI's specification at an endpoint of the settings, which flags the categories that a text names in brackets. */
describe("Checking content with a moderation model", function () {
  this.timeout(30_000);
  let fake: FakeOpenAi;
  let file: vscode.Uri;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("tunesmith");
  const moderate = (confirmed: boolean): Thenable<number | undefined> => vscode.commands.executeCommand("tunesmith.dataset.moderate", { dataset: file, service: "Acme", confirmed });
  /** What is shown, as soon as there is so much of it. */
  async function shown(number: number): Promise<readonly string[]> {
    for (;;) {
      const document = await vscode.workspace.openTextDocument(file);
      const found = vscode.languages.getDiagnostics(file).filter(({ code }) => code === "flagged-content").map(({ range, message }) => `${range.start.line + 1} ${document.getText(range)} ${message}`);
      if (found.length === number) return found;
      await delay(20);
    }
  }

  before(async () => {
    fake = await startFakeOpenAi("");
    await settings().update("endpoints", { Acme: fake.baseURL }, vscode.ConfigurationTarget.Global);
    await vscode.extensions.getExtension("tunesmith.tunesmith")?.activate();
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    file = vscode.Uri.joinPath(root.uri, "moderated.jsonl");
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${[record("Hi", "Hello"), record("A [violence] thing", "No."), record("Fine", "So [hate] it is, [hate/threatening] too")].join("\n")}\n`));
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await settings().update("endpoints", undefined, vscode.ConfigurationTarget.Global);
    await vscode.workspace.fs.delete(file);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(file, "../.tunesmith"), { recursive: true });
    await fake.close();
  });

  it("sends nothing without the user's word", async () => {
    // VS Code shows no dialog to a test: that is a word that was not given.
    assert.equal(await moderate(false), undefined);
    assert.equal(fake.times(act), 0);
  });

  it("names categories and scores at the texts that are flagged, which stay with their lines until these are changed; what was judged is not sent again", async () => {
    assert.equal(await moderate(true), 2);
    const [first, second] = await shown(2);
    assert.match(first ?? "", /^2 "A \[violence\] thing" Message 1 is flagged by omni-moderation-latest: violence \(0\.90\)\. /);
    assert.match(second ?? "", /^3 "So \[hate\] it is, \[hate\/threatening\] too" Message 2 is flagged by omni-moderation-latest: hate \(0\.90\), hate\/threatening \(0\.88\)\. /);
    assert.equal(fake.times(act), 1);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(file, new vscode.Position(0, 0), `${record("New", "Text")}\n`);
    edit.replace(file, new vscode.Range(1, 0, 2, 0), "");
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match((await shown(1))[0] ?? "", /^3 "So /);
    await (await vscode.workspace.openTextDocument(file)).save();
    assert.equal(await moderate(true), 1);
    assert.deepEqual(fake.received.filter((each) => each.act === act).map(({ body }) => body?.["input"]), [["Hi", "Hello", "A [violence] thing", "No.", "Fine", "So [hate] it is, [hate/threatening] too"], ["New", "Text"]]);
    // Nothing is left to be sent, so that nothing is asked.
    assert.equal(await moderate(false), 1);
  });
});
