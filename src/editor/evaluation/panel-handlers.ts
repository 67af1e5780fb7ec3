import * as z from "zod";
import { linesOf, type Analysis } from "../../evaluation/analyse-report.ts";
import { pairIn } from "../../evaluation/compared-candidates.ts";
import { recordFilters, recordOrders } from "../../evaluation/record-order.ts";
import type { ReportAccess, ReportHead } from "../../evaluation/reader/report-reader.ts";
import { mostRows } from "../../evaluation/reader/rows.ts";
import type { ReviewEntry } from "../../evaluation/review/review-entry.ts";
import { blindRecord, type SignedReview } from "../../evaluation/review/review-turns.ts";
import { sumUpReview } from "../../evaluation/review/sum-up-review.ts";
import type { PlanRecord } from "../../evaluation/plan-record.ts";
import type { MovedRecord } from "../../evaluating/corrections-file.ts";
import type { Handlers } from "../../protocol/channel.ts";
import { longestAnswer, type Corrected, type CorrectionRequest, type EvaluationPanel, type Overview, type ReviewPlace, type ShownAnalysis } from "../../protocol/evaluation-panel.ts";
import { toWholeRecord } from "../../workers/report/whole-record.ts";

/** What the panel can have done outside of itself. */
export interface PanelActions {
  openRecord(report: ReportHead, line: number): Promise<void>;
  openReport(): Promise<void>;
  exportReport(report: ReportHead): Promise<void>;
  evaluateAgain(report: ReportHead): Promise<void>;
  /** Undefined when the user turned away. */
  correct(report: ReportHead, record: PlanRecord, request: CorrectionRequest): Promise<Corrected | undefined>;
  startNextRun(report: ReportHead): Promise<void>;
  /** How the user signs what they say of answers. */
  reviewer(): Promise<string>;
  /** What people said of the report's answers, by how they sign. */
  reviews(): Promise<ReadonlyMap<string, readonly ReviewEntry[]>>;
  keepReview(entry: ReviewEntry): Promise<void>;
}

/** The report that a panel shows, and how it and its services are called. */
export interface ShownReport {
  readonly report: ReportAccess;
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
const query = z.object({ filter: z.enum(recordFilters), order: z.enum(recordOrders), search: z.string().max(1000).optional(), group, pair });
const rowsRequest = z.object({ query, first: place, count: z.int().min(1).max(mostRows) });
const mode = z.enum(["pair", "rating"]);
const blind = z.object({ mode, pair, place }).optional();
const reviewPlace = z.object({ mode, pair, place: place.optional() });
const reviewRequest = z.object({ ...reviewPlace.shape, word: z.union([z.strictObject({ better: z.union([z.literal(0), z.literal(1), z.null()]) }), z.strictObject({ rating: z.int().min(1).max(5) })]) });
const summaryRequest = z.object({ pair });
const correction = z.object({ line: z.int().min(1), blind, answer: z.string().max(longestAnswer), as: z.union([z.strictObject({ kind: z.literal("training") }), z.strictObject({ kind: z.literal("preference"), rejected: place })]) });
const lineRequest = z.object({ line: z.int().min(1) });
const recordRequest = z.object({ line: z.int().min(1), blind });

/** The host's side of the evaluation panel. `current` gives the report that the panel shows now; what arrives from the page is read by a schema. */
export function createPanelHandlers(current: () => Promise<ShownReport>, actions: PanelActions): Handlers<EvaluationPanel> {
  const reviewOf = async ({ mode: wanted, pair: of }: Pick<ReviewPlace, "mode" | "pair">): Promise<SignedReview> => {
    const reviewer = await actions.reviewer();
    return { mode: wanted, pair: of, reviewer, said: (await actions.reviews()).get(reviewer) ?? [] };
  };
  /** The same request with the candidate that is rejected, where answers were shown without names. */
  const seeing = async (report: ReportAccess, request: CorrectionRequest): Promise<CorrectionRequest> => {
    const { blind: of, as } = request;
    if (!of || as.kind === "training") return request;
    const rejected = (await report.blindCandidates(await reviewOf(of), of.place, request.line))[as.rejected];
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
      const record = await report.record(request.line);
      const made = await actions.correct(await report.head(), record, await seeing(report, request));
      if (made) last = made;
      return made ?? null;
    } catch (error) {
      last = { line: request.line, failure: error instanceof Error ? error.message : String(error) };
      throw error;
    } finally {
      correcting = false;
    }
  };
  const act = async (action: (report: ReportHead) => Promise<void>): Promise<null> => {
    await action(await (await current()).report.head());
    return null;
  };
  return {
    overview: { read: (value) => overviewRequest.parse(value), answer: async ({ pair: wanted }) => {
      const { report, address, providerTitle, moved } = await current();
      const { services, plan, setting, ...overview } = await report.overview(wanted);
      return {
        ...overview, report: address, services: services.map(providerTitle), setting, corrected: new Set((await moved()).map(({ line }) => line)).size,
        ...(plan ? { plan: { ...plan, candidates: plan.candidates.map((candidate) => ({ ...candidate, service: providerTitle(candidate.service) })) } } : {}), ...tellLast(),
      };
    } },
    analysis: { read: nothing, answer: async () => withoutLines(await (await current()).analysis()) },
    rows: { read: (value) => rowsRequest.parse(value), answer: async ({ query: wanted, first, count }) => {
      const { report, analysis, moved } = await current();
      const { total, rows } = await report.rows(wanted, first, count, wanted.group && linesOf(await analysis(), wanted.group));
      const into = new Map((await moved()).map((each) => [each.line, each.into]));
      return { total, rows: rows.map((row) => ({ ...row, ...(into.has(row.line) ? { movedTo: into.get(row.line) ?? "" } : {}) })) };
    } },
    record: { read: (value) => recordRequest.parse(value), answer: async ({ line, blind: of }) => {
      const { report } = await current();
      const record = toWholeRecord(await report.record(line), await report.candidates());
      return of ? blindRecord(record, await report.blindCandidates(await reviewOf(of), of.place, line)) : record;
    } },
    reviewTurn: { read: (value) => reviewPlace.parse(value), answer: async (request) => (await current()).report.reviewTurn(await reviewOf(request), request.place) },
    review: { read: (value) => reviewRequest.parse(value), answer: async (request) => {
      const { report } = await current();
      const { entry, next } = await report.reviewEntry(await reviewOf(request), request.place, request.word, new Date());
      await actions.keepReview(entry);
      return report.reviewTurn(await reviewOf(request), next);
    } },
    reviewSummary: { read: (value) => summaryRequest.parse(value), answer: async (request) => {
      const { report } = await current();
      const names = await report.candidates();
      const [first, second] = pairIn({ candidates: names.map((name) => ({ name })) }, request.pair);
      return sumUpReview(await actions.reviews(), [names[first] ?? "", names[second] ?? ""]);
    } },
    openRecord: {
      read: (value) => lineRequest.parse(value),
      answer: async ({ line }) => {
        await (await current()).report.record(line);
        return act((report) => actions.openRecord(report, line));
      },
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

function withoutLines({ labels, slices, ...rest }: Analysis): ShownAnalysis {
  return {
    ...rest, ...(labels ? { labels: labels.map(({ lines: _lines, ...scores }) => scores) } : {}),
    slices: slices.map(({ lines, ...slice }) => ({ ...slice, records: lines.length })),
  };
}
