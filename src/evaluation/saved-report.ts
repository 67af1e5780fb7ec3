import * as z from "zod";
import { sumUpPlan, type PlanReport } from "./plan-report.ts";
import { askedRecord, outcomeSchema, settingSchema } from "./report-schema.ts";
import { knownMetrics, readAs, readReport, readVersion, unknownVersion, type Report } from "./report.ts";

/** Any report: of two models (version 1) or of a plan (version 2). */
export type SavedReport = Report | PlanReport;

/** A candidate as a saved report names it. */
export const reportedCandidate = z.object({
  name: z.string(), service: z.string(), model: z.string(), tuned: z.boolean().optional(), fewShot: z.int().optional(), retrieval: z.int().optional(),
  price: z.object({ input: z.number(), output: z.number(), dated: z.string() }).optional(), batch: z.boolean().optional(),
});
const { models: _models, ...shared } = settingSchema.shape;
const record = z.object({ ...askedRecord, outcomes: z.array(outcomeSchema) });
const guardRail = z.object({ dataset: shared.dataset, metric: shared.metric, also: shared.also, records: z.array(record) });
const preference = z.enum(["first", "candidate", "tie"]).nullable();
const judge = z.object({
  service: z.string(), model: z.string(), rubric: z.string(),
  scores: z.array(z.array(z.number().nullable())).optional(), pairs: z.array(z.array(z.tuple([preference, preference]))).optional(),
  ratings: z.array(z.object({ line: z.int(), candidate: z.string(), rating: z.number() })).optional(),
});
const breakEven = z.object({ tuned: z.string(), instead: z.string(), training: z.number(), hostingPerMonth: z.number().optional(), requestsPerMonth: z.number().optional(), dated: z.string() });
const savedPlanReport = z.object({
  format: z.literal("tunesmith-evaluation"), version: z.literal(2), ...shared, plan: z.string(), candidates: z.array(reportedCandidate).min(2),
  records: z.array(record).min(1), guardRail: guardRail.optional(), judge: judge.optional(), breakEven: breakEven.optional(),
});

/** Reads a saved report of either version; its summary is made again from the answers. Throws an Error that says what is wrong with the text. */
export function readSavedReport(text: string): SavedReport {
  const { version, value } = readVersion(text);
  if (version === 1) return readReport(text);
  if (version !== 2) throw new Error(unknownVersion(version));
  const { also, training, slices, guardRail: guard, judge: judged, breakEven: costs, ...read } = readAs(savedPlanReport, value);
  const lacking = read.records.find(({ outcomes }) => outcomes.length !== read.candidates.length);
  if (lacking) throw new Error(`This evaluation report is damaged: line ${lacking.line} has ${lacking.outcomes.length} outcomes, and there are ${read.candidates.length} candidates.`);
  const [, ...metrics] = knownMetrics([read.metric, ...(also ?? [])]);
  if (guard) knownMetrics([guard.metric, ...(guard.also ?? [])]);
  return { ...read, ...(also ? { also } : {}), ...(training ? { training } : {}), ...(slices ? { slices } : {}), ...(guard ? { guardRail: guard } : {}), ...(judged ? { judge: judged } : {}), ...(costs ? { breakEven: costs } : {}), summary: sumUpPlan(read.candidates, read.records, metrics, guard) };
}
