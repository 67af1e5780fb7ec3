import type { Job } from "../jobs/job.ts";
import type { Launch } from "../jobs/launch.ts";
import type { Provider } from "../jobs/provider.ts";
import type { RunScore } from "../jobs/runs/run-record.ts";
import { curvesOfRecord, readTraining } from "../jobs/training-record.ts";
import { recordRun } from "./run-file.ts";

/** Writes into the record of a launch how its job ended. `provider` is asked for what was measured; without an answer that is left out. */
export async function recordEnd(launch: Launch, job: Job, provider: Provider | undefined, evaluations: readonly RunScore[], signal: AbortSignal): Promise<string | undefined> {
  if (launch.origin === undefined) return undefined;
  const record = provider && (await readTraining(provider, job.id, signal).catch(() => undefined));
  const metrics = record && Object.fromEntries(curvesOfRecord(record).flatMap(({ metric, points }) => {
    const last = points.at(-1);
    return last ? [[metric, last.value] as const] : [];
  }));
  return recordRun(launch, { job: record?.job ?? job, evaluations, ...(metrics && Object.keys(metrics).length > 0 ? { metrics } : {}) });
}
