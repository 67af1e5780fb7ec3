import { resolve } from "node:path";
import { describeBatch } from "../../evaluation/batch/describe-batch.ts";
import { compareWithEarlier, type EarlierComparison } from "../../evaluation/compare-reports.ts";
import { metrics } from "../../evaluation/metrics/index.ts";
import type { Report } from "../../evaluation/report.ts";
import type { Progress } from "../../evaluation/run.ts";
import { evaluateModels } from "../../evaluating/evaluate.ts";
import { readMetrics } from "../../evaluating/read-metrics.ts";
import { editorId } from "../../launch/editor-id.ts";
import { readTestSet } from "../../workers/read-test-set.ts";
import { openDesk } from "../jobs/open-desk.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { UsageError } from "../target.ts";
import { noLastRun, readBaseline } from "./baseline.ts";
import { exportReport, reportPlace } from "./export.ts";
import { readMetricOption, readMetricsOption } from "./metric-option.ts";
import { reportJson, reportText, type Demand } from "./present-report.ts";

export interface EvaluateOptions {
  readonly service?: string;
  readonly base?: string;
  readonly tuned?: string;
  readonly training?: string;
  /** A name, or an object with parameters as JSON. */
  readonly metric: string;
  /** Further metrics: names with commas between them, or a list of names and objects as JSON. */
  readonly also?: string;
  /** Names of fields, with commas between them. */
  readonly slices?: string;
  readonly seed: number;
  readonly maxTokens: number;
  readonly concurrency: number;
  readonly batch?: boolean;
  readonly format: "text" | "json";
  readonly out?: string;
  /** The share of the records, from 0 to 1, that the tuned model has to have right. */
  readonly failUnder?: number;
  /** The path of an earlier report, whose models these must not be worse than; or `last`. */
  readonly baseline?: string;
}

/** `tunesmith evaluate`: the editor's Evaluate Model, over the same reports and answers. Exit code 1 when a demand is not met. */
export async function evaluate(dataset: string, options: EvaluateOptions, streams: Streams): Promise<ExitCode> {
  const service = required("--service <name>", options.service);
  const base = required("--base <model>", options.base);
  const tuned = required("--tuned <model>", options.tuned);
  const { seed, maxTokens, concurrency, format, out, failUnder, baseline } = options;
  const [metric, ...others] = await readMetrics([readMetricOption("--metric", options.metric), ...readMetricsOption("--also", options.also)], resolve("."));
  if (!metric || metric.kind === "score") throw new UsageError(`${metric?.title} gives scores and says of no answer that it is right, so it cannot be the --metric. Name it with --also, beside one of ${passOrFail.join(", ")}`);
  const also = others.filter(({ id }, index) => id !== metric.id && others.findIndex((other) => other.id === id) === index);
  const desk = openDesk(streams);
  if (service === editorId && !desk.names.includes(service)) throw new UsageError(onlyInEditor(editorId));
  if (!desk.names.includes(service)) throw new UsageError(`There is no service "${service}". There are: ${desk.names.join(", ")}`);
  // What cannot be compared with is told before anything is asked.
  const testFile = resolve(dataset);
  const root = desk.projectOf(testFile);
  const earlier = baseline === undefined ? undefined : await readBaseline(baseline, { version: 1, models: { provider: service, base, tuned }, metric: metric.id }, root);
  if (baseline !== undefined && !earlier) streams.notes(`${noLastRun}\n`);
  desk.requireReady(service);
  const { report, path } = await evaluateModels({
    testFile, root, provider: service, base, tuned, options: { temperature: 0, maximumTokens: maxTokens, seed }, concurrency, metric, also, slices: (options.slices ?? "").split(",").map((each) => each.trim()).filter((each) => each !== ""),
    ...(options.training === undefined ? {} : { training: resolve(options.training) }), ...(options.batch === undefined ? {} : { batch: options.batch }), ...reportPlace(out),
  }, { open: desk.services.open, readTestSet: async (file, training) => readTestSet(file, training), now: () => new Date(), report: (doing) => desk.report(doing), answered: noteTenths(streams) }, new Set(), streams.signal);
  const comparison = earlier?.report.version === 1 ? compareWithEarlier(report, earlier.report) : undefined;
  const demands = [...(failUnder === undefined ? [] : [demandShare(report, failUnder)]), ...(comparison && earlier ? [demandNoDrop(comparison, earlier.name)] : [])];
  streams.output(format === "json" ? `${JSON.stringify(reportJson(report, path, demands, comparison))}\n` : reportText(report, demands));
  const exported = exportReport(report, out);
  if (format === "text") streams.notes(`Saved as ${exported === undefined ? path : `${exported} and ${path}`}.\n`);
  return demands.every(({ met }) => met) ? exitCode.clean : exitCode.errorsFound;
}

/** Why a service that evaluations name is none on the command line. */
export function onlyInEditor(service: string): string {
  return `"${service}" means VS Code's own language models, which exist only in the editor: evaluate there, or name another service.`;
}

function required(option: string, value: string | undefined): string {
  if (value === undefined) throw new UsageError(`error: required option '${option}' not specified`);
  return value;
}

const passOrFail = metrics.filter(({ kind }) => kind === "pass-fail").map(({ id }) => id);

function demandShare({ records }: Report, share: number): Demand {
  const right = records.filter(({ tuned }) => !("failure" in tuned) && tuned.right).length;
  const met = right / records.length >= share;
  return { met, words: `The tuned model has ${right} of ${records.length} records right, ${percent(right / records.length)}; at least ${percent(share)} is demanded.` };
}

/** That a candidate did not become significantly worse. */
export function demandNoDrop({ outcome, words }: EarlierComparison, baseline: string): Demand {
  return { met: outcome !== "worse", words: `Against ${baseline}: ${words}` };
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}

/** Tells the progress when a further tenth is done, and of a batch whenever it has come further. */
export function noteTenths({ notes }: Pick<Streams, "notes">): (progress: Progress) => void {
  let told = 0;
  let before: Progress["counted"];
  const waited = new Map<string, string>();
  return ({ candidate, answered, failed, total, batch, counted }) => {
    if (batch) {
      const words = describeBatch(batch);
      if (waited.size === 0) notes("A batch goes on when this program is ended; the same call then waits for it again …\n");
      if (waited.get(candidate) !== words) notes(`${candidate}, ${words} …\n`);
      return void waited.set(candidate, words);
    }
    if (counted !== before) told = 0;
    before = counted;
    const tenth = Math.floor(((answered + failed) * 10) / total);
    if (tenth <= told) return;
    told = tenth;
    notes(`${candidate}, ${answered + failed} of ${total} ${counted ?? "answers"}${failed > 0 ? `, ${failed} failed` : ""} …\n`);
  };
}
