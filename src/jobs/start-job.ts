import type { Clock } from "./clock.ts";
import type { Job } from "./job.ts";
import { jobOfLaunch } from "./job-of-launch.ts";
import { launchKey, type Launch, type LaunchedFile, type Ledger } from "./launch.ts";
import { ProviderError, type Provider } from "./provider.ts";

/** What starting a job needs of the outside. */
export interface StartPorts {
  readonly provider: Provider;
  readonly ledger: Ledger;
  /** The SHA-256 of a file's bytes, as 64 hexadecimal digits. */
  hashFile(path: string, signal: AbortSignal): Promise<string>;
  /** Is told what is being done, as words for the user. */
  report(doing: string): void;
  readonly clock: Pick<Clock, "now">;
}

/** Failures after which nobody knows whether the job was made. */
const leavesOpen: ReadonlySet<string> = new Set(["unreachable", "unexpected", "rate-limited"]);

/**
 * Uploads the files and creates the job. Every step is in the ledger before the next begins, so that nothing is lost by a crash, and a job whose
 * answer was lost is found again by listing instead of being made twice. Rejects with a ProviderError, with the signal's reason, or with an
 * Error for the user when a file changed under the upload.
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
    const trainingFile = await upload(launch.dataset, ports, signal);
    const validationFile = launch.validation && (await upload(launch.validation, ports, signal));
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

async function upload({ path, sha256 }: LaunchedFile, { provider, hashFile, report }: StartPorts, signal: AbortSignal): Promise<string> {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  report(`uploading ${name}`);
  const id = await provider.uploadFile({ path, name }, signal);
  if ((await hashFile(path, signal)) !== sha256) throw new Error(`${path} was changed while it was uploaded, so what was checked is not what would be trained on. No job was started. Start it again.`);
  return id;
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
