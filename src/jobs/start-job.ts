import type { Job } from "./job.ts";
import { jobOfLaunch } from "./job-of-launch.ts";
import { isOpen, launchKey, sameLaunches, type Launch, type Ledger } from "./launch.ts";
import { ProviderError, type Provider } from "./provider.ts";
import { uploadOnce, type UploadPorts } from "./upload-once.ts";

/** What starting a job needs of the outside. */
export interface StartPorts extends UploadPorts {
  readonly ledger: Ledger;
  /** The ids of launches of the same that the user knows of and wants another of. */
  readonly agreed?: readonly string[];
}

/** Failures after which nobody knows whether the job was made. */
const leavesOpen: ReadonlySet<string> = new Set(["unreachable", "unexpected", "rate-limited"]);

/**
 * Uploads the files and creates the job. Every step is in the ledger before the next begins, so that nothing is lost by a crash, and a job whose
 * answer was lost is found again by listing instead of being made twice. Rejects with a ProviderError, with the signal's reason, or with an
 * Error for the user when a file changed under the upload or the same is being started already.
 */
export async function startJob(launch: Launch, ports: StartPorts, signal: AbortSignal): Promise<Job> {
  const { ledger, report, clock } = ports;
  let current = launch;
  const advance = async (part: Partial<Launch>): Promise<void> => {
    current = { ...current, ...part, changedAt: clock.now() };
    await ledger.save(current);
  };
  await advance({ step: "intended" });
  try {
    await refuseRival(current, ports);
    const trainingFile = (await uploadOnce(launch.dataset, ports, signal)).file;
    const validationFile = launch.validation && (await uploadOnce(launch.validation, ports, signal)).file;
    await advance({ step: "uploaded", trainingFile, ...(validationFile === undefined ? {} : { validationFile }) });
    signal.throwIfAborted();
    report("creating the job");
    await advance({ step: "requested" });
    const job = await create(current, ports, signal);
    await advance({ step: "created", job: job.id });
    return job;
  } catch (error) {
    const open = current.step === "requested" && (signal.aborted || !(error instanceof ProviderError) || leavesOpen.has(error.kind));
    if (!open && current.step !== "created") await advance({ step: "refused", reason: signal.aborted ? "It was cancelled before the job was created." : messageOf(error) });
    throw error;
  }
}

/**
 * Refuses when another window or program is starting the same. Everyone has an intent on disk before they look, so at most one sees no other; of two that
 * begin at the very same moment none goes on.
 */
async function refuseRival(launch: Launch, { ledger, agreed = [] }: StartPorts): Promise<void> {
  const rival = sameLaunches(launch, await ledger.list()).find(({ id }) => !agreed.includes(id));
  if (rival) throw new Error(`The same is ${isOpen(rival) ? "being started" : "started"} already, since ${new Date(rival.createdAt).toLocaleString()}. No second job was started.`);
}

async function create(launch: Launch, { provider, ledger }: StartPorts, signal: AbortSignal): Promise<Job> {
  const { request, trainingFile = "", validationFile } = launch;
  try {
    return await provider.createJob({ ...request, trainingFile, ...(validationFile === undefined ? {} : { validationFile }), metadata: { [launchKey]: launch.id } }, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof ProviderError) || !leavesOpen.has(error.kind)) throw error;
    // The answer may have been lost on the way back: the list tells whether the job is there.
    const found = await findJob(launch, provider, ledger, signal).catch(() => undefined);
    if (found) return found;
    throw new ProviderError(error.kind, `${error.message} Whether the job was created is not known; it will show in the list if it was. Look there before you start it again.`, { cause: error });
  }
}

async function findJob(launch: Launch, provider: Provider, ledger: Ledger, signal: AbortSignal): Promise<Job | undefined> {
  return jobOfLaunch(launch, await provider.listJobs(signal), await ledger.list());
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
