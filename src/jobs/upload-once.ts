import type { Clock } from "./clock.ts";
import { ProviderError, type Provider } from "./provider.ts";
import type { UploadState } from "./upload.ts";

/** What became of bytes on their way to a provider. Times are milliseconds since 1970. */
export interface KeptUpload {
  readonly provider: string;
  /** Of the bytes, as 64 hexadecimal digits. */
  readonly sha256: string;
  /** Where they lay, for a reader. */
  readonly path: string;
  readonly changedAt: number;
  /** The provider's id of the file, once it is there. */
  readonly file?: string;
  /** What a cut upload can go on from. */
  readonly state?: UploadState;
}

/** Where uploads are kept, one for each provider and hash. `save` resolves when it is on disk. */
export interface UploadLedger {
  find(provider: string, sha256: string): Promise<KeptUpload | undefined>;
  save(upload: KeptUpload): Promise<void>;
  /** All of them, in no order. */
  list(): Promise<readonly KeptUpload[]>;
}

/** What an upload needs of the outside. */
export interface UploadPorts {
  readonly provider: Provider;
  readonly uploads: UploadLedger;
  /** The SHA-256 of a file's bytes, as 64 hexadecimal digits. */
  hashFile(path: string, signal: AbortSignal): Promise<string>;
  /** Is told what is being done, as words for the user, and how much of it is done, from 0 to 1. */
  report(doing: string, share?: number): void;
  readonly clock: Pick<Clock, "now">;
}

/** The file at the provider, and whether it was there already. */
export interface Uploaded {
  readonly file: string;
  readonly reused: boolean;
}

/**
 * Has the bytes of a file at the provider: sends them unless they are there, and goes on with an upload that was cut. The hash is that of the bytes when
 * they were checked. Rejects with a ProviderError, with the signal's reason, or with an Error for the user when the file has changed since.
 */
export async function uploadOnce({ path, sha256 }: { readonly path: string; readonly sha256: string }, { provider, uploads, hashFile, report, clock }: UploadPorts, signal: AbortSignal): Promise<Uploaded> {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  const before = await uploads.find(provider.id, sha256);
  const save = (part: Pick<KeptUpload, "file" | "state">): Promise<void> => uploads.save({ provider: provider.id, sha256, path, changedAt: clock.now(), ...part });
  if (before?.file !== undefined) {
    report(`looking whether ${name} is there still`);
    if (await isThere(before.file, provider, signal)) return { file: before.file, reused: true };
  }
  const resumed = before?.file === undefined ? before?.state : undefined;
  report(`${resumed ? "going on with uploading" : "uploading"} ${name}`, 0);
  const file = await provider.uploadFile({
    path, name, ...(resumed ? { resume: resumed } : {}),
    progress: (sent, total) => report(`uploading ${name}`, total === 0 ? 1 : sent / total),
    keep: (state) => save({ state }),
  }, signal);
  // What was sent is what was checked only if nobody has written to it meanwhile.
  if ((await hashFile(path, signal)) !== sha256) throw new Error(`${path} was changed while it was uploaded, so what was checked is not what would be trained on. Start it again.`);
  await save({ file });
  return { file, reused: false };
}

/** A provider that cannot list its files is believed to have kept them; one that fails to answer for another reason is not asked to take them twice. */
async function isThere(file: string, { listFiles }: Provider, signal: AbortSignal): Promise<boolean> {
  if (!listFiles) return true;
  try {
    return (await listFiles(signal)).some(({ id, status }) => id === file && status !== "failed");
  } catch (error) {
    if (error instanceof ProviderError && error.kind === "not-found") return false;
    throw error;
  }
}
