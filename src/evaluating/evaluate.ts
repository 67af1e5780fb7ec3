import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fingerprint } from "../dataset/fingerprint.ts";
import { countLooks } from "../evaluation/history.ts";
import type { Metric } from "../evaluation/metrics/metric.ts";
import type { ChatOptions } from "../evaluation/model.ts";
import { createReport, type Report } from "../evaluation/report.ts";
import { runEvaluation, type Progress } from "../evaluation/run.ts";
import type { Service } from "../providers/service.ts";
import type { FairTestFile } from "../workers/read-test-set.ts";
import { openAnswerFile } from "./answer-file.ts";
import { batchOf } from "./batch-of.ts";
import { countMoved } from "./corrections-file.ts";
import { evaluationFolder, toReportPath } from "./evaluation-folder.ts";
import { demandLikelihoods, withLikelihoods } from "./likelihoods.ts";
import { saveReport } from "./report-file.ts";
import { listRuns } from "./run-history.ts";
import { timed } from "./timed-model.ts";
import { waiting } from "./waiting.ts";

/** All that one evaluation is made of. Paths are absolute. */
export interface EvaluationRequest {
  readonly testFile: string;
  /** The folder that keeps answers and report, and from which the report names files. */
  readonly root: string;
  readonly provider: string;
  readonly base: string;
  readonly tuned: string;
  /** The job that made the tuned model, where it is known. */
  readonly job?: string;
  /** The file that the tuned model learned from, where it is known: what it asks is not asked here. One that is not there any more counts as not known. */
  readonly training?: string;
  /** The same for both models. */
  readonly options: ChatOptions;
  /** How many requests are under way at the same time. */
  readonly concurrency: number;
  /** Says which answers are right. Records that it is undefined for are left out, with the reason. */
  readonly metric: Metric;
  /** Metrics that are judged together with it. */
  readonly also?: readonly Metric[];
  /** Fields of the records by which scores are shown apart. */
  readonly slices?: readonly string[];
  /** Whether the questions go as a batch of each model, where the service answers batches. */
  readonly batch?: boolean;
  /** Where the report is saved instead of among the folder's own. */
  readonly out?: string;
}

/** What an evaluation needs; the editor and the command line each have one, over the same state on disk. */
export interface EvaluationDesk {
  /** Rejects as `LaunchServices.open` does. */
  open(provider: string, signal: AbortSignal): Promise<Pick<Service, "chatModel" | "batches">>;
  /** Reads the test file without what the training file asks too; in a worker where the caller must not wait. */
  readTestSet(path: string, trainingPath: string | undefined, signal: AbortSignal): Promise<FairTestFile>;
  now(): Date;
  /** Is told what is being done, as words for the user. */
  report(doing: string): void;
  /** Is told of every answer. */
  answered(progress: Progress): void;
}

/** With fewer records than this left, what is not in the training file says next to nothing. */
const fewestLeft = 10;

const unasked = { failure: "It was not asked." };

/** Evaluations that are under way in this process, so that none is run twice at the same time. */
export type Running = Set<string>;

/**
 * Has both models answer the test file and saves the report; gives it and its path. Answers are on disk as they come, so that the same request goes on
 * where it was cut off: cancelled, by the end of the process, or by a service that did not answer. Rejects with the signal's reason, or an Error for the user.
 */
export async function evaluateModels(request: EvaluationRequest, desk: EvaluationDesk, running: Running, signal: AbortSignal): Promise<{ readonly report: Report; readonly path: string }> {
  const { testFile, root, provider, base, tuned, job, options, concurrency, metric, also } = request;
  if (base === tuned) throw new Error(`The base model and the tuned model are both ${base}. Choose two models to compare.`);
  const folder = evaluationFolder(root);
  const path = toReportPath(root, testFile);

  desk.report("reading the test file");
  const { test, training, moved } = await readTest(request, desk, signal);
  const id = fingerprint(JSON.stringify([test.sha256, provider, base, tuned, options]));
  if (running.has(`${folder} ${id}`)) throw new Error(`This evaluation of ${tuned} is under way already.`);
  running.add(`${folder} ${id}`);
  try {
    const startedAt = desk.now().toISOString();
    const answers = await openAnswerFile(root, id, { startedAt, testFile: path, provider, base, tuned, ...(job === undefined ? {} : { job }) });
    desk.report(answers.answered > 0 ? `starting the models; ${answers.answered.toLocaleString("en")} answers are kept from before` : "starting the models");
    const service = await desk.open(provider, signal);
    const candidates = [base, tuned].map((name) => ({ name, provider, model: timed(service.chatModel(name)), ...batchOf({ service: provider, model: name, batch: request.batch }, service, root) }));
    const metrics = [metric, ...(also ?? [])];
    demandLikelihoods(metrics, candidates);
    const answered = await runEvaluation({ records: test.records, candidates, options, concurrency }, answers, (progress) => desk.answered(progress), waiting, signal);
    const outcomes = await withLikelihoods(metrics, answered, { candidates, concurrency }, answers, desk, signal);
    const setting = { dataset: { path, sha256: test.sha256, refused: [...test.refused], ...moved }, models: { provider, base, tuned, ...(job === undefined ? {} : { job }) }, options };
    const looks = countLooks({ version: 1, ...setting, metric: metric.id, also: also?.map(({ id }) => id) }, (await listRuns(root)).map(({ head }) => head));
    const report = createReport(
      { createdAt: startedAt, ...setting, ...(training ? { training } : {}), ...(request.slices && request.slices.length > 0 ? { slices: [...request.slices] } : {}), looks },
      metric, outcomes.map(({ record, outcomes: [ofBase = unasked, ofTuned = unasked] }) => ({ record, base: ofBase, tuned: ofTuned })), also,
    );
    const saved = await saveReport(folder, report, request.out);
    // An evaluation that lacks answers stays to be gone on with.
    if (report.summary.unanswered === 0) await answers.complete();
    return { report, path: saved };
  } finally {
    running.delete(`${folder} ${id}`);
  }
}

/** A test file that can be evaluated, with what its report says of it. */
export interface ReadTest {
  readonly test: FairTestFile;
  readonly training?: Report["training"];
  /** How many of its records were moved to training; nothing where none was. */
  readonly moved: Pick<Report["dataset"], "moved">;
}

/** Reads the test file without what the training file has. Rejects with an Error for the user when too little is left. */
export async function readTest({ testFile, root, training: known, metric }: Pick<EvaluationRequest, "testFile" | "root" | "training" | "metric">, { readTestSet }: Pick<EvaluationDesk, "readTestSet">, signal: AbortSignal): Promise<ReadTest> {
  const name = toReportPath(root, testFile);
  if (known !== undefined && resolve(known) === resolve(testFile)) throw new Error(`The model was tuned on ${name} itself. A right answer would prove nothing; choose a test file that the model has not seen.`);
  const path = known !== undefined && existsSync(known) ? known : undefined;
  const read = await readTestSet(testFile, path, signal);
  if (read.records.length === 0 || (read.training && read.training.leaked > 0 && read.records.length < fewestLeft)) throw new Error(nothingToEvaluate(name, read));
  const test = leaveOutUnsuited(read, metric);
  if (test.records.length === 0) throw new Error(`No record of ${name} can be judged by this metric; choose another. Line ${test.refused[0]?.line}: ${test.refused[0]?.reason}.`);
  const moved = await countMoved(root, name, () => readTestSet(testFile, undefined, signal));
  return { test, moved: moved > 0 ? { moved } : {}, ...(path !== undefined && test.training ? { training: { path: toReportPath(root, path), sha256: test.training.sha256, ...(test.training.otherSystem > 0 ? { otherSystem: test.training.otherSystem } : {}) } } : {}) };
}

/** Takes out the records that the metric is undefined for: whatever the models answered, nothing would follow. */
function leaveOutUnsuited(test: FairTestFile, { unsuited, title }: Metric): FairTestFile {
  const judged = test.records.map((record) => ({ record, reason: unsuited?.(record.reference, record) }));
  const refused = judged.flatMap(({ record: { line }, reason }) => (reason === undefined ? [] : [{ line, reason: `${title} is undefined for it: ${reason}` }]));
  if (refused.length === 0) return test;
  return { ...test, records: judged.flatMap(({ record, reason }) => (reason === undefined ? [record] : [])), refused: [...test.refused, ...refused].sort((a, b) => a.line - b.line) };
}

function nothingToEvaluate(name: string, { records, refused, training }: FairTestFile): string {
  const [first] = refused;
  if (training && training.leaked > 0) {
    const left = records.length === 0 ? "Every record" : `All but ${records.length} records`;
    return `${left} of ${name} ${records.length === 0 ? "stands" : "stand"} in the training file too, so right answers would prove nothing; at least ${fewestLeft} have to be left. Choose a test file that the model has not seen.`;
  }
  return first ? `No record of ${name} can be evaluated. Line ${first.line}: ${first.reason}.` : `${name} has no records. A test file holds chat records, one a line.`;
}
