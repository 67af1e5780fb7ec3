import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { evaluate } from "../../src/editor/evaluation/evaluate.ts";
import type { Choices, EvaluationDependencies } from "../../src/editor/evaluation/choices.ts";
import { restoreReport, showReport, viewType } from "../../src/editor/evaluation/panel.ts";
import { openReport } from "../../src/evaluating/report-file.ts";
import type { ChatModel } from "../../src/evaluation/model.ts";
import type { Service } from "../../src/providers/service.ts";

const record = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "system", content: "s" }, { role: "user", content: question }, { role: "assistant", content: answer }] });
const number = 20;
const tabsOfReports = (): vscode.Tab[] => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes(viewType));

/** An evaluation asks a service for nothing but its models. */
const unused = { provider: {}, tuning: {} } as unknown as Omit<Service, "chatModel">;

/** Models by name, each a function from question to answer; `asked` tells who was asked what. */
function models(answers: Readonly<Record<string, (question: string) => string>>, asked: string[] = []): EvaluationDependencies["services"] {
  return {
    list: () => [{ id: "fake", title: "Fake service", pauses: { active: 1000, idle: 1000 } }],
    open: async () => ({ ...unused, chatModel }),
  };

  function chatModel(model: string): ChatModel {
    return {
      id: model,
      async answer(messages, options, signal) {
        signal.throwIfAborted();
        assert.equal(options.temperature, 0);
        const question = messages.at(-1)?.content ?? "";
        asked.push(`${model} ${question}`);
        const answer = answers[model]?.(question);
        if (answer === undefined) throw new Error(`There is no model ${model}.`);
        return { text: answer, finishReason: "stop" };
      },
    };
  }
}

const wise = (question: string): string => `answer ${question.split(" ")[1]}`;
const foolish = (): string => "I do not know";

describe("Evaluating in the editor", () => {
  const log = vscode.window.createOutputChannel("Evaluation test", { log: true });
  const extensionUri = vscode.extensions.getExtension("tunesmith.tunesmith")?.extensionUri as vscode.Uri;
  const workerFile = new URL("dist/dataset-worker.js", `${extensionUri.with({ scheme: "file", authority: "" }).toString(true)}/`);
  let root: string;
  let choices: Choices;
  const folder = (): string => join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "", ".tunesmith", "evaluations");

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "tunesmith-evaluation-"));
    const file = join(root, "test.jsonl");
    await writeFile(file, `${Array.from({ length: number }, (_, index) => record(`question ${index}`, `answer ${index}`)).join("\n")}\n{`);
    choices = { testFile: vscode.Uri.file(file), provider: "fake", base: "foolish", tuned: "wise", job: "job-1" };
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    // What one test had answered must not be found by the next.
    for (const each of [folder(), join(folder(), "..", "answers")]) await rm(each, { recursive: true, force: true });
  });
  after(async () => {
    log.dispose();
    await rm(root, { recursive: true, force: true });
  });

  const run = (services: EvaluationDependencies["services"], more: Partial<EvaluationDependencies> = {}, changed: Partial<Choices> = {}): Promise<vscode.Uri> => evaluate({ ...choices, ...changed }, { services, workerFile, log, ...more }, new Set());

  it("has both models answer, and saves a report that says which is better, on what, and by which numbers", async () => {
    const asked: string[] = [];
    const saved = await run(models({ wise, foolish }, asked));
    assert.equal(asked.length, 2 * number);
    const report = await openReport(saved.fsPath);
    assert.equal(report.summary.verdict.outcome, "better");
    assert.deepEqual(report.summary.counts, { both: 0, only_candidate: number, only_baseline: 0, neither: 0 });
    assert.deepEqual(report.models, { provider: "fake", base: "foolish", tuned: "wise", job: "job-1" });
    assert.deepEqual(report.dataset.refused, [{ line: number + 1, reason: "the line is not valid JSON" }]);
    assert.deepEqual(await readdir(folder()), [saved.path.split("/").at(-1)], "the answers are in the report, and their file is gone");
  });

  it("keeps the answers of a run that broke off, and asks only what is missing the next time", async () => {
    await assert.rejects(run(models({ foolish })), /wise answers nothing\. The last reason: There is no model wise\./);
    assert.match((await readdir(folder())).join(), /\.answers\.jsonl$/);
    const asked: string[] = [];
    await run(models({ wise, foolish }, asked));
    assert.deepEqual([...new Set(asked.map((each) => each.split(" ")[0]))], ["wise"]);
    assert.equal(asked.length, number);
  });

  it("leaves a record without an answer out, says so, and completes it when it is run again", async () => {
    const failing = (question: string): string => {
      if (question === "question 3") throw new Error("Too long.");
      return wise(question);
    };
    const first = await openReport((await run(models({ wise: failing, foolish }))).fsPath);
    assert.deepEqual([first.summary.answered, first.summary.unanswered], [number - 1, 1]);
    const asked: string[] = [];
    const second = await openReport((await run(models({ wise, foolish }, asked))).fsPath);
    assert.deepEqual(asked, ["wise question 3"]);
    assert.equal(second.summary.unanswered, 0);
  });

  it("tests no record that the model was trained on, where the training file is known", async () => {
    const training = join(root, "train.jsonl");
    await writeFile(training, record("Question 7!", "other"));
    const report = await openReport((await run(models({ wise, foolish }), { trainingFile: async () => training })).fsPath);
    assert.equal(report.records.length, number - 1);
    assert.match(report.dataset.refused[0]?.reason ?? "", /^the training file asks the same on line 1/);
    assert.equal(report.training?.path, training);
    await assert.rejects(run(models({ wise, foolish }), { trainingFile: async () => choices.testFile.fsPath }), /tuned on .* itself/);
  });

  it("judges by the metric of the settings, or by the one that the report to make again was judged by", async () => {
    const settings = vscode.workspace.getConfiguration("tunesmith.evaluation");
    const loud = (question: string): string => `It is: ${wise(question)}!`;
    await settings.update("metric", "contains", vscode.ConfigurationTarget.Global);
    try {
      const contained = await openReport((await run(models({ wise: loud, foolish }))).fsPath);
      assert.deepEqual([contained.metric, contained.summary.tuned.right], ["contains", number]);
      const again = await openReport((await run(models({ wise: loud, foolish }), {}, { metric: "exact-match", also: ["chrf"] })).fsPath);
      assert.deepEqual([again.metric, again.also, again.summary.tuned.right], ["exact-match", ["chrf"], 0]);
    } finally {
      await settings.update("metric", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("says in a sentence what cannot be evaluated", async () => {
    const empty = join(root, "empty.jsonl");
    await writeFile(empty, "");
    await assert.rejects(run(models({}), {}, { testFile: vscode.Uri.file(empty) }), /has no records/);
    await assert.rejects(run(models({}), {}, { testFile: vscode.Uri.file(join(root, "none.jsonl")) }), /there is no such file/);
    await assert.rejects(run(models({}), {}, { tuned: "foolish" }), /both foolish/);
    await assert.rejects(run(models({}), {}, { testFile: vscode.Uri.parse("untitled:x.jsonl") }), /on disk/);
  });

  it("shows a report in one tab, and again in the same", async () => {
    const saved = await run(models({ wise, foolish }));
    const open = new Map<string, vscode.WebviewPanel>();
    const show = () => showReport(saved, open, { extensionUri, log, providerTitle: () => "Fake service", workerFile, evaluateAgain: async () => undefined, runAgain: async () => undefined });
    await show();
    await show();
    await until(() => tabsOfReports().length === 1);
    assert.equal(tabsOfReports()[0]?.label, "Evaluation: wise");
    await vscode.window.tabGroups.close(tabsOfReports());
    await until(() => open.size === 0);
  });

  it("fills a panel again that VS Code brought back, and closes one that it knows nothing of", async () => {
    const saved = await run(models({ wise, foolish }));
    const open = new Map<string, vscode.WebviewPanel>();
    const dependencies = { extensionUri, log, providerTitle: () => "Fake service", workerFile, evaluateAgain: async () => undefined, runAgain: async () => undefined };
    const panel = vscode.window.createWebviewPanel(viewType, "", vscode.ViewColumn.Active);
    await restoreReport(panel, { report: saved.toString(), filter: "all", page: 0 }, open, dependencies);
    assert.deepEqual([...open.keys()], [saved.toString()]);
    await until(() => panel.title === "Evaluation: wise");
    assert.match(panel.webview.html, /default-src 'none'/);
    const unknown = vscode.window.createWebviewPanel(viewType, "", vscode.ViewColumn.Active);
    const closed = new Promise<void>((resolve) => unknown.onDidDispose(resolve));
    await restoreReport(unknown, { report: "https://example.org/r.json" }, open, dependencies);
    await closed;
  });

  it("opens no tab for a file that is no report", async () => {
    const file = join(root, "other.json");
    await writeFile(file, "{}");
    await assert.rejects(showReport(vscode.Uri.file(file), new Map(), { extensionUri, log, providerTitle: String, workerFile, evaluateAgain: async () => undefined, runAgain: async () => undefined }), /This is not an evaluation report/);
    assert.equal(tabsOfReports().length, 0);
    assert.equal(await readFile(file, "utf8"), "{}");
  });
});

/** Waits until something holds; the test's own time limit ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}
