import { randomUUID } from "node:crypto";
import { basename, dirname, join } from "node:path";
import type { TokenCount } from "../dataset/insight/token-count.ts";
import { tokenizerOf } from "../dataset/insight/tokens.ts";
import type { TargetName } from "../dataset/targets/target.ts";
import { estimate, type Estimate } from "../jobs/estimate.ts";
import { isOpen, sameLaunches, type Launch, type LaunchedFile, type LaunchOrigin } from "../jobs/launch.ts";
import { checkLaunchFile } from "../jobs/launch-file/check.ts";
import { checkModel, targetNameOf } from "../jobs/launch-file/check-service.ts";
import type { JsoncProblem } from "../dataset/jsonc-problem.ts";
import type { KnownService } from "../jobs/launch-file/problem.ts";
import type { LaunchFile } from "../jobs/launch-file/schema.ts";
import type { LaunchPlan, PreflightCheck } from "../jobs/launch-plan.ts";
import { tokenLimit } from "../jobs/token-limit.ts";
import { splitInTwo } from "../workers/shape/split-in-two.ts";
import { askService } from "./ask-service.ts";
import { checkDataset } from "./check-dataset.ts";
import type { LaunchDesk } from "./desk.ts";
import { lookAround, resolveFrom } from "./look-around.ts";
import { outsideProject } from "./outside-project.ts";

/**
 * Finds out all that is to be known before a launch: whether the file makes sense, whether its datasets pass, whether the service answers, knows the model and
 * lets the account train, what it will take, and whether the same was launched before. Uploads nothing and starts nothing. What is wrong is a check of the plan;
 * rejects with the signal's reason, or with a FileError when a file can be found and not be read.
 */
export async function prepareLaunch(file: LaunchFile, path: string, desk: LaunchDesk, signal: AbortSignal): Promise<LaunchPlan> {
  const { ledger, report } = desk;
  report("looking at the launch file");
  const around = await lookAround(file, path, desk);
  const service = around.services.find(({ id }) => id === file.service);
  const problems = checkLaunchFile(file, around);
  const isOfModel = ({ path: [first] }: JsoncProblem): boolean => first === "model";
  const checks: PreflightCheck[] = problemsOf(problems.filter((problem) => !isOfModel(problem)), "launch file");
  const plan = { service: { id: file.service, title: service?.title ?? file.service }, destination: destinationOf(file, service), billing: service?.tuning.price ?? "", earlier: [] };
  if (!service || around.file(file.data.training)?.kind !== "file" || (file.data.validation !== undefined && around.file(file.data.validation)?.kind !== "file")) return { ...plan, checks };

  if (!service.local) {
    const { training, validation } = file.data;
    const named = [{ member: "data.training", path: training }, ...(validation === undefined ? [] : [{ member: "data.validation", path: validation }])];
    checks.push(...(await outsideProject(named.map(({ member, path: written }) => ({ member, path: resolveFrom(path, written) })), desk.projectOf(path), service.title)));
  }
  const target = targetNameOf(file, service);
  if (target === undefined) checks.push({ name: "launch file", outcome: "failed", message: `No rules are known for what ${service.title} learns by "${file.method ?? "sft"}" from; name a "target" to check the dataset by.` });
  const datasets = await readDatasets(file, path, target, desk, signal);
  checks.push(...datasets.checks);
  const { training, validation } = datasets;
  if (!training) return { ...plan, checks };
  if (validation?.file.sha256 === training.file.sha256) checks.push({ name: "validation file", outcome: "failed", message: "data.validation: The validation file is the training file byte for byte. What was learnt cannot tell how well it was learnt." });

  report(`asking ${service.title}`);
  const hyperparameters = chosen(file.hyperparameters ?? {});
  const request = { ...requestOf(file), hyperparameters };
  const told = await askService(service, { ...request, dataset: training.file, ...(validation ? { validation: validation.file } : {}) }, desk, signal);
  checks.push(...told.checks, ...(told.models ? modelChecks(file, { ...service, models: told.models }, around.today) : problemsOf(problems.filter(isOfModel), "model")));

  report("counting tokens");
  const { longestRecord } = service.tuning;
  const contextLength = told.models?.find(({ id }) => id === file.model)?.contextLength;
  const limit = tokenLimit(target, file.model, hyperparameters, { ...(longestRecord === undefined ? {} : { longestRecord }), ...(contextLength === undefined ? {} : { contextLength }) });
  const folder = service.local ? desk.modelFolder(file.model) : undefined;
  const tokenizer = { ...tokenizerOf(file.model), ...(folder === undefined ? {} : { exact: true }) };
  const counting = { encoding: tokenizer.encoding, ...(tokenizer.images ? { images: tokenizer.images } : {}), ...(folder === undefined ? {} : { folder }), ...(limit === undefined ? {} : { limit }) };
  const count = (counted: LaunchedFile): Promise<TokenCount> => desk.files.countTokens(counted.path, counting, signal, (share) => report("counting tokens", share));
  const counts = { training: await count(training.file), ...(validation ? { validation: await count(validation.file) } : {}) };
  // How fast a cluster is, nobody has measured.
  const pace = told.pace ?? (file.compute?.cluster === undefined ? service.tuning.paceOf?.(file.model) : undefined);
  const taken: Estimate = estimate({
    model: file.model, method: file.method ?? "sft", hyperparameters, tuning: told.tuning ?? service.tuning, tokenizer, ...counts,
    ...(limit === undefined ? {} : { limit }), ...(told.price ? { told: told.price } : {}), ...(pace ? { pace } : {}),
  });
  if (taken.refused) checks.push({ name: "budget", outcome: "failed", message: `${service.title} says that your account may not spend so much.` });
  if (taken.cut.records > 0) checks.push({ name: "dataset", outcome: "doubtful", message: `${taken.cut.records} ${taken.cut.records === 1 ? "record is" : "records are"} longer than ${limit} tokens and would be cut, first in line ${(taken.cut.first[0]?.line ?? 0) + 1}.` });

  const now = desk.clock.now();
  const launch: Launch = {
    id: randomUUID(), provider: service.id, createdAt: now, changedAt: now, step: "intended", dataset: training.file, ...(validation ? { validation: validation.file } : {}), request, launchFile: path,
    ...(file.data.split === undefined || file.data.validation !== undefined ? {} : { splitFrom: resolveFrom(path, file.data.training) }),
    ...(file.evaluation ? { test: resolveFrom(path, file.evaluation.test) } : {}),
    ...(desk.versionsOf ? { origin: originOf(file, desk.projectOf(path), taken, desk.versionsOf(service.id)) } : {}),
  };
  const earlier = sameLaunches(launch, await ledger.list());
  const [last] = earlier;
  if (last) checks.push({ name: "earlier launches", outcome: "doubtful", message: `The same was ${isOpen(last) ? "begun" : "started"} before, on ${new Date(last.createdAt).toLocaleString()}${last.job === undefined ? ", and what became of it is not known yet" : ` (${last.job})`}.` });
  return { ...plan, checks, estimate: taken, launch, earlier };
}

function originOf(file: LaunchFile, root: string, { tokens, validation }: Estimate, versions: LaunchOrigin["versions"]): LaunchOrigin {
  // What a schema of JSON has read is JSON.
  const content = file as LaunchOrigin["content"];
  return { root, content, tokens: { training: tokens, ...(validation ? { validation: validation.tokens } : {}) }, versions };
}

interface Dataset {
  readonly file: LaunchedFile;
}

/** Checks the files and splits them where that is asked for; the parts are kept beside the launch file. */
async function readDatasets({ data }: LaunchFile, path: string, target: TargetName | undefined, desk: LaunchDesk, signal: AbortSignal): Promise<{ readonly checks: readonly PreflightCheck[]; readonly training?: Dataset; readonly validation?: Dataset }> {
  const source = resolveFrom(path, data.training);
  if (data.split === undefined || data.validation !== undefined) {
    const training = await checkDataset("dataset", source, target, desk, signal);
    const validation = data.validation === undefined ? undefined : await checkDataset("validation file", resolveFrom(path, data.validation), target, desk, signal, source);
    return { checks: [...training.checks, ...(validation?.checks ?? [])], training, ...(validation ? { validation } : {}) };
  }
  const whole = await checkDataset("dataset", source, target, desk, signal);
  if (whole.checks.some(({ outcome }) => outcome === "failed")) return { checks: whole.checks, training: whole };
  desk.report("splitting the dataset");
  const { validation: share, seed = 0 } = data.split;
  const name = basename(source).replace(/\.\w+$/, "");
  const folder = join(dirname(path), ".tunesmith", "splits", `${name}-${whole.file.sha256.slice(0, 12)}-${share}-${seed}`);
  const parts = { training: join(folder, `${name}.training.jsonl`), validation: join(folder, `${name}.validation.jsonl`) };
  await desk.files.shapeFiles(splitInTwo(source, parts, { share, seed }), signal);
  const training = await checkDataset("dataset", parts.training, target, desk, signal);
  const validation = await checkDataset("validation file", parts.validation, target, desk, signal, parts.training);
  return { checks: [...training.checks, ...validation.checks], training, validation };
}

/** What the live list says of the model. */
function modelChecks(file: LaunchFile, service: KnownService, today: string): PreflightCheck[] {
  const problems = problemsOf([...checkModel(file, service, today)], "model");
  return problems.length > 0 ? problems : [{ name: "model", outcome: "passed", message: `${service.title} has ${file.model}.` }];
}

function problemsOf(problems: readonly JsoncProblem[], name: PreflightCheck["name"]): PreflightCheck[] {
  return problems.map(({ path, severity, message }) => ({ name, outcome: severity === "error" ? "failed" : "doubtful", message: name === "launch file" && path.length > 0 ? `${path.join(".")}: ${message}` : message }));
}

/** Where the dataset goes, as a sentence. */
function destinationOf({ compute }: LaunchFile, service: KnownService | undefined): string {
  if (service?.local && compute?.cluster !== undefined) return `The dataset goes to the Ray cluster ${JSON.stringify(compute.cluster)} of your settings.`;
  return service?.tuning.destination ?? "";
}

/** `auto` is the service's own choice, and so left out. */
function chosen(hyperparameters: NonNullable<LaunchFile["hyperparameters"]>): Launch["request"]["hyperparameters"] {
  return Object.fromEntries(Object.entries(hyperparameters).filter(([, value]) => value !== "auto"));
}

function requestOf({ model, method, suffix, seed, grader, integrations, compute }: LaunchFile): Omit<Launch["request"], "hyperparameters"> {
  const given = Object.entries({ suffix, seed, method, grader, integrations, compute }).filter(([, value]) => value !== undefined);
  // The schema has read each of them; only an absent property and an undefined one differ.
  return { model, ...(Object.fromEntries(given) as Omit<Launch["request"], "hyperparameters" | "model">) };
}
