import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import * as vscode from "vscode";
import type { Report } from "../../evaluation/report.ts";
import type { Ledger } from "../../jobs/launch.ts";
import type { RunScore } from "../../jobs/runs/run-record.ts";
import { recordRun } from "../../launch/run-file.ts";
import { evaluationFolder, rootOfReport } from "../../evaluating/evaluation-folder.ts";
import { openReport, toFileName } from "../../evaluating/report-file.ts";

/** As many of a model's reports are read, the newest. */
const mostReports = 20;

/** What a report scored, for the record of the run whose model it is; undefined where no record was answered by both models. */
export function toScore(report: Report, path: string): RunScore | undefined {
  const { summary: { answered, base, tuned, difference, verdict }, dataset, metric, createdAt } = report;
  if (answered === 0) return undefined;
  const score = { report: path, at: createdAt, test: { path: dataset.path, sha256: dataset.sha256 }, metric, records: answered, base: base.rate, tuned: tuned.rate, low: difference.low, high: difference.high, outcome: verdict.outcome };
  return Object.values(score).every((value) => typeof value !== "number" || Number.isFinite(value)) ? score : undefined;
}

/** The scores of the evaluations of a tuned model that a folder keeps. A report that cannot be read counts as none. */
export async function scoresOf(root: string, tuned: string): Promise<readonly RunScore[]> {
  const folder = evaluationFolder(root);
  const names = (await readdir(folder).catch(() => [] as string[])).filter((name) => name.endsWith(".json") && name.includes(toFileName(tuned))).sort().slice(-mostReports);
  const scores = await Promise.all(names.map(async (name) => {
    const report = await openReport(join(folder, name)).catch(() => undefined);
    return report?.models.tuned === tuned ? (toScore(report, nameIn(root, join(folder, name))) ?? []) : [];
  }));
  return scores.flat();
}

/** Writes what a report scored into the record of the run that made its model, where that was started from this machine. */
export async function keepScore(file: vscode.Uri, ledger: () => Promise<Ledger>): Promise<void> {
  const report = await openReport(file.fsPath);
  const { provider, job } = report.models;
  const launch = job === undefined ? undefined : (await (await ledger()).list()).find((each) => each.provider === provider && each.job === job);
  const score = launch?.origin && toScore(report, nameIn(launch.origin.root === rootOfReport(file.fsPath) ? launch.origin.root : rootOfReport(file.fsPath), file.fsPath));
  if (launch && score) await recordRun(launch, { evaluations: [score] });
}

function nameIn(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}
