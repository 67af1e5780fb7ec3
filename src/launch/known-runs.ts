import { resolve } from "node:path";
import type { Ledger } from "../jobs/launch.ts";
import { isElsewhere } from "../dataset/file-fact.ts";
import { compareRuns, type RunComparison } from "../jobs/runs/compare-runs.ts";
import type { RunRecord } from "../jobs/runs/run-record.ts";
import { runId } from "../jobs/runs/run-of-launch.ts";
import type { RecordDifference } from "../workers/compare-records.ts";
import { listRuns, recordRun } from "./run-file.ts";

/** The records of a folder's runs, the newest first. Those of launches that the ledger knows and whose record is lost are written again. */
export async function knownRuns(root: string, ledger: Pick<Ledger, "list">): Promise<readonly RunRecord[]> {
  const runs = await listRuns(root);
  const lost = (await ledger.list()).filter((launch) => launch.job !== undefined && launch.origin?.root === root && !runs.some(({ id }) => id === runId(launch)));
  if (lost.length === 0) return runs;
  for (const launch of lost) await recordRun(launch, {});
  return listRuns(root);
}

/** What looks at the training files of two runs. */
export interface RunFiles {
  hashFile(path: string, signal: AbortSignal): Promise<string>;
  compareRecords(before: string, after: string, signal: AbortSignal): Promise<RecordDifference>;
}

/** Compares two runs of a folder; records are counted only where both training files still have the bytes that were uploaded. Rejects with the signal's reason. */
export async function compareKnownRuns(root: string, before: RunRecord, after: RunRecord, files: RunFiles, signal: AbortSignal): Promise<RunComparison> {
  const [one, other] = [before.data.training, after.data.training];
  if (one.sha256 === other.sha256) return compareRuns(before, after);
  // A record may be a stranger's, and must not make this machine call another.
  const isThere = async ({ path, sha256 }: typeof one): Promise<boolean> => !isElsewhere(path) && (await files.hashFile(resolve(root, path), signal).catch(() => undefined)) === sha256;
  const both = (await isThere(one)) && (await isThere(other));
  signal.throwIfAborted();
  return compareRuns(before, after, both ? await files.compareRecords(resolve(root, one.path), resolve(root, other.path), signal).catch(() => undefined) : undefined);
}
