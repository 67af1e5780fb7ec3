import * as z from "zod";
import type { Download } from "../../jobs/artifact.ts";
import { ProviderError, type UploadRequest } from "../../jobs/provider.ts";
import type { RemoteFile } from "../../jobs/remote-file.ts";
import type { HttpClient } from "../http/client.ts";
import { openDataset, toUploadName } from "../http/dataset-file.ts";
import { hashContent } from "../http/hash-content.ts";
import { toStreamedBody, toTextBody } from "../http/multipart.ts";
import { toSegment } from "../http/path-segment.ts";
import { sendAgain } from "../http/send-again.ts";
import type { SignedTransfers } from "../http/signed-transfer.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import { given } from "../wire/given.ts";
import type { Namespace } from "./namespace.ts";

/** The private dataset repository that Tunesmith's files lie in. */
const repositoryName = "tunesmith-datasets";

/** Source: the Hub's documentation of limits. */
const mostBytes = 50 * 1024 * 1024 * 1024;
/** The Hub looks at so much of a file to tell text from other things. */
const sampleBytes = 512;
/** What is larger never goes within a commit, whatever the Hub says: the whole of it would be in memory. */
const mostInCommit = 10 * 1024 * 1024;

const preupload = z.object({ files: z.array(z.object({ uploadMode: z.string() })).min(1) });
const batch = z.object({
  objects: z.array(z.object({
    error: z.object({ message: z.string() }).optional(),
    actions: z.object({ upload: z.object({ href: z.string(), header: z.record(z.string(), z.unknown()).optional() }) }).optional(),
  })).min(1),
});
const text = z.string().min(1);
const item = z.object({ type: text, path: text, size: z.number().optional().catch(undefined), lastCommit: z.object({ date: z.string().transform(Date.parse) }).optional().catch(undefined) });

export interface RepositoryParts {
  readonly client: HttpClient;
  readonly transfers: SignedTransfers;
  readonly namespace: Namespace;
}

/**
 * Datasets on the Hub: files of one private dataset repository, each in a folder named by the hash of its bytes, so that the same bytes are there once.
 * Small files go within the commit, others to the Hub's store by Git LFS, which knows bytes that it has. Source: Hugging Face's client, `_commit_api` and
 * `lfs`.
 */
export function createRepository(endpoint: Endpoint, { client, transfers, namespace }: RepositoryParts) {
  const repositoryOf = async (signal: AbortSignal): Promise<string> => `${await namespace.name(signal)}/${repositoryName}`;
  return { repositoryOf, uploadFile, listFiles, readFile, fetchFile, deleteFile };

  async function uploadFile({ path, name, progress }: UploadRequest, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const content = await openDataset(path, mostBytes);
    const told = (sent: number): void => progress?.(sent, content.size);
    const oid = await hashContent(endpoint, content, signal);
    const repository = await repositoryOf(signal);
    const file = `data/${oid.slice(0, 16)}/${toUploadName(name).replaceAll(/[^\w.-]+/g, "-")}`;
    await makeRepository(repository, signal);
    const sample = Buffer.from(await content.slice(0, sampleBytes).arrayBuffer()).toString("base64");
    const modes = preupload.safeParse(await client.post(`/api/datasets/${repository}/preupload/main`, { files: [{ path: file, sample, size: content.size }] }, signal, { maximumRetries: 2 }));
    if (!modes.success) throw unreadable(endpoint, "how the file is to be sent");
    if (modes.data.files[0]?.uploadMode === "regular" && content.size <= mostInCommit) {
      const base64 = Buffer.from(await content.arrayBuffer()).toString("base64");
      await commit(repository, `Add ${file}`, { key: "file", value: { content: base64, path: file, encoding: "base64" } }, signal);
    } else {
      await store(repository, content, oid, told, signal);
      await commit(repository, `Add ${file}`, { key: "lfsFile", value: { path: file, algo: "sha256", oid, size: content.size } }, signal);
    }
    told(content.size);
    return `datasets/${repository}/${file}`;
  }

  async function makeRepository(repository: string, signal: AbortSignal): Promise<void> {
    const [owner = "", name = ""] = repository.split("/");
    const organization = endpoint.account === undefined ? {} : { organization: owner };
    // That it is there already is what is wanted.
    await client.send("POST", "/api/repos/create", { type: "dataset", name, private: true, ...organization }, signal, { expected: [409], maximumRetries: 2 });
  }

  /** Sends the bytes to the Hub's store, unless it has them. */
  async function store(repository: string, content: Blob, oid: string, told: (sent: number) => void, signal: AbortSignal): Promise<void> {
    const asked = { operation: "upload", transfers: ["basic", "multipart"], objects: [{ oid, size: content.size }], hash_algo: "sha256", ref: { name: "main" } };
    const read = batch.safeParse(await client.post(`/datasets/${repository}.git/info/lfs/objects/batch`, lfsBody(asked), signal, { accept: lfsType, maximumRetries: 2 }));
    const object = read.data?.objects[0];
    if (!object) throw unreadable(endpoint, "where the file goes");
    if (object.error) throw new ProviderError("invalid", `${endpoint.title} does not take the file: ${object.error.message}`);
    if (!object.actions) return;
    const { href, header = {} } = object.actions.upload;
    const partBytes = Number(header["chunk_size"]);
    if (!Number.isSafeInteger(partBytes) || partBytes <= 0) {
      await sendAgain(() => transfers.put(href, toStreamedBody(content, "application/octet-stream", told), {}, signal), signal);
      return;
    }
    const addresses = Object.entries(header).flatMap(([number, url]) => (/^\d+$/.test(number) && typeof url === "string" ? [[Number(number), url] as const] : [])).sort(([one], [other]) => one - other);
    if (addresses.length !== Math.ceil(content.size / partBytes)) throw unreadable(endpoint, "an address for each part of the file");
    const parts: { partNumber: number; etag: string }[] = [];
    for (const [index, [, url]] of addresses.entries()) {
      const start = index * partBytes;
      const headers = await sendAgain(() => transfers.put(url, toStreamedBody(content.slice(start, start + partBytes), "application/octet-stream", (sent) => told(start + sent)), {}, signal), signal);
      parts.push({ partNumber: index + 1, etag: headers.get("etag") ?? "" });
    }
    const completion = new URL(href);
    if (completion.origin !== new URL(endpoint.baseURL).origin) throw unreadable(endpoint, "an address of its own to complete the file at");
    await client.send("POST", completion.pathname, lfsBody({ oid, parts }), signal, { query: Object.fromEntries(completion.searchParams), accept: lfsType, maximumRetries: 2 });
  }

  /** Is sent once: a commit whose answer is lost may be there. */
  async function commit(repository: string, summary: string, operation: object, signal: AbortSignal): Promise<void> {
    const lines = [{ key: "header", value: { summary, description: "" } }, operation].map((line) => `${JSON.stringify(line)}\n`).join("");
    await client.post(`/api/datasets/${repository}/commit/main`, toTextBody(lines, "application/x-ndjson"), signal);
  }

  async function listFiles(signal: AbortSignal): Promise<readonly RemoteFile[]> {
    const repository = await repositoryOf(signal);
    const answer = await client.get(`/api/datasets/${repository}/tree/main/data`, { recursive: "true", expand: "true" }, signal).catch((error: unknown) => {
      // Nothing was uploaded yet.
      if (error instanceof ProviderError && error.kind === "not-found") return [];
      throw error;
    });
    if (!Array.isArray(answer)) throw unreadable(endpoint, "a list of files");
    const files = answer.flatMap((each): RemoteFile[] => {
      const read = item.safeParse(each);
      if (!read.success || read.data.type !== "file") return [];
      const { path, size, lastCommit } = read.data;
      return [given({ id: `datasets/${repository}/${path}`, name: path.split("/").at(-1) ?? path, bytes: size, createdAt: lastCommit && Number.isFinite(lastCommit.date) ? lastCommit.date : undefined, status: "ready" as const })];
    });
    return files.sort((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0));
  }

  async function readFile(id: string, signal: AbortSignal): Promise<Download> {
    const { repository, path } = place(id);
    return fetchFile(`/datasets/${repository}/resolve/main/${path}`, signal);
  }

  /** A file of any repository, from the Hub itself or from the store that it sends on to. */
  async function fetchFile(path: string, signal: AbortSignal): Promise<Download> {
    const answer = await client.download(path, {}, signal);
    return "location" in answer ? transfers.get(answer.location, signal) : answer;
  }

  async function deleteFile(id: string, signal: AbortSignal): Promise<void> {
    const { repository, path } = place(id);
    if (!(await listFiles(signal)).some((file) => file.id === id)) return;
    await commit(repository, `Delete ${path}`, { key: "deletedFile", value: { path } }, signal);
  }
}

/** Git LFS has a type of its own. */
const lfsType = "application/vnd.git-lfs+json";

function lfsBody(value: object) {
  return toTextBody(JSON.stringify(value), lfsType);
}

/** A file's id is `datasets/OWNER/NAME/PATH`; its parts cannot reach another path. */
function place(id: string): { readonly repository: string; readonly path: string } {
  const [, owner = "", name = "", ...path] = id.split("/").map(toSegment);
  return { repository: `${owner}/${name}`, path: path.join("/") };
}
