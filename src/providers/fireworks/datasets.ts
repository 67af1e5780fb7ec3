import { setTimeout } from "node:timers/promises";
import * as z from "zod";
import type { Download } from "../../jobs/artifact.ts";
import { ProviderError, type UploadRequest, type UploadState } from "../../jobs/provider.ts";
import type { RemoteFile } from "../../jobs/remote-file.ts";
import type { HttpClient } from "../http/client.ts";
import { openDataset, toUploadName } from "../http/dataset-file.ts";
import { hashContent } from "../http/hash-content.ts";
import { toMultipart, toStreamedBody } from "../http/multipart.ts";
import { toSegments } from "../http/path-segment.ts";
import { sendAgain } from "../http/send-again.ts";
import type { SignedTransfers } from "../http/signed-transfer.ts";
import { unlessGone } from "../http/unless-gone.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import { given } from "../wire/given.ts";
import { time } from "../wire/time.ts";
import type { FireworksAccount } from "./account.ts";
import { listAll } from "./list.ts";

/** How much goes in one piece, in bytes. */
export interface UploadSizes {
  /** A larger file goes to a signed address. */
  readonly direct: number;
  readonly most: number;
}

const mebibyte = 1024 * 1024;

/** Source: Fireworks' documentation; it names no greatest size, only three million records. */
export const fireworksSizes: UploadSizes = { direct: 150 * mebibyte, most: 100 * 1024 * mebibyte };

const text = z.string().min(1).optional().catch(undefined);
const count = z.union([z.string(), z.number()]).transform(Number).refine(Number.isSafeInteger).optional().catch(undefined);
const dataset = z.object({
  name: z.string().regex(/^accounts\/[^/]+\/datasets\/[^/]+$/), displayName: text, state: text, exampleCount: count, createTime: time,
  status: z.object({ code: text, message: text }).optional().catch(undefined),
});
const addresses = z.object({ filenameToSignedUrls: z.record(z.string(), z.string()) });
const state = z.object({ dataset: z.string().min(1) });
const states: ReadonlyMap<string, RemoteFile["status"]> = new Map([["READY", "ready"], ["UPLOADING", "processing"], ["STATE_UNSPECIFIED", "processing"]]);

const directTimeout = 60 * 60 * 1000;
/** How long the service may look at what has arrived, and how often it is asked, in milliseconds. */
const patience = { whole: 10 * 60_000, first: 250, longest: 10_000 };

export interface DatasetParts {
  readonly client: HttpClient;
  readonly account: FireworksAccount;
  readonly transfers: SignedTransfers;
  readonly sizes: UploadSizes;
}

/** Reads a dataset as a file; undefined for what names none. Source: Fireworks' SDK, `Dataset`. */
export function toFile(answer: unknown): RemoteFile | undefined {
  const read = dataset.safeParse(answer);
  if (!read.success) return undefined;
  const { name: id, displayName, state: rawStatus, exampleCount: records, createTime: createdAt, status: said } = read.data;
  const problem = said?.code === undefined || said.code === "OK" ? undefined : (said.message ?? said.code);
  const status = rawStatus === undefined ? undefined : problem !== undefined && rawStatus !== "READY" ? ("failed" as const) : (states.get(rawStatus) ?? "unknown");
  return given({ id, name: displayName ?? id.split("/").at(-1) ?? id, records, createdAt, status, rawStatus, problem });
}

/**
 * Fireworks' datasets. Each is named by the hash of its bytes, so that the same bytes are there once: what is there already is not sent again, and what
 * was cut off is sent into the same dataset.
 */
export function createDatasets(endpoint: Endpoint, { client, account, transfers, sizes }: DatasetParts) {
  return { uploadFile, discardUpload, listFiles, readFile, deleteFile };

  async function uploadFile({ path, name, progress, keep }: UploadRequest, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const content = await openDataset(path, sizes.most);
    const told = (sent: number): void => progress?.(sent, content.size);
    const parent = `/v1/${await account.name(signal)}/datasets`;
    const datasetId = `tunesmith-${(await hashContent(endpoint, content, signal)).slice(0, 32)}`;
    const fileName = toUploadName(name);
    const created = await client.send("POST", parent, { datasetId, dataset: { displayName: fileName, userUploaded: {} } }, signal, { expected: [409] });
    const own = `${parent}/${datasetId}`;
    if (created.status === 409 && (await find(own, signal)).status === "ready") {
      told(content.size);
      return own.slice("/v1/".length);
    }
    await keep?.({ dataset: own.slice("/v1/".length) });
    if (content.size <= sizes.direct) await client.post(`${own}:upload`, toMultipart({}, { field: "file", name: fileName, type: "application/jsonl", content }, told), signal, { timeout: directTimeout });
    else await uploadSigned(own, fileName, content, told, signal);
    await ready(own, signal);
    return own.slice("/v1/".length);
  }

  async function uploadSigned(own: string, fileName: string, content: Blob, told: (sent: number) => void, signal: AbortSignal): Promise<void> {
    // It is asked anew for each attempt: addresses expire.
    await sendAgain(async () => {
      const answer = addresses.safeParse(await client.post(`${own}:getUploadEndpoint`, { filenameToSize: { [fileName]: String(content.size) } }, signal, { maximumRetries: 2 }));
      const address = answer.success ? Object.values(answer.data.filenameToSignedUrls)[0] : undefined;
      if (address === undefined) throw unreadable(endpoint, "an address for the dataset");
      await transfers.put(address, toStreamedBody(content, "application/octet-stream", told), signedHeaders(address, content.size), signal);
    }, signal);
    await client.post(`${own}:validateUpload`, {}, signal, { maximumRetries: 2 });
  }

  /** Waits until the service has looked at what has arrived. */
  async function ready(own: string, signal: AbortSignal): Promise<void> {
    let pause = patience.first;
    for (let waited = 0; waited < patience.whole; waited += pause, pause = Math.min(pause * 2, patience.longest)) {
      const { status, problem } = await find(own, signal);
      if (status === "ready") return;
      if (status === "failed") throw new ProviderError("invalid", `${endpoint.title} does not take the dataset: ${problem ?? "it gives no reason"}.`);
      await setTimeout(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    throw new ProviderError("unreachable", `${endpoint.title} has looked at the dataset for 10 minutes without an end. Start again later; it is not sent a second time.`);
  }

  async function find(own: string, signal: AbortSignal): Promise<RemoteFile> {
    const file = toFile(await client.get(own, {}, signal));
    if (!file) throw unreadable(endpoint, "a dataset");
    return file;
  }

  async function listFiles(signal: AbortSignal): Promise<readonly RemoteFile[]> {
    const files = await listAll(endpoint, client, `/v1/${await account.name(signal)}/datasets`, "datasets", { pageSize: 200 }, toFile, 10, signal);
    return [...new Map(files.map((file) => [file.id, file])).values()].sort((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0));
  }

  async function readFile(id: string, signal: AbortSignal): Promise<Download> {
    const answer = addresses.safeParse(await client.get(`${pathOf(id)}:getDownloadEndpoint`, {}, signal));
    const address = answer.success ? Object.values(answer.data.filenameToSignedUrls)[0] : undefined;
    if (address === undefined) throw unreadable(endpoint, "an address of the dataset");
    return transfers.get(address, signal);
  }

  async function deleteFile(id: string, signal: AbortSignal): Promise<void> {
    await unlessGone(client.send("DELETE", pathOf(id), undefined, signal));
  }

  async function discardUpload(left: UploadState, signal: AbortSignal): Promise<void> {
    const read = state.safeParse(left);
    if (read.success) await deleteFile(read.data.dataset, signal);
  }
}

/** The path of a dataset by its name, which cannot reach another path. */
function pathOf(id: string): string {
  return `/v1/${toSegments(id)}`;
}

/** The headers that a store's signature covers have to come with the bytes, as they were signed. */
function signedHeaders(address: string, bytes: number): Record<string, string> {
  const covered = URL.canParse(address) ? new URL(address).searchParams.get("X-Goog-SignedHeaders")?.split(";") : undefined;
  return {
    ...(covered === undefined || covered.includes("content-type") ? { "content-type": "application/octet-stream" } : {}),
    ...(covered?.includes("x-goog-content-length-range") ? { "x-goog-content-length-range": `${bytes},${bytes}` } : {}),
  };
}
