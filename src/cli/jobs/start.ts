import { describePlan } from "../../jobs/describe-plan.ts";
import { mayStart } from "../../jobs/launch-plan.ts";
import { startPlan } from "../../launch/start.ts";
import { visible } from "../excerpt.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { jobJson } from "./job-json.ts";
import { openDesk } from "./open-desk.ts";
import { planLaunch } from "./plan-launch.ts";
import { planJson, planText } from "./present-plan.ts";

export interface LaunchOptions {
  readonly format: "text" | "json";
}

export interface StartOptions extends LaunchOptions {
  /** Starts without asking. */
  readonly yes?: boolean;
  /** Starts what was started before. */
  readonly again?: boolean;
}

/** `tunesmith estimate`: what a launch file comes to; nothing is uploaded. */
export async function estimateLaunch(path: string, { format }: LaunchOptions, streams: Streams): Promise<ExitCode> {
  const plan = await planLaunch(path, openDesk(streams), streams.signal);
  streams.output(format === "json" ? `${JSON.stringify(planJson(plan))}\n` : planText(plan));
  return mayStart(plan) ? exitCode.clean : exitCode.errorsFound;
}

/** `tunesmith start`: says what it will do, and does it once that is agreed to. */
export async function startLaunch(path: string, { format, yes = false, again = false }: StartOptions, streams: Streams): Promise<ExitCode> {
  const { output, notes, signal } = streams;
  const desk = openDesk(streams);
  const plan = await planLaunch(path, desk, signal);
  const json = (more: object): void => output(`${JSON.stringify({ ...planJson(plan), ...more })}\n`);
  if (!mayStart(plan)) {
    if (format === "json") json({ started: false });
    else notes(`${planText(plan)}Nothing was started.\n`);
    return exitCode.errorsFound;
  }
  const { question, detail } = describePlan(plan);
  notes(`${visible(question)}\n${detail.split("\n").map((line) => `  ${visible(line)}\n`).join("")}`);
  // A word given beforehand is not meant for what was started already.
  const agreed = (yes && (again || plan.earlier.length === 0)) || (!yes && (await streams.confirm(plan.earlier.length > 0 ? "Start it again?" : "Start it?")));
  if (!agreed) {
    notes(`Nothing was started.${yes ? " --again starts what was started before." : " --yes starts it without asking."}\n`);
    if (format === "json") json({ started: false });
    return exitCode.errorsFound;
  }
  desk.requireReady(plan.service.id);
  const job = await startPlan(plan, desk, signal);
  if (format === "json") json({ started: true, job: jobJson(job) });
  else output(`${job.id}\n`);
  return exitCode.clean;
}
