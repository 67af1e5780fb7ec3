import type { Job } from "../../jobs/job.ts";
import type { Launch } from "../../jobs/launch.ts";
import { recordEnd } from "../../launch/record-end.ts";
import type { Services } from "../services/services.ts";
import { scoresOf } from "./keep-scores.ts";

/** A service may take so long to tell what was measured, in milliseconds. */
const patience = 30_000;

/** Writes into a run's record how its job ended. */
export async function recordJob(launch: Launch, job: Job, services: Services): Promise<void> {
  if (!launch.origin) return;
  const signal = AbortSignal.timeout(patience);
  const provider = await services.open(job.provider, signal).then((service) => service.provider, () => undefined);
  const scores = job.tunedModel === undefined ? [] : await scoresOf(launch.origin.root, job.tunedModel);
  await recordEnd(launch, job, provider, scores, signal);
}
