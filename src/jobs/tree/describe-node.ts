import { describeJob, span } from "../describe-job.ts";
import { hasEnded, type Ending } from "../ending.ts";
import { isFinished, type Job } from "../job.ts";
import type { ServiceSnapshot } from "../monitor.ts";
import type { JobProgress } from "../progress.ts";
import type { ProviderErrorKind } from "../provider.ts";
import type { JobGroup } from "./group-jobs.ts";
import type { FileNode, JobNode, TreeService } from "./node.ts";
import { size } from "../confirm-action.ts";

export const groupTitles: Readonly<Record<JobGroup, string>> = { "under-way": "Running and Waiting", succeeded: "Succeeded", failed: "Failed and Cancelled" };

/** Nearer than this a model's end is told in its row, in days. */
const endingNotice = 180;
const day = 86_400_000;

/** A job's row: its state, what it costs, and when its model ends. `now` is milliseconds since 1970. */
export function describeJobNode({ shown, progress, ending }: JobNode, now: number): string {
  return [describeJob(shown, progress, now), costOf(shown, progress), ending && describeEnding(ending, now)].filter((part) => part !== undefined && part !== "").join(" · ");
}

/** The lines of a job's tooltip. */
export function jobTooltip({ shown: job, progress, ending }: JobNode, service: string, now: number): readonly string[] {
  const end = isFinished(job) ? undefined : (progress?.estimatedFinish ?? job.estimatedFinish);
  return [
    `${job.suffix ?? job.id} at ${service}`,
    job.suffix === undefined ? undefined : `Id: ${job.id}`,
    `State: ${describeJob(job, progress, now)}`,
    `Base model: ${job.baseModel}`,
    job.tunedModel === undefined ? undefined : `Tuned model: ${job.tunedModel}`,
    `Created: ${new Date(job.createdAt).toLocaleString()}`,
    end === undefined || end < now ? undefined : `Expected to end: ${new Date(end).toLocaleString()}, in ${span(end - now)}`,
    job.cost === undefined ? undefined : `Cost: ${costOf(job, progress)}`,
    ...(ending ? endingLines(ending) : []),
  ].filter((line) => line !== undefined);
}

/** That something ends, in a few words; nothing where the day is far. */
export function describeEnding(ending: Ending, now: number, what = "model"): string | undefined {
  if (hasEnded(ending, now)) return `${what} shut down on ${ending.on}`;
  return Date.parse(ending.on) - now > endingNotice * day ? undefined : `${what} shuts down on ${ending.on}`;
}

export function endingLines({ words, source, dated }: Ending): readonly string[] {
  return [words, `Source: ${source}, read on ${dated}`];
}

const hindrances: Partial<Readonly<Record<ProviderErrorKind, string>>> = { unauthorised: "signed out", forbidden: "not allowed", unreachable: "not reachable", "rate-limited": "busy" };

/** A service's row: what hinders it, how many jobs are under way, and that it closes. */
export function describeService({ endings: { closing } }: TreeService, { state, error, jobs }: ServiceSnapshot, now: number): string {
  const running = jobs.filter((job) => !isFinished(job)).length;
  const hindrance = error && (hindrances[error.kind] ?? "has a fault");
  return [
    state === "unasked" ? undefined : hindrance,
    running === 0 ? undefined : `${running.toLocaleString("en")} under way`,
    closing && (hasEnded(closing, now) ? `no new jobs since ${closing.on}` : `no new jobs from ${closing.on}`),
  ].filter((part) => part !== undefined).join(" · ");
}

export function serviceTooltip({ title, endings: { closing } }: TreeService, { error }: ServiceSnapshot): readonly string[] {
  return [title, ...(error ? [error.message] : []), ...(closing ? endingLines(closing) : [])];
}

/** A file's row: where it came from, how large it is, and its state unless it can be used. */
export function describeFile({ file, role, sentFrom }: FileNode): string {
  const { bytes, records, status, rawStatus, purpose } = file;
  return [
    role === undefined ? undefined : `${role} file`,
    sentFrom === undefined ? undefined : `sent from ${nameOfPath(sentFrom)}`,
    bytes === undefined ? undefined : size(bytes),
    records === undefined ? undefined : `${records.toLocaleString("en")} records`,
    status === undefined || status === "ready" ? undefined : (rawStatus ?? status),
    purpose === undefined || purpose === "fine-tune" ? undefined : purpose,
  ].filter((part) => part !== undefined).join(" · ");
}

export function fileTooltip({ file, sentFrom }: FileNode): readonly string[] {
  const { id, name, bytes, createdAt, expiresAt, problem } = file;
  return [
    name === id ? undefined : name,
    `Id: ${id}`,
    bytes === undefined ? undefined : `Size: ${bytes.toLocaleString("en")} bytes`,
    createdAt === undefined ? undefined : `Created: ${new Date(createdAt).toLocaleString()}`,
    expiresAt === undefined ? undefined : `The service deletes it on ${new Date(expiresAt).toLocaleString()}`,
    sentFrom === undefined ? undefined : `Sent from ${sentFrom}`,
    problem,
  ].filter((line) => line !== undefined);
}

/** What a job has cost so far, as far as it can be told: by the service's word, or as the share of what it is expected to cost. */
function costOf(job: Job, progress: JobProgress | undefined): string | undefined {
  const { cost, costSoFar, done } = job;
  if (!cost) return undefined;
  const money = (amount: number): string => amount.toLocaleString("en", { style: "currency", currency: cost.currency, maximumFractionDigits: amount < 1 ? 4 : 2 });
  if (isFinished(job)) return money(cost.amount);
  if (costSoFar) return `${money(cost.amount)} so far`;
  const share = progress?.totalSteps ? progress.step / progress.totalSteps : done;
  return share === undefined || share <= 0 ? `${money(cost.amount)} expected` : `about ${money(cost.amount * Math.min(1, share))} of ${money(cost.amount)} so far`;
}

function nameOfPath(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
