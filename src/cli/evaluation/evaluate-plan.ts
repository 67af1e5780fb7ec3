import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { stretchOf } from "../../dataset/jsonc-stretch.ts";
import { placeAt } from "../../dataset/read-jsonc.ts";
import { compareCandidates } from "../../evaluation/compare-reports.ts";
import { checkPlan } from "../../evaluation/plan-file/check.ts";
import { parsePlan } from "../../evaluation/plan-file/parse.ts";
import type { PlanFile } from "../../evaluation/plan-file/schema.ts";
import { evaluatePlan as run, metricOf } from "../../evaluating/evaluate-plan.ts";
import { toReportPath } from "../../evaluating/evaluation-folder.ts";
import { editorId } from "../../launch/editor-id.ts";
import type { NamedAddress } from "../../launch/known-services.ts";
import { withBatches } from "../../providers/batch-offer.ts";
import { ConfigurationError } from "../../workers/configuration/find.ts";
import { attempt } from "../../workers/file-error.ts";
import { makePrompts } from "../../workers/make-prompts.ts";
import { takeFrozenShare } from "../../workers/shape/frozen-share.ts";
import { readTestSet } from "../../workers/read-test-set.ts";
import { openDesk } from "../jobs/open-desk.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { noLastRun, readBaseline } from "./baseline.ts";
import { exportReport, reportPlace } from "./export.ts";
import { demandNoDrop, noteTenths, onlyInEditor, type EvaluateOptions } from "./evaluate.ts";
import { planReportJson, planReportText } from "./present-plan-report.ts";

/** `tunesmith evaluate NAME.eval.jsonc`: has every candidate of a plan answer its test file, and says what won. Exit code 1 when a candidate is significantly worse than in the run that `--baseline` names. */
export async function evaluatePlan(path: string, { format, out, baseline }: Pick<EvaluateOptions, "format" | "out" | "baseline">, streams: Streams): Promise<ExitCode> {
  const desk = openDesk(streams);
  const plan = readPlan(path, desk.named);
  for (const { service } of [...plan.candidates, ...(plan.judge ? [plan.judge] : [])]) desk.requireReady(service);
  const planFile = resolve(path);
  const root = desk.projectOf(planFile);
  const earlier = baseline === undefined ? undefined : await readBaseline(baseline, { version: 2, plan: toReportPath(root, planFile), metric: (await metricOf(plan, planFile)).id }, root);
  if (baseline !== undefined && !earlier) streams.notes(`${noLastRun}\n`);
  const { report, path: saved } = await run({ plan, planFile, root, ...reportPlace(out) }, {
    open: desk.services.open, readTestSet, makePrompts, takeFrozenShare: (dataset, list, folder) => takeFrozenShare(dataset, list, folder), now: () => new Date(), report: (doing) => desk.report(doing), answered: noteTenths(streams),
  }, streams.signal);
  const compared = earlier ? compareCandidates(report, earlier.report) : [];
  const demands = compared.map((each) => demandNoDrop(each, earlier?.name ?? ""));
  streams.output(format === "json" ? `${JSON.stringify({ ...planReportJson(report, saved), ...(earlier ? { baseline: compared, demands, passed: demands.every(({ met }) => met) } : {}) })}\n` : planReportText(report, demands));
  const exported = exportReport(report, out);
  if (format === "text") streams.notes(`Saved as ${exported === undefined ? saved : `${exported} and ${saved}`}.\n`);
  return demands.every(({ met }) => met) ? exitCode.clean : exitCode.errorsFound;
}

/** Throws a FileError, or a ConfigurationError with a line for each fault. */
function readPlan(path: string, services: readonly NamedAddress[]): PlanFile {
  const text = attempt("read", path, () => readFileSync(path, "utf8"));
  const read = parsePlan(text);
  const named = "value" in read ? [...read.value.candidates, ...(read.value.judge ? [read.value.judge] : [])] : [];
  if (!services.some(({ id }) => id === editorId) && named.some(({ service }) => service === editorId)) throw new ConfigurationError(`${path}: ${onlyInEditor(editorId)}`);
  // Files that are not there are told when they are read.
  const around = { services: services.map((named) => ({ ...withBatches(named), title: named.id })), file: () => undefined };
  const faults = "faults" in read ? read.faults : checkPlan(read.value, around).filter(({ severity }) => severity === "error").map(({ path: keys, message, key }) => ({ message, offset: stretchOf(read.tree, keys, key ? "key" : "value").offset }));
  if ("faults" in read || faults.length > 0) throw new ConfigurationError(faults.map(({ offset, message }) => `${path}:${placeAt(text, offset).line}:${placeAt(text, offset).column} ${message}`).join("\n"));
  return read.value;
}
