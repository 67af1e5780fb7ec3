import { createHash } from "node:crypto";
import * as vscode from "vscode";
import { seriesOf } from "../../evaluation/history.ts";
import { planFileEnding } from "../../evaluation/plan-file/file-name.ts";
import type { RecordResult, RecordResults } from "../../evaluation/record-results.ts";
import type { RunHead } from "../../evaluation/run-head.ts";
import { fromReportPath, rootOfReport } from "../../evaluating/evaluation-folder.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import type { Choices } from "./choices.ts";
import type { KeptReports } from "./kept-reports.ts";
import type { KnownReports } from "./known-reports.ts";

export interface TestExplorerDependencies {
  readonly reports: KeptReports;
  readonly known: KnownReports;
  readonly workerFile: URL;
  /** Run an evaluation again as the user's own commands do, with all that they ask, and give the report; undefined when the user turned away. */
  readonly runPlan: (plan: vscode.Uri, signal: AbortSignal) => Thenable<vscode.Uri | undefined>;
  readonly evaluate: (choices: Choices, signal: AbortSignal) => Thenable<vscode.Uri | undefined>;
  readonly log: vscode.LogOutputChannel;
}

/** An evaluation that can be run again, with its last report. */
interface Evaluation {
  readonly report: vscode.Uri;
  readonly head: RunHead;
}

/** So many records of an evaluation are items, those that failed first: a tree of more is none to look at. */
const mostRecords = 500;

/** Shows evaluations among the tests as soon as the workspace has one: before that, nobody who has no tests gets a view of them. */
export function showOnceEvaluated(dependencies: TestExplorerDependencies): vscode.Disposable {
  const { reports, log } = dependencies;
  let shown: vscode.Disposable | undefined;
  let ended = false;
  const look = (): void => {
    if (shown) return;
    reports.list().then((found) => {
      if (found.length > 0 && !ended) shown ??= showInTestExplorer(dependencies).disposable;
    }, (error: unknown) => log.warn(String(error)));
  };
  look();
  const listening = reports.onDidChange(look);
  return new vscode.Disposable(() => {
    ended = true;
    vscode.Disposable.from(listening, ...(shown ? [shown] : [])).dispose();
  });
}

/**
 * Has evaluations among the tests: an item for each plan, and for each pair of models, below it the records of its last report, passed or failed by the candidate that was tuned. To
 * run an item is to run its evaluation. Nothing is read before the Test Explorer asks.
 */
export function showInTestExplorer({ reports, known, workerFile, runPlan, evaluate, log }: TestExplorerDependencies, id = "tunesmith.evaluations"): { readonly controller: vscode.TestController; run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void>; readonly disposable: vscode.Disposable } {
  const controller = vscode.tests.createTestController(id, "Tunesmith Evaluations");
  const evaluations = new WeakMap<vscode.TestItem, Evaluation>();
  const closed = new AbortController();
  const running = new Set<vscode.TestItem>();
  let asked = false;

  async function list(): Promise<void> {
    asked = true;
    const series = new Map<string, Evaluation>();
    for (const report of await reports.list()) {
      const head = await known.head(report);
      const key = head && `${rootOfReport(report.fsPath)} ${seriesOf(head)}`;
      if (head && key !== undefined && !series.has(key)) series.set(key, { report, head });
    }
    const items = [...series].map(([key, evaluation]) => {
      const name = hash(key);
      const there = controller.items.get(name);
      const item = there ?? controller.createTestItem(name, titleOf(evaluation.head), originOf(evaluation));
      const isNew = evaluations.get(item)?.report.toString() !== evaluation.report.toString();
      evaluations.set(item, evaluation);
      item.canResolveChildren = true;
      item.description = new Date(evaluation.head.createdAt).toLocaleString();
      // Records that are shown already follow their last report.
      return { item, show: isNew && item.children.size > 0 && !running.has(item) };
    });
    controller.items.replace(items.map(({ item }) => item));
    for (const { item, show } of items) if (show) await resolve(item);
  }

  /** Fills an item with the records of its last report, and tells what became of each. */
  async function resolve(item: vscode.TestItem, run = controller.createTestRun(new vscode.TestRunRequest([item]), item.label, false)): Promise<void> {
    const evaluation = evaluations.get(item);
    try {
      if (evaluation) await tell(item, evaluation, run);
    } finally {
      run.end();
    }
  }

  async function tell(item: vscode.TestItem, { report, head }: Evaluation, run: vscode.TestRun): Promise<void> {
    const worker = createDatasetClient(workerFile);
    try {
      item.busy = true;
      const results = await worker.readResults(report.fsPath, mostRecords, closed.signal);
      const file = vscode.Uri.file(fromReportPath(rootOfReport(report.fsPath), head.dataset.path));
      const shown = results.records.length === results.total ? `${results.total.toLocaleString("en")} records` : `${results.records.length} of ${results.total.toLocaleString("en")} records, failed ones first`;
      item.description = `${results.candidates[results.judged]} · ${shown} · ${new Date(results.createdAt).toLocaleString()}`;
      item.error = undefined;
      item.children.replace(results.records.map((record) => recordItem(controller, file, record)));
      for (const record of results.records) {
        const child = item.children.get(String(record.line));
        if (child) tellRecord(run, child, record, results);
      }
    } catch (error) {
      item.error = error instanceof Error ? error.message : String(error);
      log.warn(String(error));
    } finally {
      item.busy = false;
      worker.dispose();
    }
  }

  async function runAgain(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const wanted = new Set<vscode.TestItem>();
    for (const item of request.include ?? [...controller.items].map(([, each]) => each)) if (!request.exclude?.includes(item)) wanted.add(item.parent ?? item);
    const cancelling = new AbortController();
    const cancelled = token.onCancellationRequested(() => cancelling.abort(new vscode.CancellationError()));
    try {
      for (const item of wanted) {
        if (token.isCancellationRequested) break;
        await runOne(item, request, cancelling.signal);
      }
    } finally {
      cancelled.dispose();
    }
  }

  async function runOne(item: vscode.TestItem, request: vscode.TestRunRequest, signal: AbortSignal): Promise<void> {
    const evaluation = evaluations.get(item);
    if (!evaluation) return;
    const run = controller.createTestRun(request, item.label);
    running.add(item);
    run.started(item);
    try {
      const { head } = evaluation;
      const report = await (head.version === 2 ? runPlan(originOf(evaluation), signal) : evaluate(choicesOf(evaluation, head), signal));
      // Who turned away has not had anything run.
      if (!report) return run.skipped(item);
      const now = await known.head(report);
      if (now) evaluations.set(item, { report, head: now });
      await tell(item, evaluations.get(item) ?? evaluation, run);
    } finally {
      running.delete(item);
      run.end();
    }
  }

  controller.resolveHandler = (item) => (item ? resolve(item) : list());
  controller.refreshHandler = list;
  controller.createRunProfile("Run Evaluation", vscode.TestRunProfileKind.Run, runAgain, true);
  const listening = reports.onDidChange(() => {
    if (asked) list().catch((error: unknown) => log.warn(String(error)));
  });
  return { controller, run: runAgain, disposable: vscode.Disposable.from(new vscode.Disposable(() => closed.abort()), listening, controller) };
}

function recordItem(controller: vscode.TestController, file: vscode.Uri, { line, question }: RecordResult): vscode.TestItem {
  const item = controller.createTestItem(String(line), `Line ${line}: ${question}`, file);
  item.range = new vscode.Range(line - 1, 0, line - 1, 0);
  // Labels are sorted as texts otherwise, line 10 before line 2.
  item.sortText = String(line).padStart(9, "0");
  return item;
}

/** A record passed when the judged candidate has it right; else what was expected stands beside what that one answered. */
function tellRecord(run: vscode.TestRun, item: vscode.TestItem, { reference, outcomes }: RecordResult, { candidates, judged }: RecordResults): void {
  const outcome = outcomes[judged];
  if (!outcome || "failure" in outcome) return run.errored(item, new vscode.TestMessage(`${candidates[judged]} gave no answer. ${outcome?.failure ?? ""}`));
  if (outcome.right) return run.passed(item);
  const message = vscode.TestMessage.diff(`${candidates[judged]} answers otherwise.`, reference, outcome.text);
  if (item.uri && item.range) message.location = new vscode.Location(item.uri, item.range);
  run.failed(item, message);
}

function titleOf(head: RunHead): string {
  return head.version === 2 ? (head.plan.split("/").at(-1) ?? head.plan).replace(planFileEnding, "") : `${head.models.tuned} against ${head.models.base}`;
}

/** The plan, or the test file of an evaluation without one. */
function originOf({ report, head }: Evaluation): vscode.Uri {
  return vscode.Uri.file(fromReportPath(rootOfReport(report.fsPath), head.version === 2 ? head.plan : head.dataset.path));
}

function choicesOf(evaluation: Evaluation, { models, metric, also }: Extract<RunHead, { version: 1 }>): Choices {
  const { job, ...named } = models;
  return { testFile: originOf(evaluation), ...named, ...(job === undefined ? {} : { job }), metric, ...(also ? { also } : {}) };
}

/** Ids of test items are parts of paths to VS Code. */
function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
