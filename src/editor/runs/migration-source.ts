import type { JobReference } from "../../jobs/job.ts";
import type { Launch } from "../../jobs/launch.ts";
import type { KnownService } from "../../jobs/launch-file/problem.ts";
import { launchFileSchema } from "../../jobs/launch-file/schema.ts";
import type { MigrationSource } from "../../jobs/migration/migrate.ts";
import type { Services } from "../services/services.ts";
import { withProgress } from "../with-progress.ts";

/** A job as it is migrated: as it was launched from here, else as its service tells it. Rejects with a ProviderError when that has to be asked and cannot. */
export async function toSource(reference: JobReference, launch: Launch | undefined, services: Services, service: KnownService | undefined): Promise<MigrationSource> {
  const named = { service: service?.title ?? reference.provider, job: reference.job, ...(service ? { tuning: service.tuning } : {}) };
  if (launch) {
    const { model, method = "sft", hyperparameters, suffix, seed } = launch.request;
    const read = launchFileSchema.safeParse(launch.origin?.content);
    const written = read.success ? read.data : undefined;
    const launchFile = written && {
      ...(written.data.split ? { split: written.data.split } : {}), ...(written.evaluation ? { evaluation: written.evaluation } : {}), ...(written.integrations ? { integrations: written.integrations } : {}),
      ...(written.compute ? { compute: written.compute } : {}), ...(written.grader ? { grader: written.grader } : {}),
    };
    return { ...named, model, method, hyperparameters, ...(suffix === undefined ? {} : { suffix }), ...(seed === undefined ? {} : { seed }), ...(launchFile ? { launchFile } : {}) };
  }
  const job = await withProgress(`Asking ${named.service} for the job`, async (signal) => (await services.open(reference.provider, signal)).provider.retrieveJob(reference.job, signal));
  const { baseModel, method = "sft", hyperparameters, suffix, seed } = job;
  return { ...named, model: baseModel, method, hyperparameters, ...(suffix === undefined ? {} : { suffix }), ...(seed === undefined ? {} : { seed }) };
}
