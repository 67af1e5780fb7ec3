import type { Pace } from "../jobs/pace.ts";
import type { Launch, LaunchedFile } from "../jobs/launch.ts";
import type { KnownService } from "../jobs/launch-file/problem.ts";
import type { PreflightCheck } from "../jobs/launch-plan.ts";
import { paceOf } from "../jobs/pace.ts";
import type { PriceEstimate } from "../jobs/price.ts";
import { ProviderError, type Provider, type ProviderModel } from "../jobs/provider.ts";
import type { Tuning } from "../jobs/tuning.ts";
import type { LaunchDesk } from "./desk.ts";

/** What a service says before a launch. */
export interface Told {
  readonly checks: readonly PreflightCheck[];
  readonly models?: readonly ProviderModel[];
  /** What can be chosen for the very model. */
  readonly tuning?: Tuning;
  readonly price?: PriceEstimate;
  readonly pace?: Pace;
}

type Wanted = Launch["request"] & { readonly dataset: LaunchedFile; readonly validation?: LaunchedFile };

/**
 * Asks a service for the account, its models, the price of the request and earlier jobs, as far as it can be asked; sends no data. A service that does not
 * answer is a failed check; one that answers but cannot say something leaves that out. Rejects with the signal's reason only.
 */
export async function askService(service: Pick<KnownService, "id" | "title">, wanted: Wanted, { services, uploads }: Pick<LaunchDesk, "services" | "uploads">, signal: AbortSignal): Promise<Told> {
  try {
    const { provider, tuning: own } = await services.open(service.id, signal);
    const account = await provider.checkAccess?.(signal);
    // Where nothing else asks with the key, the list of jobs does.
    const jobs = await provider.listJobs(signal);
    const models = await unlessUnable(() => provider.listModels?.(signal), signal);
    const tuning = await unlessUnable(() => provider.tuningOf?.(wanted.model, signal), signal);
    const price = await unlessUnable(() => askPrice(provider, wanted, uploads, own.compute !== undefined, signal), signal);
    const pace = paceOf(jobs, wanted.model);
    const who = account?.name === undefined ? "answers" : `answers, and the key is that of ${account.name}`;
    const checks: PreflightCheck[] = [{ name: "service", outcome: "passed", message: `${service.title} ${who}.` }];
    if (account?.problem !== undefined) checks.push({ name: "budget", outcome: "failed", message: account.problem });
    return { checks, ...(models ? { models } : {}), ...(tuning ? { tuning } : {}), ...(price ? { price } : {}), ...(pace ? { pace } : {}) };
  } catch (error) {
    signal.throwIfAborted();
    return { checks: [{ name: "service", outcome: "failed", message: error instanceof Error ? error.message : String(error) }] };
  }
}

/**
 * A price can be asked for bytes that the provider has already; to send them only for that would be a start by half. What is billed by the machine hangs on
 * no file.
 */
async function askPrice(provider: Provider, { dataset, validation, ...request }: Wanted, uploads: LaunchDesk["uploads"], byMachine: boolean, signal: AbortSignal): Promise<PriceEstimate | undefined> {
  if (!provider.estimatePrice) return undefined;
  if (byMachine) return provider.estimatePrice({ ...request, trainingFile: "" }, signal);
  const trainingFile = (await uploads.find(provider.id, dataset.sha256))?.file;
  const validationFile = validation && (await uploads.find(provider.id, validation.sha256))?.file;
  if (trainingFile === undefined || (validation && validationFile === undefined)) return undefined;
  return provider.estimatePrice({ ...request, trainingFile, ...(validationFile === undefined ? {} : { validationFile }) }, signal);
}

async function unlessUnable<Value>(ask: () => Promise<Value> | undefined, signal: AbortSignal): Promise<Value | undefined> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}
