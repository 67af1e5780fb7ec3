import * as vscode from "vscode";
import { findFormat, recogniseFormat, sameFamily } from "../../../dataset/formats/index.ts";
import { isElsewhere } from "../../../dataset/file-fact.ts";
import { readTree } from "../../../dataset/json-node.ts";
import { noteMoved, readMoved } from "../../../evaluating/corrections-file.ts";
import { fromReportPath, rootOfReport, toReportPath } from "../../../evaluating/evaluation-folder.ts";
import { correctLine, type Correction } from "../../../evaluation/correction/correct-record.ts";
import type { PlanRecord } from "../../../evaluation/plan-record.ts";
import type { ReportHead } from "../../../evaluation/reader/report-reader.ts";
import { recordKey } from "../../../evaluation/test-set.ts";
import type { Corrected, CorrectionRequest } from "../../../protocol/evaluation-panel.ts";
import { createDatasetClient } from "../../../workers/dataset-client.ts";
import type { FoundRecord } from "../../../workers/find-record.ts";
import { documentOf, nameOf } from "../../linting/dataset-files.ts";
import type { RecordLines } from "../../records/record-lines.ts";
import { withProgress } from "../../with-progress.ts";
import type { EvaluationDependencies } from "../choices.ts";
import { chooseTrainingFile, preferenceFileOf } from "./choose-training-file.ts";
import { makeMove } from "./make-move.ts";
import { originOfReport } from "./origin-of-report.ts";
import { previewMove } from "./preview-move.ts";

export interface CorrectionDependencies extends Pick<EvaluationDependencies, "workerFile"> {
  readonly launchOf: EvaluationDependencies["launchOf"];
  readonly lines: RecordLines;
  /** Asks the user to choose among some actions; undefined when they turned away. */
  readonly ask: (message: string, ...actions: readonly string[]) => Thenable<string | undefined>;
}

/**
 * Makes of a record of a report's test file a corrected training record or a preference pair, and takes it from the test file: all shown first, and done on the user's word;
 * undefined when the user turned away. The record is looked for by what was evaluated, whatever line it has come to. Rejects with an Error for the user.
 */
export async function correctRecord(file: vscode.Uri, report: ReportHead, record: PlanRecord, { line, answer, as }: CorrectionRequest, { launchOf, workerFile, lines, ask }: CorrectionDependencies): Promise<Corrected | undefined> {
  const root = rootOfReport(file.fsPath);
  const outcome = as.kind === "preference" ? record.outcomes[as.rejected] : undefined;
  if (as.kind === "preference" && (!outcome || "failure" in outcome)) throw new Error("There is no answer to reject: this candidate did not answer.");
  const correction: Correction = outcome && !("failure" in outcome) ? { kind: "preference", answer, rejected: outcome.text } : { kind: "training", answer };

  if (isElsewhere(report.dataset.path)) throw new Error(`The report names an address, ${JSON.stringify(report.dataset.path)}, as its test file; a path of a file on this machine is expected.`);
  const from = vscode.Uri.file(fromReportPath(root, report.dataset.path));
  const all = await readMoved(root);
  const moved = all.filter(({ test }) => test === report.dataset.path);
  const key = recordKey(record);
  const near = line - 1 - moved.filter((each) => each.report === toReportPath(root, file.fsPath) && each.line < line).length;
  const found = await findRecord(from, key, Math.max(0, near), workerFile);
  if (!found) {
    const into = moved.findLast((each) => each.key === key)?.into;
    throw new Error(into === undefined
      ? `${nameOf(from)} has changed since this evaluation: the record of line ${line} is not in it any more as it was evaluated. Evaluate again, and correct it in the new report.`
      : `The record of line ${line} was moved to ${into} already, and is not in ${nameOf(from)} any more.`);
  }
  const { line: added, left } = correctLine(found.text, correction);

  const training = await chooseTrainingFile(from, await originOfReport(report, root, launchOf), moved, root);
  if (!training) return undefined;
  const into = as.kind === "training" ? training : preferenceFileOf(training);
  if (into.toString() === from.toString()) throw new Error(`${nameOf(from)} is the test file itself. Choose another file for corrected records.`);
  await requireSameFormat(into, added, lines);

  const move = { from, line: found.line, text: found.text, into, added };
  const preview = await previewMove(move, lines);
  let unsaved: readonly vscode.Uri[];
  try {
    const what = as.kind === "training" ? "the corrected record" : "a preference pair of it";
    const without = left.length === 0 ? "" : ` The pair has no place for ${left.slice(0, 5).join(", ")}${left.length > 5 ? " and more" : ""}.`;
    if ((await ask(`Add ${what} to ${nameOf(into)} and take line ${found.line + 1} from ${nameOf(from)}?${without} Nothing is changed yet.`, "Apply", "Discard")) !== "Apply") return undefined;
    unsaved = await makeMove(move, lines);
  } finally {
    preview.dispose();
  }
  const name = toReportPath(root, into.fsPath);
  await noteMoved(root, { at: new Date().toISOString(), test: report.dataset.path, into: name, report: toReportPath(root, file.fsPath), kind: as.kind, line, key });
  return { line, words: `Line ${line} is in ${name} as ${as.kind === "training" ? "a corrected record" : "a preference pair"}, and not in ${report.dataset.path} any more: later evaluations do not test it, and say so.${unsaved.length === 0 ? "" : ` Not saved yet: ${unsaved.map(nameOf).join(", ")}.`}` };
}

async function findRecord(from: vscode.Uri, key: string, near: number, workerFile: URL): Promise<FoundRecord | undefined> {
  if (documentOf(from)?.isDirty) throw new Error(`${nameOf(from)} has changes that are not saved. Save it first.`);
  const client = createDatasetClient(workerFile);
  try {
    return await withProgress(`Looking for the record in ${nameOf(from)}`, (signal) => client.findRecord(from.fsPath, key, near, signal));
  } finally {
    client.dispose();
  }
}

/** As many lines are looked at for a first record. */
const mostBlank = 20;

/** Records of two families in one file are refused by every service. */
async function requireSameFormat(into: vscode.Uri, added: string, lines: RecordLines): Promise<void> {
  if (!(await vscode.workspace.fs.stat(into).then(() => true, () => false))) return;
  let first = "";
  for (let line = 0; line < mostBlank && first.trim() === ""; line++) first = (await lines.read(into, line)) ?? "";
  const [there, made] = [formatOf(first), formatOf(added)];
  if (there === undefined || made === undefined || sameFamily(there, made)) return;
  throw new Error(`${nameOf(into)} holds records of the format ${findFormat(there).title}, and this one is ${findFormat(made).title}: a file holds one format. Convert ${nameOf(into)}, or choose another file.`);
}

function formatOf(text: string): ReturnType<typeof recogniseFormat> {
  const tree = text.trim() === "" ? undefined : readTree(text);
  return tree?.type === "object" ? recogniseFormat(tree) : undefined;
}
