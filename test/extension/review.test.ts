import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { createReviews } from "../../src/editor/review/reviews.ts";

const chat = (question: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: "a" }] });

describe("Reviewing records in the editor", function () {
  this.timeout(30_000);
  const extensionUri = vscode.extensions.getExtension("tunesmith.tunesmith")?.extensionUri as vscode.Uri;
  const workerFile = new URL("dist/dataset-worker.js", `${extensionUri.with({ scheme: "file", authority: "" }).toString(true)}/`);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-review-"));
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true, force: true });
  });

  it("keeps what is said of the record at the cursor beside the dataset, and finds it where the record is now", async () => {
    const path = join(folder, "r.jsonl");
    await writeFile(path, `${chat("one")}\n${chat("two")}\n${chat("three")}\n`);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(path));
    editor.selection = new vscode.Selection(1, 3, 1, 3);
    await vscode.commands.executeCommand("tunesmith.review.approve");
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await vscode.commands.executeCommand("tunesmith.review.reject");
    const [file = ""] = readdirSync(`${path}.review`);
    assert.deepEqual((await readFile(join(`${path}.review`, file), "utf8")).trim().split("\n").map((line) => (JSON.parse(line) as { verdict: string }).verdict), ["approved", "rejected"]);

    await editor.edit((edit) => {
      edit.delete(new vscode.Range(0, 0, 1, 0));
      edit.replace(editor.document.lineAt(2).range, chat("three").replace('"a"', '"better"'));
    });
    await editor.document.save();
    const reviews = createReviews(workerFile, (error) => assert.fail(String(error)));
    try {
      const { reviewed, records } = await reviews.read(vscode.Uri.file(path));
      assert.deepEqual([records, reviewed.map(({ line, status }) => [line, status])], [2, [[0, "approved"], [1, "earlier"]]]);
      const [mine] = reviewed;
      assert.ok(mine?.entries[0]);
      await reviews.withdraw(vscode.Uri.file(path), mine.entries[0]);
      assert.deepEqual(reviews.of(vscode.Uri.file(path))?.reviewed.map(({ line }) => line), [1]);
    } finally {
      reviews.dispose();
    }
  });

  it("answers a comment of VS Code's with what was written in it, and refuses a line that is no record", async () => {
    const path = join(folder, "c.jsonl");
    await writeFile(path, `${chat("one")}\nno record\n`);
    const controller = vscode.comments.createCommentController("test.review", "Test");
    try {
      const reply = (line: number): vscode.CommentReply => ({ thread: controller.createCommentThread(vscode.Uri.file(path), new vscode.Range(line, 0, line, 0), []), text: " Is it right? " });
      await vscode.commands.executeCommand("tunesmith.review.comment", reply(0));
      const [file = ""] = readdirSync(`${path}.review`);
      assert.equal((JSON.parse(await readFile(join(`${path}.review`, file), "utf8")) as { text: string }).text, "Is it right?");
      const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
      const reviews = createReviews(workerFile, (error) => assert.fail(String(error)));
      await assert.rejects(reviews.say(document, 1, { text: "x" }), /Line 2 of c\.jsonl is no record/);
      reviews.dispose();
    } finally {
      controller.dispose();
    }
  });
});
