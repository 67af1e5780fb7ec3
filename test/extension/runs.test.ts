import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { JobReference } from "../../src/jobs/job.ts";
import { parseLaunchFile } from "../../src/jobs/launch-file/parse.ts";
import type { RunRecord } from "../../src/jobs/runs/run-record.ts";
import { listRuns } from "../../src/launch/run-file.ts";
import { startFakeOpenAi, type FakeOpenAi } from "../support/fake-openai.ts";
import { stepByStep } from "../support/step-by-step.ts";

const record = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
const dataset = Array.from({ length: 12 }, (_, index) => record(`Is ${index} even?`, index % 2 ? "It is odd." : "It is even."));
/** What one asks a service for, whose answer a window may be some seconds late to see. */
const patience = 60_000;

/** The service is a fake built from OpenAI's specification; it takes no key, as servers on one's own machine do. */
describe("Runs at a service, over a fake built from OpenAI's specification", function () {
  this.timeout(3 * patience);
  stepByStep();
  let fake: FakeOpenAi;
  let folder: vscode.Uri;
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    await vscode.workspace.fs.writeFile(at(name), new TextEncoder().encode(text));
    return at(name);
  };
  const launchText = (part: object = {}): string => JSON.stringify({ service: "Ours", model: "gpt-4o-mini", data: { training: "even.jsonl" }, hyperparameters: { n_epochs: 2 }, suffix: "even", ...part }, undefined, 2);
  const run = <Result>(command: string, ...parameters: unknown[]): Thenable<Result> => vscode.commands.executeCommand<Result>(command, ...parameters);
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("tunesmith");

  /** What `look` gives once it satisfies; the last that it gave when that takes too long. */
  async function until<Value>(look: () => Value | PromiseLike<Value>, satisfied: (value: Value) => boolean): Promise<Value> {
    const end = Date.now() + patience;
    for (;;) {
      const value = await look();
      if (satisfied(value) || Date.now() > end) return value;
      await delay(100);
    }
  }
  const refusals = (file: vscode.Uri): vscode.Diagnostic[] => vscode.languages.getDiagnostics(file).filter(({ source }) => source === "Tunesmith");
  /** Lets a job end and the window see it. */
  async function end(job: string, part: object): Promise<void> {
    Object.assign(fake.jobs.find(({ id }) => id === job) ?? {}, { finished_at: 1_790_000_100, ...part });
    await run("tunesmith.job.refresh", { provider: "Ours" });
  }

  before(async () => {
    await vscode.extensions.getExtension("tunesmith.tunesmith")?.activate();
    fake = await startFakeOpenAi("");
    // In a browser VS Code saves by itself.
    await vscode.workspace.getConfiguration("files").update("autoSave", "off", vscode.ConfigurationTarget.Global);
    await settings().update("endpoints", { Ours: fake.baseURL, Together: "https://api.together.xyz/v1" }, vscode.ConfigurationTarget.Global);
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    folder = vscode.Uri.joinPath(root.uri, "runs");
    await vscode.workspace.fs.createDirectory(folder);
    await write("even.jsonl", dataset.join("\n"));
    await write("even.finetune.jsonc", launchText());
  });
  after(async () => {
    await run("workbench.action.closeAllEditors");
    await settings().update("endpoints", undefined, vscode.ConfigurationTarget.Global);
    await vscode.workspace.getConfiguration("files").update("autoSave", undefined, vscode.ConfigurationTarget.Global);
    await vscode.workspace.fs.delete(folder, { recursive: true });
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, "../.tunesmith/runs"), { recursive: true });
    await fake?.close();
  });

  describe("a job that failed", () => {
    let first: JobReference | undefined;

    it("has the lines that the service named marked in a file that is not open, in the service's words", async () => {
      first = await run<JobReference | undefined>("tunesmith.job.start", { launch: at("even.finetune.jsonc"), confirmed: true });
      assert.ok(first);
      await end(first.job, { status: "failed", error: { code: "invalid_file_format", message: "The job failed due to a file format error in the training file. Invalid file format. Example 3 message contains an invalid token: <|fim_suffix|>. Example 5 is missing key 'messages'.", param: "training_file" } });
      const found = await until(() => refusals(at("even.jsonl")), ({ length }) => length === 2);
      assert.deepEqual(found.map(({ range: { start, end: to }, message }) => [start.line, start.character, to.character, message]), [
        [2, 0, dataset[2]?.length, "Ours refused this record: Example 3 message contains an invalid token: <|fim_suffix|>."],
        [4, 0, dataset[4]?.length, "Ours refused this record: Example 5 is missing key 'messages'."],
      ]);
      assert.deepEqual((found[0]?.code as { value: string }).value, "provider-refused");
    });

    it("has them marked where they have come to, and no more once they are changed; what was thrown away is marked again", async () => {
      const document = (await vscode.window.showTextDocument(at("even.jsonl"))).document;
      const edit = async (change: (edit: vscode.WorkspaceEdit) => void): Promise<number[]> => {
        const all = new vscode.WorkspaceEdit();
        change(all);
        assert.ok(await vscode.workspace.applyEdit(all));
        return refusals(document.uri).map(({ range }) => range.start.line);
      };
      assert.deepEqual(await edit((all) => all.insert(document.uri, new vscode.Position(0, 0), `${record("New?", "Yes.")}\n`)), [3, 5]);
      const titles = (await vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, document.lineAt(3).range)).map(({ title }) => title);
      assert.ok(titles.includes("Start again at Ours…"), titles.join("\n"));
      assert.deepEqual(await edit((all) => all.replace(document.uri, document.lineAt(3).range, record("Is 2 even?", "It is, of course."))), [5]);
      await run("workbench.action.files.revert");
      assert.deepEqual((await until(() => refusals(at("even.jsonl")), ({ length }) => length === 2)).map(({ range }) => range.start.line), [2, 4]);
    });

    it("is started again from its launch file once the file is mended, through the same checks, and nothing is marked any more", async () => {
      const mended = dataset.map((line, index) => ([2, 4].includes(index) ? record(`Is ${index} even at all?`, "It is even.") : line));
      await write("even.jsonl", mended.join("\n"));
      assert.deepEqual(await until(() => refusals(at("even.jsonl")), ({ length }) => length === 0), []);
      const again = await run<JobReference | undefined>("tunesmith.job.startAgain", { ...first, confirmed: true });
      assert.ok(again);
      assert.notEqual(again.job, first?.job);
      assert.deepEqual([fake.jobs.length, fake.jobs[0]?.["training_file"] === fake.jobs[1]?.["training_file"]], [2, false]);
      await end(again.job, { status: "failed", error: { code: "invalid_training_file", message: "This training file was blocked because too many examples were flagged by our moderation API.", param: "training_file" } });
      assert.deepEqual(refusals(at("even.jsonl")), []);
    });
  });

  describe("a run record", () => {
    const records = async (): Promise<RunRecord[]> => {
      const [root] = vscode.workspace.workspaceFolders ?? [];
      assert.ok(root);
      return [...(await listRuns(root.uri.fsPath))];
    };

    it("lies in the workspace folder for each run, with what went in and how it ended", async () => {
      const [again, first, ...others] = await until(records, (runs) => runs.length === 2 && runs.every(({ state }) => state === "failed"));
      assert.deepEqual(others, []);
      assert.deepEqual([again?.service, again?.launchFile?.path, again?.launchFile?.content?.["model"], again?.data.training.path, again?.data.training.records, again?.parameters.sent, again?.results?.error?.code],
        ["Ours", "runs/even.finetune.jsonc", "gpt-4o-mini", "runs/even.jsonl", 12, { n_epochs: 2 }, "invalid_training_file"]);
      assert.notEqual(again?.data.training.sha256, first?.data.training.sha256);
      assert.equal(JSON.stringify([again, first]).includes(fake.origin), false);
    });

    it("is told apart from the last one in a document that begins with what changed", async () => {
      await write("even.finetune.jsonc", launchText({ hyperparameters: { n_epochs: 3 } }));
      // VS Code is a moment late to see what is written on disk.
      await until(async () => (await vscode.workspace.openTextDocument(at("even.finetune.jsonc"))).getText(), (text) => text.includes('"n_epochs": 3'));
      const third = await run<JobReference | undefined>("tunesmith.job.start", { launch: at("even.finetune.jsonc"), confirmed: true });
      assert.ok(third);
      fake.finish(third.job);
      await run("tunesmith.job.refresh", { provider: "Ours" });
      const [last] = await until(records, ([newest]) => newest?.state === "succeeded");
      assert.deepEqual([last?.results?.metrics?.["train_loss"], last?.results?.trainedTokens], [0.2, 128]);
      const shown = await run<vscode.Uri | undefined>("tunesmith.run.compare", third);
      assert.ok(shown);
      const text = (await vscode.workspace.openTextDocument(shown)).getText();
      assert.match(text, /The training data is the same\. Changed: n\\_epochs: 2 → 3\./);
      assert.match(text, /^\| \*\*State\*\* \| failed \| succeeded \|$/m);
    });
  });

  describe("a migration", () => {
    const problemsOf = (file: vscode.Uri): string[] => vscode.languages.getDiagnostics(file).map(({ message }) => message);

    it("opens a launch file for another service that says what was kept and dropped, and has no problem", async () => {
      const job = String(fake.jobs[0]?.["id"]);
      const file = await run<vscode.Uri | undefined>("tunesmith.job.migrate", { provider: "Ours", job, to: "Together", model: "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference" });
      assert.ok(file);
      assert.ok(file.path.endsWith("/runs/even.together.finetune.jsonc"), file.path);
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), file.toString());
      const text = vscode.window.activeTextEditor?.document.getText() ?? "";
      assert.match(text, new RegExp(`^// Migrated from Ours, job ${job}, which tuned gpt-4o-mini\\.\\n// Kept: n_epochs 3 → n_epochs 3\\n`, "m"));
      const read = parseLaunchFile(text);
      assert.ok(!("faults" in read));
      assert.deepEqual(read.value, { service: "Together", model: "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference", data: { training: "even.jsonl" }, hyperparameters: { n_epochs: 3 }, suffix: "even" });
      // What would be wrong is told within a second.
      await delay(2000);
      assert.deepEqual(problemsOf(file), []);
    });

    it("takes along what was not started here, with the file that the user names, converted beside it where the other service takes another format", async () => {
      fake.jobs.unshift({ ...fake.jobs[0], id: "ftjob-foreign", metadata: null, method: { type: "supervised" }, user_provided_suffix: "theirs", hyperparameters: { n_epochs: 4, batch_size: "auto", learning_rate_multiplier: 2 } });
      const alpaca = await write("theirs.jsonl", Array.from({ length: 12 }, (_, index) => JSON.stringify({ instruction: `Is ${index} even?`, input: "", output: index % 2 ? "It is odd." : "It is even." })).join("\n"));
      const before = new TextDecoder().decode(await vscode.workspace.fs.readFile(alpaca));
      const file = await run<vscode.Uri | undefined>("tunesmith.job.migrate", { provider: "Ours", job: "ftjob-foreign", to: "Together", model: "m", training: alpaca });
      assert.ok(file);
      const read = parseLaunchFile((await vscode.workspace.openTextDocument(file)).getText());
      assert.ok(!("faults" in read));
      assert.deepEqual([read.value.data.training, read.value.hyperparameters, read.value.suffix], ["theirs.openai-chat.jsonl", { n_epochs: 4, learning_rate: 0.00002 }, "theirs"]);
      const converted = new TextDecoder().decode(await vscode.workspace.fs.readFile(at("theirs.openai-chat.jsonl")));
      assert.deepEqual(JSON.parse(converted.split("\n")[0] ?? ""), { messages: [{ role: "user", content: "Is 0 even?" }, { role: "assistant", content: "It is even." }] });
      assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(alpaca)), before);
    });
  });
});
