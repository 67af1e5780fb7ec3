import { comparisonDocument, runBefore } from "../../jobs/runs/compare-runs.ts";
import type { RunRecord } from "../../jobs/runs/run-record.ts";
import { compareKnownRuns, knownRuns } from "../../launch/known-runs.ts";
import { compareRecords } from "../../workers/compare-records.ts";
import { visible } from "../excerpt.ts";
import { exitCode, type ExitCode, type Streams } from "../streams.ts";
import { openDesk } from "./open-desk.ts";
import type { LaunchOptions } from "./start.ts";

/** `tunesmith runs`: the run records of the folder that is worked in, the newest first. */
export async function listRunsHere({ format }: LaunchOptions, streams: Streams): Promise<ExitCode> {
  const runs = await knownRuns(process.cwd(), openDesk(streams).ledger);
  if (format === "json") streams.output(`${JSON.stringify({ runs })}\n`);
  else for (const { id, service, job = "", name = "", state, model } of runs) streams.output(`${visible([id, service, job, name, model.base, state].join("  "))}\n`);
  if (runs.length === 0) streams.notes("There are no run records in .tunesmith/runs of this folder.\n");
  return exitCode.clean;
}

/** `tunesmith compare`: what has changed from one run to another; with one, from the last of its launch file. A run is named by its id or its job's. */
export async function compareHere(one: string, other: string | undefined, { format }: LaunchOptions, streams: Streams): Promise<ExitCode> {
  const desk = openDesk(streams);
  const runs = await knownRuns(process.cwd(), desk.ledger);
  const [before, after] = other === undefined ? [lastBefore(find(one, runs), runs), find(one, runs)] : [find(one, runs), find(other, runs)];
  const comparison = await compareKnownRuns(process.cwd(), before, after, { hashFile: desk.files.hashFile, compareRecords }, streams.signal);
  streams.output(format === "json" ? `${JSON.stringify(comparison)}\n` : comparisonDocument(comparison));
  return exitCode.clean;
}

function find(name: string, runs: readonly RunRecord[]): RunRecord {
  const found = runs.find(({ id, job }) => id === name || job === name);
  if (!found) throw new Error(`There is no run ${JSON.stringify(name)} in this folder; "tunesmith runs" lists them.`);
  return found;
}

function lastBefore(run: RunRecord, runs: readonly RunRecord[]): RunRecord {
  const before = runBefore(run, runs);
  if (!before) throw new Error(`${run.id} is the first run of its launch file; name another run to compare with.`);
  return before;
}
