import { resolve } from "node:path";
import { fingerprint } from "../dataset/fingerprint.ts";
import { askWithFirst, askWithNearest, type Ask } from "../evaluation/examples.ts";
import { exactMatchMetric } from "../evaluation/metrics/exact-match.ts";
import type { ChatOptions } from "../evaluation/model.ts";
import { nameOf } from "../evaluation/plan-file/check.ts";
import type { PlanFile, PlannedCandidate } from "../evaluation/plan-file/schema.ts";
import { createPlanReport, type PlanReport } from "../evaluation/plan-report.ts";
import { runEvaluation, type Candidate } from "../evaluation/run.ts";
import type { TestRecord } from "../evaluation/test-set.ts";
import { openAnswerFile } from "./answer-file.ts";
import { readTest, type EvaluationDesk } from "./evaluate.ts";
import { evaluationFolder, toReportPath } from "./evaluation-folder.ts";
import { readMetrics } from "./read-metrics.ts";
import { savePlanReport } from "./report-file.ts";
import { waiting } from "./waiting.ts";

/** A plan that was read and checked. Paths are absolute. */
export interface PlanRequest {
  readonly plan: PlanFile;
  readonly planFile: string;
  /** The folder that keeps answers and report, and from which the report names files. */
  readonly root: string;
  /** Where the report is saved instead of among the folder's own. */
  readonly out?: string;
}

/** Has the candidates of a plan answer its test file in their order and saves the report; gives it and its path. Goes on where it was cut off, and rejects, as `evaluateModels` does. */
export async function evaluatePlan({ plan, planFile, root, out }: PlanRequest, desk: EvaluationDesk, signal: AbortSignal): Promise<{ readonly report: PlanReport; readonly path: string }> {
  const from = (written: string): string => resolve(planFile, "..", written);
  const testFile = from(plan.test);
  const options: ChatOptions = { temperature: 0, maximumTokens: plan.limits?.maximumTokens ?? 64, seed: plan.seed ?? 0 };
  const [metric = exactMatchMetric, ...also] = await readMetrics(plan.metrics ?? [plan.metric ?? exactMatchMetric.id], resolve(planFile, ".."));
  desk.report("reading the test file");
  const { test, training } = await readTest({ testFile, root, metric, ...(plan.training === undefined ? {} : { training: from(plan.training) }) }, desk, signal);
  const wantsExamples = plan.candidates.some(({ fewShot, retrieval }) => fewShot !== undefined || retrieval !== undefined);
  const examples = wantsExamples && plan.training !== undefined ? (await desk.readTestSet(from(plan.training), undefined, signal)).records : [];
  if (wantsExamples && examples.length === 0) throw new Error(`No record of ${plan.training} can be an example: none is a question with its answer.`);

  const startedAt = desk.now().toISOString();
  const id = fingerprint(JSON.stringify([test.sha256, training?.sha256 ?? null, plan.candidates, options]));
  const name = toReportPath(root, planFile);
  const answers = await openAnswerFile(root, id, { startedAt, planFile: name, asked: plan.candidates.map(({ service, model }) => ({ provider: service, model })) });
  desk.report(answers.answered > 0 ? `starting the models; ${answers.answered.toLocaleString("en")} answers are kept from before` : "starting the models");
  const candidates: Candidate[] = [];
  for (const candidate of plan.candidates) {
    const { chatModel } = await desk.open(candidate.service, signal);
    const ask = askOf(candidate, examples);
    candidates.push({ name: nameOf(candidate), provider: candidate.service, model: chatModel(candidate.model), ...(ask ? { ask } : {}) });
  }
  const answered = await runEvaluation({ records: test.records, candidates, options, concurrency: plan.limits?.concurrency ?? 8 }, answers, (progress) => desk.answered(progress), waiting, signal);
  const report = createPlanReport({
    createdAt: startedAt, plan: name, dataset: { path: toReportPath(root, testFile), sha256: test.sha256, refused: [...test.refused] }, ...(training ? { training } : {}),
    candidates: plan.candidates.map((candidate) => ({ ...candidate, name: nameOf(candidate) })), options,
  }, metric, answered, also);
  const path = await savePlanReport(evaluationFolder(root), report, out);
  if (report.summary.candidates.every(({ unanswered }) => unanswered === 0)) await answers.complete();
  return { report, path };
}

function askOf({ fewShot, retrieval }: PlannedCandidate, examples: readonly TestRecord[]): Ask | undefined {
  if (retrieval !== undefined) return askWithNearest(retrieval, examples);
  return fewShot === undefined ? undefined : askWithFirst(fewShot, examples);
}
