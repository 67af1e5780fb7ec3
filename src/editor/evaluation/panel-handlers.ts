import * as z from "zod";
import { linesOf, type Analysis } from "../../evaluation/analyse-report.ts";
import { pairIn, recordsOfPair, type Pair } from "../../evaluation/compared-candidates.ts";
import { sumUpReview } from "../../evaluation/review/sum-up-review.ts";
import type { ReviewEntry } from "../../evaluation/review/review-entry.ts";
import { findMetric } from "../../evaluation/metrics/index.ts";
import type { PlanReport } from "../../evaluation/plan-report.ts";
import { countByFilter, orderByDisagreement, passesFilter, recordFilters } from "../../evaluation/record-order.ts";
import type { JudgedOutcome, JudgedRecord, Setting } from "../../evaluation/report.ts";
import { viewOf } from "../../evaluation/report-view.ts";
import type { SavedReport } from "../../evaluation/saved-report.ts";
import { summarise } from "../../evaluation/summary.ts";
import type { Handlers } from "../../protocol/channel.ts";
import type { MovedRecord } from "../../evaluating/corrections-file.ts";
import { blindCandidates, blindRecord, entryOf, nextPlace, reviewStand, turnOf, type ReviewOrders, type ReviewStand } from "./review-turns.ts";
import { longestAnswer, type ReviewPlace, rowsPerPage, type Corrected, type CorrectionRequest, type EvaluationPanel, type Overview, type Page, type PageRequest, type PlanOverview, type Row, type ShownAnalysis, type WholeRecord } from "../../protocol/evaluation-panel.ts";

/** What the panel can have done outside of itself. */
export interface PanelActions {
  openRecord(report: SavedReport, line: number): Promise<void>;
  openReport(): Promise<void>;
  exportReport(report: SavedReport): Promise<void>;
  evaluateAgain(report: SavedReport): Promise<void>;
  /** Undefined when the user turned away. */
  correct(report: SavedReport, request: CorrectionRequest): Promise<Corrected | undefined>;
  startNextRun(report: SavedReport): Promise<void>;
  /** How the user signs what they say of answers. */
  reviewer(): Promise<string>;
  /** What people said of the report's answers, by how they sign. */
  reviews(): Promise<ReadonlyMap<string, readonly ReviewEntry[]>>;
  keepReview(entry: ReviewEntry): Promise<void>;
}

/** The report that a panel shows, and how it and its services are called. */
export interface ShownReport {
  readonly report: SavedReport;
  /** Names the report's file. */
  readonly address: string;
  providerTitle(id: string): string;
  /** Its records that were corrected and moved to training, the last of a line last. */
  moved(): Promise<readonly Pick<MovedRecord, "line" | "into">[]>;
  /** What follows from it; worked out once, when it is first asked for. */
  analysis(): Promise<Analysis>;
}

const nothing = (): null => null;
const pair = z.tuple([z.int().min(0), z.int().min(0)]).optional();
const overviewRequest = z.object({ pair });
const place = z.int().min(0);
const group = z.union([z.strictObject({ slice: place }), z.strictObject({ candidate: place, reference: place, answer: place })]).optional();
const pageRequest = z.object({ filter: z.enum(recordFilters), page: place, pair, group });
const mode = z.enum(["pair", "rating"]);
const blind = z.object({ mode, pair, place }).optional();
const reviewPlace = z.object({ mode, pair, place: place.optional() });
const reviewRequest = z.object({ ...reviewPlace.shape, word: z.union([z.strictObject({ better: z.union([z.literal(0), z.literal(1), z.null()]) }), z.strictObject({ rating: z.int().min(1).max(5) })]) });
const summaryRequest = z.object({ pair });
const correction = z.object({ line: z.int().min(1), blind, answer: z.string().max(longestAnswer), as: z.union([z.strictObject({ kind: z.literal("training") }), z.strictObject({ kind: z.literal("preference"), rejected: place })]) });
const lineRequest = z.object({ line: z.int().min(1) });
const recordRequest = z.object({ line: z.int().min(1), blind });

/** Long texts in the table are cut here, in UTF-16 units; the record is shown whole when it is asked for. */
const cutAt = 600;

/** The host's side of the evaluation panel. `current` gives the report that the panel shows now; what arrives from the page is read by a schema. */
export function createPanelHandlers(current: () => Promise<ShownReport>, actions: PanelActions): Handlers<EvaluationPanel> {
  const orders: ReviewOrders = new Map();
  const standOf = async (report: SavedReport, { mode: wanted, pair: of }: ReviewPlace): Promise<ReviewStand> => reviewStand(report, wanted, of, await actions.reviewer(), await actions.reviews(), orders);
  /** The same request with the candidate that is rejected, where answers were shown without names. */
  const seeing = async (report: SavedReport, request: CorrectionRequest): Promise<CorrectionRequest> => {
    const { blind: of, as } = request;
    if (!of || as.kind === "training") return request;
    const rejected = blindCandidates(await standOf(report, of), of.place, request.line)[as.rejected];
    if (rejected === undefined) throw new Error("There is no such answer.");
    return { ...request, as: { ...as, rejected } };
  };
  let correcting = false;
  let last: Overview["lastCorrection"];
  const tellLast = (): Pick<Overview, "lastCorrection"> => {
    const told = last;
    last = undefined;
    return told ? { lastCorrection: told } : {};
  };
  const correct = async (request: CorrectionRequest): Promise<Corrected | null> => {
    if (correcting) throw new Error("Another correction is shown already. Apply or discard it first.");
    correcting = true;
    try {
      const { report } = await current();
      const { line } = findRecord(report, request.line);
      const made = await actions.correct(report, await seeing(report, { ...request, line }));
      if (made) last = made;
      return made ?? null;
    } catch (error) {
      last = { line: request.line, failure: error instanceof Error ? error.message : String(error) };
      throw error;
    } finally {
      correcting = false;
    }
  };
  const act = async (action: (report: SavedReport) => Promise<void>): Promise<null> => {
    await action((await current()).report);
    return null;
  };
  return {
    overview: { read: (value) => overviewRequest.parse(value), answer: async (request) => {
      const shown = await current();
      return { ...toOverview(shown, request.pair, new Set((await shown.moved()).map(({ line }) => line)).size), ...tellLast() };
    } },
    analysis: { read: nothing, answer: async () => withoutLines(await (await current()).analysis()) },
    page: { read: (value) => pageRequest.parse(value), answer: async (request) => {
      const { report, analysis, moved } = await current();
      return selectPage(report, request, request.group && linesOf(await analysis(), request.group), new Map((await moved()).map(({ line, into }) => [line, into])));
    } },
    record: { read: (value) => recordRequest.parse(value), answer: async ({ line, blind: of }) => {
      const { report } = await current();
      const record = findRecord(report, line);
      return of ? blindRecord(record, blindCandidates(await standOf(report, of), of.place, line)) : record;
    } },
    reviewTurn: { read: (value) => reviewPlace.parse(value), answer: async (request) => turnOf(await standOf((await current()).report, request), request.place) },
    review: { read: (value) => reviewRequest.parse(value), answer: async (request) => {
      const { report } = await current();
      const stand = await standOf(report, request);
      await actions.keepReview(entryOf(stand, request.place, request.word, new Date()));
      return turnOf(await standOf(report, request), nextPlace(stand, request.place));
    } },
    reviewSummary: { read: (value) => summaryRequest.parse(value), answer: async (request) => {
      const view = viewOf((await current()).report);
      const [first, second] = pairIn(view, request.pair);
      return sumUpReview(await actions.reviews(), [view.candidates[first]?.name ?? "", view.candidates[second]?.name ?? ""]);
    } },
    openRecord: {
      read: (value) => lineRequest.parse(value),
      answer: ({ line }) => act((report) => actions.openRecord(report, findRecord(report, line).line)),
    },
    openReport: { read: nothing, answer: () => act(() => actions.openReport()) },
    exportReport: { read: nothing, answer: () => act((report) => actions.exportReport(report)) },
    correct: { read: (value) => readCorrection(value), answer: correct },
    startNextRun: { read: nothing, answer: () => act((report) => actions.startNextRun(report)) },
    evaluateAgain: { read: nothing, answer: () => act((report) => actions.evaluateAgain(report)) },
  };
}

function readCorrection(value: unknown): CorrectionRequest {
  const read = correction.safeParse(value);
  if (read.success) return read.data;
  const tooLong = read.error.issues.some(({ code, path }) => code === "too_big" && path[0] === "answer");
  throw new Error(tooLong ? `A corrected answer may have ${longestAnswer.toLocaleString("en")} characters. Correct a longer one in the file itself.` : "This is no correction of a record.");
}

/** A report without its records, as the page shows it with two of its candidates. */
export function toOverview({ report, address, providerTitle }: Omit<ShownReport, "analysis" | "moved">, wanted?: Pair, corrected = 0): Overview {
  const compared = viewOf(report);
  const chosen = pairIn(compared, wanted);
  const records = recordsOfPair(compared, chosen);
  const { setting, provider } = settingOf(report, chosen, providerTitle);
  const metric = findMetric(report.metric);
  const also = (report.also ?? []).map((id) => findMetric(id)?.title ?? id);
  return {
    report: address, provider, setting, filters: countByFilter(records), corrected,
    summary: report.version === 1 ? report.summary : summarise(records.map(({ base, tuned }) => ({ base: rightOf(base), tuned: rightOf(tuned) }))),
    metric: { title: `${metric?.title ?? report.metric}${also.length === 0 ? "" : `, judged together with ${also.join(", ")}`}`, explanation: metric?.explanation ?? "" },
    ...(report.version === 2 ? { plan: planOf(report, chosen, providerTitle) } : {}),
  };
}

function settingOf(report: SavedReport, [base, tuned]: Pair, providerTitle: ShownReport["providerTitle"]): { readonly setting: Setting; readonly provider: string } {
  const { createdAt, dataset, training, options, metric, also } = report;
  const shared = { createdAt, dataset, ...(training ? { training } : {}), options, metric, ...(also ? { also } : {}) };
  if (report.version === 1) return { setting: { ...shared, models: report.models }, provider: providerTitle(report.models.provider) };
  const { candidates } = report;
  const provider = [...new Set(candidates.map(({ service }) => providerTitle(service)))].join(", ");
  return { setting: { ...shared, models: { provider, base: candidates[base]?.name ?? "", tuned: candidates[tuned]?.name ?? "" } }, provider };
}

function planOf({ plan, summary, candidates }: PlanReport, chosen: Pair, providerTitle: ShownReport["providerTitle"]): PlanOverview {
  return {
    file: plan, words: summary.words, pair: chosen,
    candidates: candidates.flatMap(({ name, service, model, tuned, fewShot, retrieval }, index) => {
      const own = summary.candidates[index];
      return own ? [{ name, model, tuned, fewShot, retrieval, service: providerTitle(service), ...own }] : [];
    }),
  };
}

function withoutLines({ labels, slices, ...rest }: Analysis): ShownAnalysis {
  return {
    ...rest, ...(labels ? { labels: labels.map(({ lines: _lines, ...scores }) => scores) } : {}),
    slices: slices.map(({ lines, ...slice }) => ({ ...slice, records: lines.length })),
  };
}

/** The rows of one page, of these lines only where some are given; a page behind the last one is the last one. */
export function selectPage(report: SavedReport, { filter, page, pair: wanted, group: of }: PageRequest, lines?: readonly number[], moved: ReadonlyMap<number, string> = new Map()): Page {
  const view = viewOf(report);
  const within = lines && new Set(lines);
  const records = orderByDisagreement(recordsOfPair(view, pairIn(view, wanted)).filter((record) => passesFilter(record, filter) && within?.has(record.line) !== false));
  const pages = Math.max(1, Math.ceil(records.length / rowsPerPage));
  const shown = Math.min(page, pages - 1);
  return {
    filter, page: shown, ...(wanted ? { pair: wanted } : {}), ...(of ? { group: of } : {}), pages, records: records.length,
    rows: records.slice(shown * rowsPerPage, (shown + 1) * rowsPerPage).map((record) => toRow(record, view.candidates.length > 2, moved.get(record.line))),
  };
}

function toRow(record: JudgedRecord, more: boolean, movedTo: string | undefined): Row {
  const prompt = record.prompt.at(-1)?.content ?? "";
  const texts = [prompt, record.reference, textOf(record.base), textOf(record.tuned)];
  return {
    line: record.line, prompt: cut(prompt), reference: cut(record.reference), base: cutOutcome(record.base), tuned: cutOutcome(record.tuned),
    cut: more || record.prompt.length > 1 || texts.some((text) => text.length > cutAt), ...(movedTo === undefined ? {} : { movedTo }),
  };
}

function findRecord(report: SavedReport, line: number): WholeRecord {
  const { records, candidates } = viewOf(report);
  const record = records.find((each) => each.line === line);
  if (!record) throw new Error(`The report has no record of line ${line}.`);
  return { line, prompt: record.prompt, reference: record.reference, answers: record.outcomes.map((outcome, index) => ({ name: candidates[index]?.name ?? "", outcome })) };
}

function rightOf(outcome: JudgedOutcome): boolean | undefined {
  return "failure" in outcome ? undefined : outcome.right;
}

function textOf(outcome: JudgedOutcome): string {
  return "failure" in outcome ? outcome.failure : outcome.text;
}

function cutOutcome(outcome: JudgedOutcome): JudgedOutcome {
  return "failure" in outcome ? { failure: cut(outcome.failure) } : { ...outcome, text: cut(outcome.text) };
}

function cut(text: string): string {
  if (text.length <= cutAt) return text;
  // A character outside the Basic Multilingual Plane must not be cut in half.
  return `${text.slice(0, cutAt).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
