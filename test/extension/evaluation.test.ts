import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { evaluate } from "../../src/editor/evaluation/evaluate.ts";
import type { Choices, EvaluationDependencies } from "../../src/editor/evaluation/choices.ts";
import { describeResult } from "../../src/editor/evaluation/describe-result.ts";
import { createKeptReports } from "../../src/editor/evaluation/kept-reports.ts";
import { createKnownReports } from "../../src/editor/evaluation/known-reports.ts";
import { createLatestResults } from "../../src/editor/evaluation/latest-results.ts";
import { marksIn } from "../../src/editor/evaluation/result-marks.ts";
import { showInTestExplorer } from "../../src/editor/evaluation/test-explorer.ts";
import { restoreReport, showReport, viewType } from "../../src/editor/evaluation/panel.ts";
import { createReportReader } from "../../src/evaluation/reader/report-reader.ts";
import { correctRecord } from "../../src/editor/evaluation/correction/correct-record.ts";
import { startNextRun } from "../../src/editor/evaluation/correction/start-next-run.ts";
import { createRecordLines, type RecordLines } from "../../src/editor/records/record-lines.ts";
import type { SavedReport } from "../../src/evaluation/saved-report.ts";
import type { CorrectionRequest } from "../../src/protocol/evaluation-panel.ts";
import { withEditorModels } from "../../src/editor/language-models/with-editor-models.ts";
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

  describe("corrects a record", () => {
    let test: string;
    let training: string;
    const asked: string[] = [];
    let lines: RecordLines;
    /** Paths of reports are those of the workspace; the files lie elsewhere, so that they are named whole. */
    const correct = (report: vscode.Uri, read: SavedReport, request: CorrectionRequest, word: string | undefined = "Apply") => correctRecord(report, read, createReportReader(read).record(request.line), request, {
      lines, workerFile, launchOf: async () => ({ dataset: { path: training, sha256: "", records: 2 } }),
      ask: async (message) => {
        asked.push(message);
        return word;
      },
    });
    const questions = async (path: string): Promise<string[]> => (await readFile(path, "utf8")).split("\n").filter((line) => line !== "").map((line) => /question \d+|Known \d/.exec(line)?.[0] ?? line);

    beforeEach(async () => {
      asked.length = 0;
      lines = createRecordLines(new URL("records-worker.js", workerFile));
      // VS Code keeps documents of files that it has closed for a while.
      const own = await mkdtemp(join(root, "correct-"));
      test = join(own, "correct-test.jsonl");
      training = join(own, "correct-train.jsonl");
      await writeFile(test, `${Array.from({ length: number }, (_, index) => record(`question ${index}`, `answer ${index}`)).join("\n")}\n`);
      await writeFile(training, [record("Known 1", "1"), record("Known 2", "2")].join("\n"));
    });
    afterEach(async () => {
      lines.dispose();
      await rm(join(folder(), "..", "corrections.jsonl"), { force: true });
    });

    it("into a training record on the user's word only, finds others where they have come to, and says what the next evaluation lacks", async () => {
      const saved = await run(models({ wise, foolish }), {}, { testFile: vscode.Uri.file(test) });
      const report = await openReport(saved.fsPath);
      assert.equal(await correct(saved, report, { line: 4, answer: "better", as: { kind: "training" } }, "Discard"), undefined);
      assert.match(asked[0] ?? "", /Add the corrected record to correct-train\.jsonl and take line 4 from correct-test\.jsonl\? Nothing is changed yet\./);
      assert.deepEqual([(await questions(test)).length, (await questions(training)).length], [number, 2]);

      const done = await correct(saved, report, { line: 4, answer: "better", as: { kind: "training" } });
      assert.match(done?.words ?? "", /^Line 4 is in .*correct-train\.jsonl as a corrected record, and not in .*correct-test\.jsonl any more/);
      assert.equal(await readFile(training, "utf8"), `${[record("Known 1", "1"), record("Known 2", "2"), record("question 3", "better")].join("\n")}\n`);
      await correct(saved, report, { line: 6, answer: "best", as: { kind: "training" } });
      assert.match(asked[2] ?? "", /take line 5 from/, "the line before it is gone");
      assert.deepEqual((await questions(test)).filter((each) => ["question 3", "question 5"].includes(each)), []);
      await assert.rejects(correct(saved, report, { line: 4, answer: "again", as: { kind: "training" } }), /was moved to .*correct-train\.jsonl already/);

      const next = await openReport((await run(models({ wise, foolish }), { trainingFile: async () => training }, { testFile: vscode.Uri.file(test) })).fsPath);
      assert.deepEqual([next.dataset.moved, next.records.length], [2, number - 2]);

      // One step takes the last move back in both files.
      await vscode.window.showTextDocument(vscode.Uri.file(test));
      await vscode.commands.executeCommand("undo");
      assert.ok((await vscode.workspace.openTextDocument(test)).getText().includes("question 5"));
      await vscode.commands.executeCommand("workbench.action.files.saveAll");
    });

    it("into a preference pair in a file of its own, beside the training file", async () => {
      const saved = await run(models({ wise, foolish }), {}, { testFile: vscode.Uri.file(test) });
      const report = await openReport(saved.fsPath);
      await correct(saved, report, { line: 1, answer: "answer 0", as: { kind: "preference", rejected: 0 } });
      const pair = JSON.parse(await readFile(join(training, "..", "correct-train.preferences.jsonl"), "utf8")) as unknown;
      assert.deepEqual(pair, {
        input: { messages: [{ role: "system", content: "s" }, { role: "user", content: "question 0" }] },
        preferred_output: [{ role: "assistant", content: "answer 0" }], non_preferred_output: [{ role: "assistant", content: "I do not know" }],
      });
      assert.equal((await questions(test)).length, number - 1);
      assert.deepEqual(await questions(training), ["Known 1", "Known 2"]);
    });

    it("only while it is the record that was evaluated, in a file that is saved, and in the format of the training file", async () => {
      const saved = await run(models({ wise, foolish }), {}, { testFile: vscode.Uri.file(test) });
      const report = await openReport(saved.fsPath);
      const request: CorrectionRequest = { line: 1, answer: "x", as: { kind: "training" } };
      await writeFile(training, '{"instruction": "i", "input": "", "output": "o"}\n');
      await assert.rejects(correct(saved, report, request), /correct-train\.jsonl holds records of the format Alpaca/);
      await writeFile(test, (await readFile(test, "utf8")).replace("question 0", "question 99"));
      await assert.rejects(correct(saved, report, request), /correct-test\.jsonl has changed since this evaluation: the record of line 1 is not in it any more as it was evaluated/);
      assert.deepEqual(asked, []);
    });

    it("and opens the launch file for the next run, with the training file that corrections went to", async () => {
      const saved = await run(models({ wise, foolish }), {}, { testFile: vscode.Uri.file(test) });
      const report = await openReport(saved.fsPath);
      await assert.rejects(startNextRun(saved, report, async () => undefined), /No record of this report has been corrected yet/);
      await correct(saved, report, { line: 2, answer: "x", as: { kind: "training" } });
      const launchFile = join(training, "..", "correct.finetune.jsonc");
      await writeFile(launchFile, '{\n  // kept\n  "service": "local", "model": "m", "data": { "training": "other.jsonl" }\n}\n');
      const opened = await startNextRun(saved, report, async () => ({ dataset: { path: training, sha256: "", records: 2 }, launchFile }));
      assert.equal(opened?.fsPath, launchFile);
      assert.match(vscode.window.activeTextEditor?.document.getText() ?? "", /\/\/ kept\n.*"training": "correct-train\.jsonl"/);
      assert.match(await readFile(launchFile, "utf8"), /other\.jsonl/, "the user sees the edit before it is saved");
      await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    });
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

  it("marks the lines of a test file by what they say, wherever they stand, and tells what was expected and answered", async () => {
    const half = (question: string): string => (question === "question 1" ? "no" : wise(question));
    await run(models({ wise: half, foolish }));
    const reports = createKeptReports();
    const results = createLatestResults({ reports, known: createKnownReports(), workerFile });
    try {
      const document = await vscode.workspace.openTextDocument(choices.testFile);
      const found = await results.of(choices.testFile);
      assert.ok(found);
      const signs = (): (string | undefined)[] => marksIn(document, new vscode.Range(0, 0, 3, 0), found).map(({ range, renderOptions }) => `${range.start.line} ${renderOptions?.before?.contentText}`);
      assert.deepEqual(signs(), ["0 ✗✓", "1 ✗✗", "2 ✗✓", "3 ✗✓"]);
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), "\n");
      edit.replace(document.uri, new vscode.Range(0, 0, 0, 1), " {");
      edit.replace(document.uri, new vscode.Range(2, 0, 2, document.lineAt(2).text.length), record("question 2", "another answer"));
      assert.ok(await vscode.workspace.applyEdit(edit));
      assert.deepEqual(signs(), ["1 ✗✓", "2 ✗✗"], "a line that says something else was not evaluated");
      const hover = describeResult(found.records[1] ?? assert.fail(), found).value;
      assert.match(hover, /Expected:\n```plaintext\nanswer 1\n```\n\n✗ foolish\n\n```plaintext\nI do not know\n```\n\n✗ wise\n\n```plaintext\nno\n```/);
      assert.equal(await results.of(vscode.Uri.file(join(root, "other.jsonl"))), undefined);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    } finally {
      vscode.Disposable.from(reports.disposable, results.disposable).dispose();
    }
  });

  it("has evaluations among the tests, with the records that failed, and runs one again through its command", async () => {
    await run(models({ wise: (question) => (question === "question 1" ? "no" : wise(question)), foolish }));
    const reports = createKeptReports();
    const again: Choices[] = [];
    const { controller, run: runItems, disposable } = showInTestExplorer({ reports, known: createKnownReports(), workerFile, log, runPlan: async () => assert.fail("no plan"), evaluate: async (asked, signal) => {
      again.push({ ...asked, signal });
      return again.length === 1 ? undefined : run(models({ wise, foolish }), {}, { metric: "contains" });
    } }, "tunesmith.evaluations.test");
    try {
      await controller.resolveHandler?.(undefined);
      const [[, item] = []] = [...controller.items];
      assert.ok(item);
      assert.equal(item.label, "wise against foolish");
      await controller.resolveHandler?.(item);
      assert.equal(item.error, undefined);
      assert.match(item.description ?? "", /^wise · 20 records · /);
      assert.deepEqual([...item.children].slice(0, 2).map(([, child]) => [child.label, child.uri?.fsPath, child.range?.start.line]), [["Line 1: question 0", choices.testFile.fsPath, 0], ["Line 2: question 1", choices.testFile.fsPath, 1]]);
      for (let times = 0; times < 2; times++) await runItems(new vscode.TestRunRequest([...item.children].map(([, child]) => child)), new vscode.CancellationTokenSource().token);
      const { signal, testFile, ...asked } = again[1] ?? assert.fail("once for all records, and a second time");
      assert.deepEqual([again.length, signal?.aborted, testFile.fsPath, asked], [2, false, choices.testFile.fsPath, { provider: "fake", base: "foolish", tuned: "wise", job: "job-1", metric: "exact-match" }]);
      assert.match(item.description ?? "", /^wise · 20 records · /);
    } finally {
      disposable.dispose();
      reports.disposable.dispose();
    }
  });

  it("asks VS Code's own language models like any others, and says what there is where one is not", async () => {
    const sent: { readonly roles: readonly number[]; readonly options: vscode.LanguageModelChatRequestOptions | undefined }[] = [];
    const model = { id: "fake-1", family: "fake", name: "Fake", sendRequest: async (messages: vscode.LanguageModelChatMessage[], options?: vscode.LanguageModelChatRequestOptions) => {
      sent.push({ roles: messages.map(({ role }) => role), options });
      const question = messages.at(-1)?.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("") ?? "";
      if (question === "refused") throw vscode.LanguageModelError.NoPermissions("no");
      return { stream: (async function* () {
        yield new vscode.LanguageModelTextPart(question === "call" ? "" : "It is ");
        yield question === "call" ? new vscode.LanguageModelToolCallPart("1", "look", { up: 1 }) : new vscode.LanguageModelTextPart("so.");
      })() };
    } } as unknown as vscode.LanguageModelChat;
    const none = { list: () => [], find: () => undefined, requests: () => 0, open: async () => assert.fail("no other service"), openIfUsed: async () => undefined };
    const signal = new AbortController().signal;
    const service = await withEditorModels(none, { selectChatModels: async () => [model] }).open("editor", signal);
    assert.deepEqual((await service.provider.listModels?.(signal))?.map(({ id }) => id), ["fake/fake-1"]);
    const options = { temperature: 0, maximumTokens: 9, seed: 0, tools: [{ type: "function", function: { name: "look", description: "d", parameters: { type: "object" } } }] };
    const ask = (name: string, content: string) => service.chatModel(name).answer([{ role: "system", content: "s" }, { role: "user", content }], options, signal);
    assert.deepEqual(await ask("fake/fake-1", "q"), { text: "It is so.", finishReason: "stop" });
    assert.deepEqual([sent[0]?.roles, sent[0]?.options?.modelOptions, sent[0]?.options?.tools], [[1, 1], { temperature: 0, max_tokens: 9, seed: 0 }, [{ name: "look", description: "d", inputSchema: { type: "object" } }]]);
    assert.equal((await ask("fake", "call")).text, '{"tool_calls":[{"name":"look","arguments":{"up":1}}]}');
    await assert.rejects(ask("fake-1", "refused"), /You have not allowed Tunesmith to ask fake-1/);
    await assert.rejects(ask("other", "q"), /VS Code has no language model "other"\. It has fake\/fake-1\./);
    const empty = await withEditorModels(none, { selectChatModels: async () => [] }).open("editor", signal);
    await assert.rejects(empty.chatModel("any").answer([{ role: "user", content: "q" }], options, signal), /VS Code has no language model\. An extension such as GitHub Copilot Chat provides some/);
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
