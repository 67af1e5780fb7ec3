import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";

const record = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
const dataset = Array.from({ length: 12 }, (_, index) => record(`Is ${index} even?`, index % 2 ? "no" : "yes")).join("\n");

describe("Launch files", function () {
  this.timeout(60_000);
  let folder: vscode.Uri;
  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    const uri = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    return uri;
  };
  const open = async (name: string, text: string): Promise<vscode.TextDocument> => (await vscode.window.showTextDocument(await write(name, text))).document;

  before(async () => {
    await vscode.extensions.getExtension("tunesmith.tunesmith")?.activate();
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    folder = vscode.Uri.joinPath(root.uri, "launches");
    await vscode.workspace.fs.createDirectory(folder);
    await write("even.jsonl", dataset);
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.fs.delete(folder, { recursive: true });
  });

  async function problems(document: vscode.TextDocument, satisfied: (messages: readonly string[]) => boolean): Promise<string[]> {
    for (;;) {
      const found = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "tunesmith").map(({ range, message }) => `${document.getText(range)} ${message}`);
      if (satisfied(found)) return found;
      await delay(50);
    }
  }

  async function complete(document: vscode.TextDocument, after: string): Promise<string[]> {
    const position = document.positionAt(document.getText().indexOf(after) + after.length);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>("vscode.executeCompletionItemProvider", document.uri, position);
    return items.map(({ label }) => (typeof label === "string" ? label : label.label));
  }

  it("are told what cannot be, at the very characters, while they are typed", async () => {
    const document = await open("wrong.finetune.jsonc", '{\n  "service": "local",\n  "model": "smollm2-135m-instruct",\n  "data": { "training": "even.jsonl", "validation": "none.jsonl" },\n  "hyperparameters": { "n_epochs": 99, "lora_rang": 8 }\n}\n');
    const found = await problems(document, (messages) => messages.length === 3);
    assert.match(found[0] ?? "", /^99 Epochs is 99; expected is a whole number from 1 to 50\.$/);
    assert.match(found[1] ?? "", /^"lora_rang" Local Engine has no hyperparameter "lora_rang" .+ did you mean "lora_rank"\?$/);
    assert.match(found[2] ?? "", /^"none\.jsonl" There is no file .+none\.jsonl\.$/);
    const at = document.positionAt(document.getText().indexOf("lora_rang"));
    const titles = async (): Promise<string[]> => (await vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, new vscode.Range(at, at))).map(({ title }) => title).filter((title) => title.startsWith("Change to"));
    // The problems are shown a moment before VS Code hands them to those who offer repairs.
    for (let tries = 0; (await titles()).length === 0 && tries < 50; tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(await titles(), ['Change to "lora_rank"']);
    const editor = vscode.window.activeTextEditor;
    assert.ok(await editor?.edit((edit) => edit.replace(document.lineAt(4).range, '  "hyperparameters": { "n_epochs": 9 }')));
    await problems(document, (messages) => messages.length === 1);
    await write("none.jsonl", dataset.split("\n").slice(0, 10).reverse().join("\n"));
    assert.deepEqual(await problems(document, (messages) => messages.length === 0), []);
  });

  it("are completed with services, datasets and what the service leaves to choose", async () => {
    const document = await open("new.finetune.jsonc", '{\n  "service": "local",\n  "data": { "training": "" },\n  "hyperparameters": { "" }\n}\n');
    assert.ok((await complete(document, '"service": "')).includes("local"));
    assert.ok((await complete(document, '"training": "')).includes("even.jsonl"));
    assert.deepEqual((await complete(document, '"hyperparameters": { "')).slice(0, 3), ["n_epochs", "batch_size", "learning_rate_multiplier"]);
  });

  it("explain each hyperparameter with its range", async () => {
    const document = await open("hover.finetune.jsonc", '{ "service": "local", "model": "m", "data": { "training": "even.jsonl" }, "hyperparameters": { "lora_rank": 8 } }\n');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, document.positionAt(document.getText().indexOf("lora_rank") + 2));
    const text = hovers.flatMap(({ contents }) => contents).map((content) => (typeof content === "string" ? content : content.value)).join("\n");
    assert.match(text, /\*\*LoRA rank\*\*[^]+a whole number from 1 to 256/);
  });

  it("have Check, Estimate and Start above them", async () => {
    const document = await open("lens.finetune.jsonc", '{ "service": "local", "model": "m", "data": { "training": "even.jsonl" } }\n');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
    assert.deepEqual(lenses.map(({ command }) => command?.command), ["tunesmith.launch.check", "tunesmith.launch.estimate", "tunesmith.job.start"]);
  });

  it("are written by the wizard, which opens them, and are the same file for the same answers", async () => {
    const answers = { dataset: vscode.Uri.joinPath(folder, "even.jsonl"), provider: "local", model: "smollm2-135m-instruct", hyperparameters: { max_steps: 5, batch_size: 2 }, suffix: "even", seed: 1 };
    const file = await vscode.commands.executeCommand<vscode.Uri>("tunesmith.launch.create", answers);
    assert.ok(file.path.endsWith("/launches/even.finetune.jsonc"));
    assert.ok(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === file.toString()));
    const document = await vscode.workspace.openTextDocument(file);
    assert.match(document.getText(), /"service": "local",\n {2}"model": "smollm2-135m-instruct",\n {2}"data": \{\n {4}"training": "even\.jsonl"/);
    assert.equal((await vscode.commands.executeCommand<vscode.Uri>("tunesmith.launch.create", answers)).toString(), file.toString());
    const other = await vscode.commands.executeCommand<vscode.Uri>("tunesmith.launch.create", { ...answers, seed: 2 });
    assert.ok(other.path.endsWith("/launches/even-2.finetune.jsonc"));
  });

  it("are estimated in a document that says records, tokens, steps, time and price", async () => {
    await vscode.commands.executeCommand("tunesmith.launch.estimate", vscode.Uri.joinPath(folder, "even.finetune.jsonc"));
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, "even.md").with({ scheme: "tunesmith-plan" }));
    const text = document.getText();
    assert.match(text, /^# smollm2-135m-instruct on even\.jsonl at Local Engine$/m);
    assert.match(text, /^\| \*\*Records\*\* \| 12 \| {2}\|$/m);
    // A model that another test has fetched already has its tokenizer here, and its pace is known.
    assert.match(text, /^\| \*\*Tokens\*\* \| (?:about \d+ to \d+ \||\d+ \| counted with the model's own tokenizer \|$)/m);
    assert.match(text, /^\| \*\*Steps\*\* \| 5 \|/m);
    assert.match(text, /^\| \*\*Time\*\* \| \d+ s to \d+ s \| (?:as measured on two cores|by an earlier job of this model here \|$)/m);
    assert.match(text, /^- ✓ service: Local Engine answers\.$/m);
    assert.match(text, /^Nothing forbids the start\.$/m);
  });
});
