import { resolve } from "node:path";
import { fingerprint } from "../dataset/fingerprint.ts";
import { countLooks } from "../evaluation/history.ts";
import { exactMatchMetric } from "../evaluation/metrics/exact-match.ts";
import type { WrittenMetric } from "../evaluation/metrics/index.ts";
import type { Metric } from "../evaluation/metrics/metric.ts";
import type { ChatMessage, ChatOptions } from "../evaluation/model.ts";
import type { PlanAhead } from "../evaluation/plan-ahead.ts";
import { nameOf } from "../evaluation/plan-file/check.ts";
import type { PlanFile, PlannedJudge } from "../evaluation/plan-file/schema.ts";
import { createPlanReport, type PlanReport } from "../evaluation/plan-report.ts";
import { answerKey, optionsFor, runEvaluation, type Candidate } from "../evaluation/run.ts";
import { withReference } from "../evaluation/likelihood.ts";
import { unsuitedForLikelihood } from "../evaluation/metrics/perplexity.ts";
import { likelihoodKey } from "../evaluation/score-references.ts";
import type { TestRecord } from "../evaluation/test-set.ts";
import type { MadePrompts, WayOfAsking } from "../workers/make-prompts.ts";
import type { FrozenShare } from "../workers/shape/frozen-share.ts";
import { findKeptAnswers, openAnswerFile, type PlanHeading } from "./answer-file.ts";
import { openBatchLedger } from "./batch-ledger.ts";
import { batchOf } from "./batch-of.ts";
import { readTest, type EvaluationDesk, type ReadTest } from "./evaluate.ts";
import { evaluationFolder, toReportPath } from "./evaluation-folder.ts";
import { demandLikelihoods, needLikelihoods, withLikelihoods } from "./likelihoods.ts";
import { judgeAnswers, prepareJudge, type PreparedJudge } from "./judge-plan.ts";
import { readMetrics } from "./read-metrics.ts";
import { savePlanReport } from "./report-file.ts";
import { listRuns } from "./run-history.ts";
import { settleTest, type SettledPlan } from "./settle-test.ts";
import { timed } from "./timed-model.ts";
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

/** A plan whose test records are a file of their own. */
export interface SettledRequest extends PlanRequest {
  readonly plan: SettledPlan;
}

/** What a plan needs besides. */
export interface PlanDesk extends EvaluationDesk {
  /** Makes prompts with examples; in a worker where the caller must not wait. */
  makePrompts(trainingPath: string, records: readonly TestRecord[], ways: readonly WayOfAsking[], signal: AbortSignal): Promise<MadePrompts>;
  /** As `takeFrozenShare`, likewise. */
  takeFrozenShare(dataset: string, list: string, folder: string, signal: AbortSignal): Promise<FrozenShare>;
  /** Whether a service tells how likely a model finds a given text, so far as that is known before it is opened: what a plan asks ahead is counted by it. */
  tellsLikelihoods?(service: string): boolean;
}

type Prompt = readonly ChatMessage[];

/** A plan whose files were read, and what its run will do. Nothing was sent or written for it. */
export interface PreparedPlan {
  readonly request: SettledRequest;
  readonly read: ReadTest;
  /** What each candidate is asked for each record, in the order of the plan; undefined where by the record's own prompt. */
  readonly prompts: readonly (ReadonlyMap<TestRecord, Prompt> | undefined)[];
  readonly metric: Metric;
  readonly also: readonly Metric[];
  /** The guard-rail set, where the plan has one; it is asked beside the test file. */
  readonly guard?: { readonly file: string; readonly read: ReadTest; readonly metric: Metric; readonly also: readonly Metric[] };
  readonly judge?: PreparedJudge;
  readonly options: ChatOptions;
  readonly ahead: PlanAhead;
}

/** Has the candidates of a plan answer its test file in their order and saves the report; gives it and its path. Goes on where it was cut off, and rejects, as `evaluateModels` does. */
export async function evaluatePlan(request: PlanRequest, desk: PlanDesk, signal: AbortSignal): Promise<{ readonly report: PlanReport; readonly path: string }> {
  return runPlan(await preparePlan(request, desk, signal), desk, signal);
}

/** Reads what a plan names. Rejects with the signal's reason, or an Error for the user when the plan cannot be run. */
export async function preparePlan(asked: PlanRequest, desk: Pick<PlanDesk, "readTestSet" | "makePrompts" | "takeFrozenShare" | "report" | "tellsLikelihoods">, signal: AbortSignal): Promise<PreparedPlan> {
  const { planFile, root } = asked;
  const plan = await settleTest(asked.plan, asked, (dataset, list, folder) => desk.takeFrozenShare(dataset, list, folder, signal));
  const request: SettledRequest = { ...asked, plan };
  const from = (written: string): string => resolve(planFile, "..", written);
  const options: ChatOptions = { temperature: 0, maximumTokens: plan.limits?.maximumTokens ?? 64, seed: plan.seed ?? 0 };
  const [metric = exactMatchMetric, ...also] = await readMetrics(writtenIn(plan), resolve(planFile, ".."));
  desk.report("reading the test file");
  const read = await readTest({ testFile: from(plan.test), root, metric, ...(plan.training === undefined ? {} : { training: from(plan.training) }) }, desk, signal);
  const guard = plan.guardRail && (await prepareGuardRail(request, plan.guardRail, desk, signal));
  const judge = plan.judge && (await prepareJudge(plan.judge, resolve(planFile, "..")));
  const wantsExamples = plan.candidates.some(({ fewShot, retrieval }) => fewShot !== undefined || retrieval !== undefined);
  const all = [...read.test.records, ...(guard?.read.test.records ?? [])];
  const made = wantsExamples && plan.training !== undefined ? await desk.makePrompts(from(plan.training), all, plan.candidates, signal) : undefined;
  if (made?.examples === 0) throw new Error(`No record of ${plan.training} can be an example: none is a question with its answer.`);
  const prompts = plan.candidates.map((_, index) => promptsOf(all, made?.prompts[index]));
  const kept = await findKeptAnswers(root, idOf(request, read, guard?.read.test.sha256, options), headingOf(request, ""));
  const ledger = openBatchLedger(root);
  const sent = await Promise.all(plan.candidates.map(async ({ service, model, batch }) => new Set(batch ? (await ledger.list(service, model)).flatMap(({ keys }) => keys) : [])));
  const { records, refused, training } = read.test;
  const [scoresTest, scoresGuard] = [needLikelihoods([metric, ...also]), guard !== undefined && needLikelihoods([guard.metric, ...guard.also])];
  const inTest = new Set(records);
  const wanted = (record: TestRecord): boolean => (inTest.has(record) ? scoresTest : scoresGuard);
  return {
    request, read, prompts, metric, also, options, ...(guard ? { guard } : {}), ...(judge ? { judge } : {}),
    ahead: {
      test: plan.test, ...(plan.training === undefined ? {} : { training: plan.training }), records: records.length, refused: refused.length, leaked: training?.leaked ?? 0, ...((training?.otherSystem ?? 0) > 0 ? { otherSystem: training?.otherSystem ?? 0 } : {}), maximumTokens: options.maximumTokens,
      candidates: plan.candidates.map((candidate, index) => {
        const own = all.map((record) => {
          const prompt = prompts[index]?.get(record) ?? record.prompt;
          return { record, prompt, key: answerKey(candidate.service, candidate.model, prompt, optionsFor(record, options)) };
        });
        const unanswered = own.filter(({ key }) => !kept.answer(key));
        const asked = unanswered.filter(({ key }) => !sent[index]?.has(key)).map(({ prompt }) => prompt);
        const scored = desk.tellsLikelihoods?.(candidate.service) ? own.filter(({ record }) => wanted(record) && unsuitedForLikelihood(record.reference) === undefined) : [];
        const toScore = scored.map(({ record, prompt }) => ({ tools: record.tools, messages: withReference(prompt, record.reference) })).filter(({ messages, tools }) => !kept.likelihood(likelihoodKey(candidate.service, candidate.model, messages, tools)));
        const requests = [...asked, ...toScore.map(({ messages }) => messages)];
        const characters = requests.reduce((sum, messages) => sum + messages.reduce((length, { content }) => length + content.length, 0), 0);
        return {
          name: nameOf(candidate), service: candidate.service, requests: requests.length, kept: own.length - unanswered.length + scored.length - toScore.length, characters,
          ...(candidate.batch ? { batch: { awaited: unanswered.length - asked.length } } : {}),
        };
      }),
      ...(plan.judge ? { judge: { service: plan.judge.service, requests: judgements(plan.judge, records.length, plan.candidates.length) } } : {}),
    },
  };
}

/** Asks what is to be asked for a prepared plan, and saves the report. */
export async function runPlan({ request, read: { test, training, moved }, prompts, metric, also, guard, judge, options }: PreparedPlan, desk: Pick<EvaluationDesk, "open" | "now" | "report" | "answered">, signal: AbortSignal): Promise<{ readonly report: PlanReport; readonly path: string }> {
  const { plan, planFile, root, out } = request;
  const startedAt = desk.now().toISOString();
  const answers = await openAnswerFile(root, idOf(request, { test, ...(training ? { training } : {}) }, guard?.read.test.sha256, options), headingOf(request, startedAt));
  desk.report(answers.answered > 0 ? `starting the models; ${answers.answered.toLocaleString("en")} answers are kept from before` : "starting the models");
  const candidates: Candidate[] = [];
  for (const [index, candidate] of plan.candidates.entries()) {
    const service = await desk.open(candidate.service, signal);
    const own = prompts[index];
    candidates.push({ name: nameOf(candidate), provider: candidate.service, model: timed(service.chatModel(candidate.model)), ...batchOf(candidate, service, root), ...(own ? { ask: (record: TestRecord) => own.get(record) ?? record.prompt } : {}) });
  }
  const concurrency = plan.limits?.concurrency ?? 8;
  const metrics = [metric, ...also];
  const guardMetrics = guard ? [guard.metric, ...guard.also] : [];
  demandLikelihoods([...metrics, ...guardMetrics], candidates);
  const all = await runEvaluation({ records: [...test.records, ...(guard?.read.test.records ?? [])], candidates, options, concurrency }, answers, (progress) => desk.answered(progress), waiting, signal);
  const answered = await withLikelihoods(metrics, all.slice(0, test.records.length), { candidates, concurrency }, answers, desk, signal);
  const guarded = await withLikelihoods(guardMetrics, all.slice(test.records.length), { candidates, concurrency }, answers, desk, signal);
  const setting = {
    plan: toReportPath(root, planFile), dataset: { path: toReportPath(root, resolve(planFile, "..", plan.test)), sha256: test.sha256, refused: [...test.refused], ...moved },
    candidates: plan.candidates.map((candidate) => ({ ...candidate, name: nameOf(candidate) })), options,
  };
  const looks = countLooks({ version: 2, ...setting, metric: metric.id, also: also.map(({ id }) => id) }, (await listRuns(root)).map(({ head }) => head));
  const made = createPlanReport({
    createdAt: startedAt, ...setting, ...(training ? { training } : {}), looks, ...(plan.slices ? { slices: plan.slices } : {}), ...(plan.breakEven ? { breakEven: plan.breakEven } : {}),
  }, metric, answered, also, guard && {
    dataset: { path: toReportPath(root, guard.file), sha256: guard.read.test.sha256, refused: [...guard.read.test.refused] }, metric: guard.metric, also: guard.also, answered: guarded,
  });
  const report = plan.judge && judge ? { ...made, judge: await judgeAnswers(made.records, plan.judge, judge, { seed: plan.seed ?? 0, concurrency, root }, answers, desk, signal) } : made;
  const path = await savePlanReport(evaluationFolder(root), report, out);
  if (all.every(({ outcomes }) => outcomes.every((outcome) => !("failure" in outcome)))) await answers.complete();
  return { report, path };
}

/** Names the answers of a plan: the same for the same files, candidates and options. */
function idOf({ plan }: PlanRequest, { test, training }: Pick<ReadTest, "test" | "training">, guardRail: string | undefined, options: ChatOptions): string {
  return fingerprint(JSON.stringify([test.sha256, training?.sha256 ?? null, plan.candidates, options, ...(guardRail === undefined ? [] : [guardRail])]));
}

async function prepareGuardRail({ plan, planFile, root }: PlanRequest, { test, metrics }: NonNullable<PlanFile["guardRail"]>, desk: Pick<EvaluationDesk, "readTestSet">, signal: AbortSignal): Promise<NonNullable<PreparedPlan["guard"]>> {
  const folder = resolve(planFile, "..");
  const [metric = exactMatchMetric, ...also] = await readMetrics(metrics ?? writtenIn(plan), folder);
  const file = resolve(folder, test);
  return { file, metric, also, read: await readTest({ testFile: file, root, metric, ...(plan.training === undefined ? {} : { training: resolve(folder, plan.training) }) }, desk, signal) };
}

/** The metric that says what is right by a plan. Rejects with an Error for the user when it cannot be. */
export async function metricOf(plan: PlanFile, planFile: string): Promise<Metric> {
  const [metric = exactMatchMetric] = await readMetrics(writtenIn(plan), resolve(planFile, ".."));
  return metric;
}

/** The metrics of a plan; exact match where it names none. */
function writtenIn({ metric, metrics }: PlanFile): readonly WrittenMetric[] {
  return metrics ?? [metric ?? exactMatchMetric.id];
}

function headingOf({ plan, planFile, root }: PlanRequest, startedAt: string): PlanHeading {
  return { startedAt, planFile: toReportPath(root, planFile), asked: [...plan.candidates, ...(plan.judge ? [plan.judge] : [])].map(({ service, model }) => ({ provider: service, model })) };
}

/** The most requests that a judge gets: each answer, and each but the first candidate's twice beside that one. */
function judgements({ scores = true, pairs = true }: PlannedJudge, records: number, candidates: number): number {
  return records * ((scores ? candidates : 0) + (pairs ? 2 * (candidates - 1) : 0));
}

function promptsOf(records: readonly TestRecord[], prompts: readonly Prompt[] | undefined): ReadonlyMap<TestRecord, Prompt> | undefined {
  return prompts && new Map(records.map((record, index) => [record, prompts[index] ?? record.prompt]));
}
