import type { Job } from "../job.ts";
import type { Launch, LaunchedFile, LaunchedTokens } from "../launch.ts";
import type { RunRecord, RunScore } from "./run-record.ts";

/** What is known of a run besides its launch. */
export interface RunFacts {
  readonly job?: Job;
  /** The last that was measured of each metric. */
  readonly metrics?: Readonly<Record<string, number>>;
  readonly evaluations?: readonly RunScore[];
}

/** A record stays small whatever a service says. */
const mostValues = 60;
const mostText = 2000;

/** The id of a launch's run, which is also its file's name: sorted by name, runs are sorted by time. */
export function runId({ id, createdAt }: Pick<Launch, "id" | "createdAt">): string {
  const at = new Date(createdAt).toISOString().replace(/\.\d+Z$/, "").replaceAll(/[-:]/g, "").replace("T", "-");
  return `${at}-${id.replaceAll(/[^\w-]/g, "").slice(0, 8)}`;
}

/**
 * The record of a launch's run as far as it is known. `nameOf` says how a record calls a file. It holds no key and no address: services are named, and the
 * addresses in what a service says of a failure are left out.
 */
export function toRun(launch: Launch, { job, metrics, evaluations }: RunFacts, nameOf: (path: string) => string): RunRecord {
  const { request, dataset, validation, splitFrom, origin, failure } = launch;
  const error = failure ?? job?.error;
  const tokens = origin?.tokens;
  const results = given({
    trainedTokens: job?.trainedTokens,
    cost: job?.cost && { amount: job.cost.amount, currency: job.cost.currency },
    metrics: metrics && Object.fromEntries(Object.entries(metrics).sort(byName).slice(0, mostValues)),
    error: error && given({ code: error.code, message: withoutAddresses(error.message) }),
    evaluations: evaluations && evaluations.length > 0 ? [...evaluations] : undefined,
  });
  return given({
    format: "tunesmith-run" as const, version: 1 as const, id: runId(launch), name: request.suffix, service: launch.provider, job: launch.job ?? job?.id,
    state: job ? (job.status === "unknown" ? job.rawStatus : job.status) : failure ? "failed" : launch.step,
    times: given({ started: new Date(launch.createdAt).toISOString(), finished: job?.finishedAt === undefined ? undefined : new Date(job.finishedAt).toISOString() }),
    model: given({ base: request.model, tuned: job?.tunedModel }),
    data: given({
      training: toFile(dataset, tokens?.training, nameOf), validation: validation && toFile(validation, tokens?.validation, nameOf),
      splitFrom: splitFrom === undefined ? undefined : nameOf(splitFrom),
    }),
    launchFile: launch.launchFile === undefined ? undefined : given({ path: nameOf(launch.launchFile), content: origin?.content }),
    parameters: given({
      method: request.method ?? "sft", sent: sorted(request.hyperparameters), reported: job && sorted(job.hyperparameters), seed: request.seed ?? job?.seed,
      compute: request.compute && sorted(request.compute),
    }),
    files: launch.trainingFile === undefined ? undefined : given({ training: launch.trainingFile, validation: launch.validationFile }),
    versions: origin?.versions && sorted(origin.versions),
    results: Object.keys(results).length === 0 ? undefined : results,
  });
}

function toFile({ path, sha256, records }: LaunchedFile, tokens: LaunchedTokens | undefined, nameOf: (path: string) => string): RunRecord["data"]["training"] {
  return given({ path: nameOf(path), sha256, records, tokens: tokens && (tokens.least === tokens.most ? tokens.least : { least: tokens.least, most: tokens.most }) });
}

function sorted<Value>(values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).sort(byName).slice(0, mostValues).map(([name, value]) => [name, typeof value === "string" ? (value.slice(0, mostText) as Value) : value]));
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function withoutAddresses(text: string): string {
  return text.replaceAll(/\b[a-z][a-z\d+.-]*:\/\/\S+/gi, "(address)").slice(0, mostText);
}

type Given<Values> = { [Key in keyof Values]: Exclude<Values[Key], undefined> };

/** Without what is undefined. */
function given<Values extends object>(values: Values): Given<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<Values>;
}
