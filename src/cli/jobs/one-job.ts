import { setTimeout as delay } from "node:timers/promises";
import { describeJob } from "../../jobs/describe-job.ts";
import { isFinished, type Job, type JobEvent } from "../../jobs/job.ts";
import { allowedActions, capabilitiesOf } from "../../jobs/job-actions.ts";
import { launchOf } from "../../jobs/launch.ts";
import { toLogLine } from "../../jobs/log-line.ts";
import { ProviderError, type Provider } from "../../jobs/provider.ts";
import { recordEnd } from "../../launch/record-end.ts";
import { localId } from "../../launch/local-id.ts";
import { visible } from "../excerpt.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { jobJson } from "./job-json.ts";
import { openDesk, type ProgramDesk } from "./open-desk.ts";
import type { LaunchOptions } from "./start.ts";

/** Milliseconds between two looks at a job. */
const pauses = { local: 1000, remote: 10_000 };
/** So many looks in a row may fail before watching is given up. */
const mostFailures = 20;

/** `tunesmith watch`: the events of a job as they come, until it is finished. Exit code 1 when it failed or was cancelled. */
export async function watchJob(id: string, { format }: LaunchOptions, streams: Streams): Promise<ExitCode> {
  const { output, signal } = streams;
  const desk = openDesk(streams);
  const { provider, job: found } = await findJob(id, desk, signal);
  const told = new Set<string>();
  const tell = (event: JobEvent): void => {
    if (told.has(event.id)) return;
    told.add(event.id);
    output(format === "json" ? `${JSON.stringify({ event: { ...event, createdAt: new Date(event.createdAt).toISOString() } })}\n` : visibleLines(toLogLine(event)));
  };
  let job = found;
  for (let failures = 0; ; ) {
    try {
      // The events that come with the end are asked for after the end was seen.
      job = await provider.retrieveJob(found.id, signal);
      for (const event of (await provider.listEvents?.(found.id, signal)) ?? []) tell(event);
      failures = 0;
      if (isFinished(job)) break;
    } catch (error) {
      signal.throwIfAborted();
      failures++;
      if (failures === mostFailures || !(error instanceof ProviderError) || !["unreachable", "rate-limited", "unexpected"].includes(error.kind)) throw error;
    }
    await delay(provider.id === localId ? pauses.local : pauses.remote, undefined, { signal });
  }
  const launch = launchOf(job, await desk.ledger.list());
  if (launch && launch.step !== "ended") {
    const ended = { ...launch, step: "ended" as const, changedAt: desk.clock.now() };
    await desk.ledger.save(ended);
    await recordEnd(ended, job, provider, [], signal).catch((error: unknown) => streams.notes(`The run record cannot be written: ${error instanceof Error ? error.message : String(error)}\n`));
  }
  output(format === "json" ? `${JSON.stringify({ job: jobJson(job) })}\n` : `${visible(`${job.id}: ${describeJob(job, undefined, desk.clock.now())}${job.tunedModel === undefined ? "" : `, ${job.tunedModel}`}`)}\n`);
  return job.status === "succeeded" ? exitCode.clean : exitCode.errorsFound;
}

/** `tunesmith cancel`: ends a job; what it has learned stays where a checkpoint was saved. */
export async function cancelJob(id: string, { format }: LaunchOptions, streams: Streams): Promise<ExitCode> {
  const { provider, job } = await findJob(id, openDesk(streams), streams.signal);
  if (!provider.cancelJob || !allowedActions(job, capabilitiesOf(provider)).includes("cancel")) throw new Error(`The job ${job.id} cannot be cancelled: it is ${job.rawStatus}.`);
  const cancelled = await provider.cancelJob(job.id, streams.signal);
  streams.output(format === "json" ? `${JSON.stringify({ job: jobJson(cancelled) })}\n` : `${visible(`${cancelled.id}: ${cancelled.rawStatus}`)}\n`);
  return exitCode.clean;
}

/** The job of an id, at the service that the ledger knows it from, else at whichever has it. Rejects with an Error for the user when none has. */
async function findJob(id: string, { ledger, services, withJobs }: ProgramDesk, signal: AbortSignal): Promise<{ readonly provider: Provider; readonly job: Job }> {
  const known = (await ledger.list()).find(({ job }) => job === id)?.provider;
  const silent: string[] = [];
  for (const service of known === undefined ? withJobs : [known]) {
    try {
      const { provider } = await services.open(service, signal);
      return { provider, job: await provider.retrieveJob(id, signal) };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ProviderError && ["not-found", "invalid"].includes(error.kind))) silent.push(`${service}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error([`No service knows a job ${JSON.stringify(id)}; "tunesmith jobs" lists them.`, ...silent].join("\n"));
}

function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}
