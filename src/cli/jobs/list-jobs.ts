import { describeJob } from "../../jobs/describe-job.ts";
import type { Job } from "../../jobs/job.ts";
import { reconcile } from "../../jobs/reconcile.ts";
import { visible } from "../excerpt.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { UsageError } from "../target.ts";
import { jobJson } from "./job-json.ts";
import { openDesk, type ProgramDesk } from "./open-desk.ts";
import type { LaunchOptions } from "./start.ts";

/** The jobs of one service, newest first; what the list tells of launches that were cut off is kept. */
export async function jobsOf(service: string, desk: ProgramDesk, signal: AbortSignal): Promise<readonly Job[]> {
  const { provider } = await desk.services.open(service, signal);
  const jobs = await provider.listJobs(signal);
  for (const launch of reconcile(await desk.ledger.list(), service, jobs, desk.clock.now())) await desk.ledger.save(launch);
  return jobs;
}

/** `tunesmith jobs`: the jobs of all services, or of one. A service that does not answer is told of, and the others are listed. */
export async function listJobs({ format, service }: LaunchOptions & { readonly service?: string }, streams: Streams): Promise<ExitCode> {
  const desk = openDesk(streams);
  if (service !== undefined && !desk.names.includes(service)) throw new UsageError(`There is no service "${service}". There are: ${desk.names.join(", ")}`);
  const asked = service === undefined ? desk.withJobs : [service];
  const answers = await Promise.all(asked.map(async (id) => {
    try {
      return { id, jobs: await jobsOf(id, desk, streams.signal) };
    } catch (error) {
      streams.signal.throwIfAborted();
      return { id, jobs: [], message: error instanceof Error ? error.message : String(error) };
    }
  }));
  const jobs = answers.flatMap((each) => each.jobs).sort((one, other) => other.createdAt - one.createdAt);
  const silent = answers.flatMap(({ id, message }) => (message === undefined ? [] : [{ service: id, message }]));
  if (format === "json") streams.output(`${JSON.stringify({ jobs: jobs.map(jobJson), errors: silent })}\n`);
  else {
    streams.output(table(jobs.map((job) => [job.provider, job.id, job.suffix ?? "", job.baseModel, describeJob(job, undefined, desk.clock.now())])));
    for (const { service: id, message } of silent) streams.notes(`${id}: ${visible(message)}\n`);
    if (jobs.length === 0 && silent.length === 0) streams.notes("There are no jobs.\n");
  }
  return silent.length > 0 ? exitCode.unusable : exitCode.clean;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `${visible(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd())}\n`).join("");
}
