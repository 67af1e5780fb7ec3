import { Option, type Command } from "commander";
import { ProviderError } from "../../jobs/provider.ts";
import type { ExitCode, Streams } from "../streams.ts";
import type { LaunchOptions, StartOptions } from "./start.ts";

/** What went wrong outside of this program: a service, a file that changed, a machine that is not ready. The message is written for the user. */
export class JobError extends Error {
  override readonly name = "JobError";
}

/** Adds the commands about launches and jobs. What they need is loaded when one of them runs, so that linting starts as fast as before. */
export function addJobCommands(program: Command, streams: Streams, end: (code: ExitCode) => void): void {
  const format = () => new Option("--format <format>", "how it is written").choices(["text", "json"]).default("text");
  const run = (act: () => Promise<ExitCode>) => act().then(end, rejectForUser);

  program.command("estimate").description("says what a launch file comes to: records, tokens, epochs, steps, time, price, and what forbids it; nothing is uploaded")
    .argument("<launch-file>", "a *.finetune.jsonc")
    .addOption(format())
    .action((file: string, options: LaunchOptions) => run(async () => (await import("./start.ts")).estimateLaunch(file, options, streams)));
  program.command("start").description("says what a launch file comes to, asks, and starts the job; prints its id")
    .argument("<launch-file>", "a *.finetune.jsonc")
    .addOption(format())
    .option("--yes", "starts without asking, unless the same was started before")
    .option("--again", "with --yes: also when the same was started before")
    .action((file: string, options: StartOptions) => run(async () => (await import("./start.ts")).startLaunch(file, options, streams)));
  program.command("jobs").description("lists the jobs of all services, newest first")
    .addOption(format())
    .option("--service <name>", "only of this one")
    .action((options: LaunchOptions & { service?: string }) => run(async () => (await import("./list-jobs.ts")).listJobs(options, streams)));
  program.command("watch").description("tells the events of a job until it is finished")
    .argument("<job>", "its id")
    .addOption(format())
    .action((job: string, options: LaunchOptions) => run(async () => (await import("./one-job.ts")).watchJob(job, options, streams)));
  program.command("cancel").description("ends a job; what it has learned stays where a checkpoint was saved")
    .argument("<job>", "its id")
    .addOption(format())
    .action((job: string, options: LaunchOptions) => run(async () => (await import("./one-job.ts")).cancelJob(job, options, streams)));
  program.command("runs").description("lists the run records of this folder, newest first")
    .addOption(format())
    .action((options: LaunchOptions) => run(async () => (await import("./runs.ts")).listRunsHere(options, streams)));
  program.command("compare").description("says in Markdown what has changed from one run to another: data, parameters, results and scores")
    .argument("<run>", "the id of a run or of its job; alone it is compared with the last run before it")
    .argument("[other]", "the later one")
    .addOption(format())
    .action((one: string, other: string | undefined, options: LaunchOptions) => run(async () => (await import("./runs.ts")).compareHere(one, other, options, streams)));
  program.command("upload").description("has a dataset at a service; sends nothing that is there, and goes on where it was cut")
    .argument("<file>", "a JSONL file")
    .requiredOption("--service <name>", "where to: local, or a service of the user's configuration file")
    .addOption(format())
    .action((file: string, options: LaunchOptions & { service: string }) => run(async () => (await import("./upload.ts")).uploadDataset(file, options, streams)));
}

/** Rejects with what went wrong outside as a JobError, and with this program's own faults as they are. */
export function rejectForUser(error: unknown): Promise<never> {
  return Promise.reject(isForUser(error) ? new JobError(error.message, { cause: error }) : error);
}

/** Errors of the language (TypeError, RangeError) are this program's own faults. */
function isForUser(error: unknown): error is Error {
  return error instanceof ProviderError || (error instanceof Error && error.name === "Error");
}
