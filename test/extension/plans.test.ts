import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { PlanReport } from "../../src/evaluation/plan-report.ts";
import { startFakeOpenAi, type FakeOpenAi } from "../support/fake-openai.ts";

const chat = "POST /chat/completions";
const record = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
const questions = Array.from({ length: 12 }, (_, index) => `Question ${index}`);

/** Plans in the editor, over a fake of OpenAI's specification at an endpoint of the settings, whose models say which of them heard what. */
describe("Evaluation plans", function () {
  this.timeout(60_000);
  let fake: FakeOpenAi;
  let folder: vscode.Uri;
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("tunesmith");
  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  };
  const open = async (name: string, text: string): Promise<vscode.TextDocument> => (await vscode.window.showTextDocument(await write(name, text))).document;

  before(async () => {
    fake = await startFakeOpenAi("");
    await settings().update("endpoints", { Acme: fake.baseURL }, vscode.ConfigurationTarget.Global);
    await vscode.extensions.getExtension("tunesmith.tunesmith")?.activate();
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    folder = vscode.Uri.joinPath(root.uri, "plans");
    await vscode.workspace.fs.createDirectory(folder);
    await write("test.jsonl", questions.map((question) => record(question, `gpt-4.1-mini heard: ${question}`)).join("\n"));
    await write("train.jsonl", [record("Question 3", "x"), record("Why Question 5", "five")].join("\n"));
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await settings().update("endpoints", undefined, vscode.ConfigurationTarget.Global);
    await vscode.workspace.fs.delete(folder, { recursive: true });
    const [root] = vscode.workspace.workspaceFolders ?? [];
    if (root) await vscode.workspace.fs.delete(vscode.Uri.joinPath(root.uri, ".tunesmith"), { recursive: true });
    await fake.close();
  });

  async function problems(document: vscode.TextDocument, number: number): Promise<string[]> {
    for (;;) {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "tunesmith").map(({ range, message }) => `${document.getText(range)} ${message}`);
      if (found.length === number) return found;
      await delay(50);
    }
  }

  async function complete(document: vscode.TextDocument, after: string): Promise<string[]> {
    const position = document.positionAt(document.getText().indexOf(after) + after.length);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>("vscode.executeCompletionItemProvider", document.uri, position);
    return items.map(({ label }) => (typeof label === "string" ? label : label.label));
  }

  it("are told what cannot be, at the very characters, while they are typed", async () => {
    const document = await open("wrong.eval.jsonc", '{\n  "test": "test.jsonl", "training": "none.jsonl",\n  "candidates": [\n    { "service": "Acmee", "model": "m" },\n    { "service": "Acme", "model": "m", "fewShot": 1, "retrieval": 2 }\n  ]\n}\n');
    const found = await problems(document, 3);
    assert.match(found[0] ?? "", /^"none\.jsonl" There is no file .+none\.jsonl\.$/);
    assert.match(found[1] ?? "", /^"Acmee" There is no service "Acmee"; did you mean "Acme"\?$/);
    assert.match(found[2] ?? "", /^"retrieval" A candidate has fewShot or retrieval, not both/);
    const editor = vscode.window.activeTextEditor;
    assert.ok(await editor?.edit((edit) => edit.replace(document.lineAt(3).range, '    { "service": "Acme", "model": "m" },')));
    assert.equal((await problems(document, 2)).length, 2);
    await write("none.jsonl", record("q", "a"));
    assert.match((await problems(document, 1))[0] ?? "", /^"retrieval"/);
  });

  it("are completed with services, the models that those list, and datasets, and explain themselves", async () => {
    const document = await open("new.eval.jsonc", '{\n  "test": "",\n  "candidates": [{ "service": "Acme", "model": "" }, { "service": "" }],\n  "metric": "contains"\n}\n');
    assert.ok((await complete(document, '"test": "')).includes("test.jsonl"));
    assert.deepEqual((await complete(document, '"model": "')).filter((label) => label.includes("gpt")), ["gpt-4o-mini", "gpt-4.1-mini", "ft:gpt-4o-mini:acme::old"]);
    assert.ok((await complete(document, '}, { "service": "')).includes("local"));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, document.positionAt(document.getText().indexOf("contains") + 2));
    assert.match(hovers.flatMap(({ contents }) => contents).map((content) => (typeof content === "string" ? content : content.value)).join("\n"), /\*\*Contains/);
  });

  it("have Check and Run above them", async () => {
    const document = await open("lens.eval.jsonc", "{}\n");
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
    assert.deepEqual(lenses.map(({ command }) => command?.command), ["tunesmith.plan.check", "tunesmith.plan.run"]);
  });

  it("are run on one word, leave out what was trained on, keep a report of all, and ask nothing twice", async () => {
    const plan = await write("a.eval.jsonc", `// Which way is best?
{
  "test": "test.jsonl", "training": "train.jsonl", "limits": { "maximumTokens": 9, "concurrency": 3 },
  "candidates": [
    { "service": "Acme", "model": "gpt-4o-mini" },
    { "service": "Acme", "model": "gpt-4o-mini", "retrieval": 1 },
    { "name": "tuned", "service": "Acme", "model": "gpt-4.1-mini", "tuned": true },
  ],
}
`);
    await vscode.commands.executeCommand("tunesmith.plan.check", plan);
    assert.equal(fake.times(chat), 0, "to check sends no record");
    const file = await vscode.commands.executeCommand<vscode.Uri>("tunesmith.plan.run", { plan, confirmed: true });
    assert.match(file.path, /\/\.tunesmith\/evaluations\/plans\/.+Z-a\.json$/);
    const report = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) as PlanReport;
    assert.equal(report.summary.words, "Tuning won: tuned is better than gpt-4o-mini.");
    assert.deepEqual([report.plan, report.dataset.path, report.records.length, report.dataset.refused.map(({ line }) => line)], ["plans/a.eval.jsonc", "plans/test.jsonl", 11, [4]]);
    assert.equal(fake.times(chat), 33);
    const shown = (): readonly string[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview).map(({ label }) => label);
    while (!shown().includes("Evaluation: a")) await delay(20);
    const again = await vscode.commands.executeCommand<vscode.Uri>("tunesmith.plan.run", { plan, confirmed: true });
    assert.equal(fake.times(chat), 33);
    const compared = await vscode.commands.executeCommand<vscode.Uri>("tunesmith.evaluation.compare", { report: again, earlier: file });
    assert.match((await vscode.workspace.openTextDocument(compared)).getText(), /\| tuned \| the same \| cannot tell \| 11 \| 0\.0 \|/);
  });

  it("go by batch where they want that: to cancel the run cancels the batch, and the next run reads what that has answered and sends the rest", async () => {
    const before = fake.times(chat);
    const plan = await write("batch.eval.jsonc", '{ "test": "test.jsonl", "limits": { "maximumTokens": 7 }, "candidates": [{ "service": "Acme", "model": "gpt-4o-mini", "batch": true }, { "service": "Acme", "model": "gpt-4.1-mini", "batch": true }] }');
    Object.assign(fake.batches, { end: undefined, answeredBefore: 5 });
    const stop = new AbortController();
    const running = vscode.commands.executeCommand("tunesmith.plan.run", { plan, confirmed: true, signal: stop.signal });
    while (fake.batches.list.filter(({ status }) => status === "in_progress").length < 2) await delay(20);
    stop.abort();
    await Promise.resolve(running).catch(() => undefined);
    assert.equal(fake.times(/^POST \/batches\/.+\/cancel$/), 2);
    fake.batches.end = "completed";
    const file = await vscode.commands.executeCommand<vscode.Uri>("tunesmith.plan.run", { plan, confirmed: true });
    const report = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) as PlanReport;
    assert.deepEqual([report.summary.candidates.map(({ accuracy }) => accuracy.right), report.records[0]?.outcomes.map((outcome) => "milliseconds" in outcome)], [[0, 12], [false, false]]);
    assert.deepEqual([fake.times("POST /batches"), fake.times(chat)], [4, before]);
  });

  it("answer a single record of their test file, with what is kept and without asking again, and so does a model that was chosen", async () => {
    const before = fake.times(chat);
    const file = vscode.Uri.joinPath(folder, "test.jsonl");
    const shown = async (answers: object): Promise<string> => (await vscode.workspace.openTextDocument(await vscode.commands.executeCommand<vscode.Uri>("tunesmith.record.run", { file, line: 5, confirmed: true, ...answers }))).getText();
    const text = await shown({ plan: vscode.Uri.joinPath(folder, "a.eval.jsonc") });
    assert.equal(fake.times(chat), before);
    assert.match(text, /^# Line 6\n[^]*## Reference\n\n```text\ngpt-4\.1-mini heard: Question 5\n```\n\n## ✗ gpt-4o-mini \(Acme, kept from before\)[^]*## ✗ gpt-4o-mini with the nearest example \(Acme, kept from before\)[^]*## ✓ tuned \(Acme, kept from before\)\n\n```text\ngpt-4\.1-mini heard: Question 5\n```/);
    assert.match(await shown({ model: { service: "Acme", model: "ft:gpt-4o-mini:acme::old" } }), /## ✗ ft:gpt-4o-mini:acme::old \(Acme\)\n\n```text\nft:gpt-4o-mini:acme::old heard: Question 5/);
    assert.equal(fake.times(chat), before + 1);
    // VS Code shows no dialog to a test: that is a word that was not given.
    assert.equal(await vscode.commands.executeCommand("tunesmith.record.run", { file, line: 6, model: { service: "Acme", model: "ft:gpt-4o-mini:acme::old" } }), undefined);
    assert.equal(fake.times(chat), before + 1);
  });

  it("ask nobody who bills without the user's word, and nobody at all for what cannot be run", async () => {
    const before = fake.times(chat);
    const paid = await write("paid.eval.jsonc", '{ "test": "test.jsonl", "candidates": [{ "service": "Acme", "model": "gpt-4o-mini" }, { "service": "Acme", "model": "gpt-4.1-mini" }], "seed": 7 }');
    // VS Code shows no dialog to a test: that is a word that was not given.
    assert.equal(await vscode.commands.executeCommand("tunesmith.plan.run", paid), undefined);
    const wrong = await write("wrong.eval.jsonc", '{ "test": "test.jsonl", "candidates": [{ "service": "Nowhere", "model": "m" }, { "service": "Acme", "model": "n" }] }');
    assert.equal(await vscode.commands.executeCommand("tunesmith.plan.run", { plan: wrong, confirmed: true }), undefined);
    assert.equal(fake.times(chat), before);
  });
});
