import * as z from "zod";
import { ProviderError, type UploadRequest, type UploadState } from "../../jobs/provider.ts";
import type { HttpClient } from "../http/client.ts";
import { openDataset, toUploadName } from "../http/dataset-file.ts";
import { hashContent } from "../http/hash-content.ts";
import { toForm, toStreamedBody } from "../http/multipart.ts";
import { toSegment } from "../http/path-segment.ts";
import { sendAgain } from "../http/send-again.ts";
import type { SignedTransfers } from "../http/signed-transfer.ts";
import { unlessGone } from "../http/unless-gone.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";

/** How much goes in one piece, in bytes. */
export interface UploadSizes {
  /** A larger file goes in parts. */
  readonly direct: number;
  readonly part: number;
  readonly mostParts: number;
  readonly most: number;
}

const mebibyte = 1024 * 1024;

/** Source: the constants of Together's SDK, as of November 2026. */
export const togetherSizes: UploadSizes = { direct: 5 * 1024 * mebibyte, part: 250 * mebibyte, mostParts: 250, most: Math.floor(50.1 * 1024) * mebibyte };

const part = z.object({ PartNumber: z.number().optional(), part_number: z.number().optional(), URL: z.string().optional(), UploadURL: z.string().optional(), Headers: z.record(z.string(), z.string()).nullish() })
  .transform((each) => ({ number: each.PartNumber ?? each.part_number ?? 1, url: each.URL ?? each.UploadURL ?? "", headers: each.Headers ?? {} }));
const initiated = z.object({ upload_id: z.string().min(1), file_id: z.string().min(1), parts: z.array(part) });
const sent = z.object({ part_number: z.number(), etag: z.string().min(1) });
const state = z.object({
  upload: z.string().min(1), file: z.string().min(1), bytes: z.number(), partBytes: z.number().min(1),
  parts: z.array(z.object({ number: z.number(), url: z.string(), headers: z.record(z.string(), z.string()) })), sent: z.array(sent),
});
type State = z.infer<typeof state>;
const existing = z.object({ file_id: z.string().min(1) });
const made = z.object({ id: z.string().min(1) });
const completed = z.union([z.object({ file: made }).transform(({ file }) => file), made]);

export interface UploadParts {
  readonly client: HttpClient;
  readonly transfers: SignedTransfers;
  readonly sizes: UploadSizes;
}

/**
 * What sends datasets to Together's files: its API says where the bytes go, and a store takes them, in one piece or, above 5 GB, in parts that can be gone
 * on with. Bytes that Together has already are not sent again: it tells the file that has them. Source: `UploadManager` and `MultipartUploadManager` of
 * Together's SDK; its specification has only an upload through the API itself.
 */
export function createUploads(endpoint: Endpoint, { client, transfers, sizes }: UploadParts) {
  return { uploadFile, discardUpload };

  async function uploadFile({ path, name, resume, progress, keep }: UploadRequest, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const content = await openDataset(path, sizes.most);
    const told = (bytes: number): void => progress?.(bytes, content.size);
    const fileName = toUploadName(name);
    const earlier = state.safeParse(resume);
    if (content.size > sizes.direct && earlier.success && earlier.data.bytes === content.size) {
      told(earlier.data.sent.length * earlier.data.partBytes);
      const file = await uploadParts(content, earlier.data, told, keep, signal).catch((error: unknown) => {
        // Its signed addresses have expired, or Together has forgotten it: it is begun anew.
        if (error instanceof ProviderError && ["not-found", "invalid"].includes(error.kind)) return undefined;
        throw error;
      });
      if (file !== undefined) return file;
    }
    const checksum = await hashContent(endpoint, content, signal);
    if (content.size <= sizes.direct) return uploadWhole(content, fileName, checksum, told, signal);
    const begun = await initiate(content, fileName, checksum, signal);
    if ("existing" in begun) return tellWhole(begun.existing, content, told);
    await keep?.(begun);
    return uploadParts(content, begun, told, keep, signal);
  }

  async function uploadWhole(content: Blob, fileName: string, checksum: string, told: (bytes: number) => void, signal: AbortSignal): Promise<string> {
    const form = toForm({ purpose: "fine-tune", file_name: fileName, file_type: "jsonl", checksum });
    const { status, headers, body } = await client.send("POST", "/files", form, signal, { expected: [302, 409] });
    if (status === 409) return tellWhole(expect(existing.safeParse(body).data?.file_id, "the file that it has already"), content, told);
    const file = expect(headers.get("x-together-file-id") ?? undefined, "the id of the file");
    const address = expect(headers.get("location") ?? undefined, "an address for the file");
    await sendAgain(() => transfers.put(address, toStreamedBody(content, "application/octet-stream", told), {}, signal), signal);
    // It has Together look at what has arrived; a second look does no harm.
    await client.post(`/files/${toSegment(file)}/preprocess`, undefined, signal, { maximumRetries: 2 });
    return file;
  }

  async function initiate(content: Blob, fileName: string, checksum: string, signal: AbortSignal): Promise<State | { readonly existing: string }> {
    const count = Math.min(sizes.mostParts, Math.ceil(content.size / sizes.part));
    const body = { file_name: fileName, file_size: content.size, num_parts: count, purpose: "fine-tune", file_type: "jsonl", checksum };
    const answer = await client.send("POST", "/files/multipart/initiate", body, signal, { expected: [409] });
    if (answer.status === 409) return { existing: expect(existing.safeParse(answer.body).data?.file_id, "the file that it has already") };
    const { upload_id: upload, file_id: file, parts } = expect(initiated.safeParse(answer.body).data, "where the parts of the file go");
    return { upload, file, bytes: content.size, partBytes: Math.ceil(content.size / count), parts: parts.sort((one, other) => one.number - other.number), sent: [] };
  }

  async function uploadParts(content: Blob, begun: State, told: (bytes: number) => void, keep: UploadRequest["keep"], signal: AbortSignal): Promise<string> {
    let current = begun;
    for (const { number, url, headers } of begun.parts.slice(begun.sent.length)) {
      const start = (number - 1) * begun.partBytes;
      const piece = content.slice(start, start + begun.partBytes);
      const answered = await sendAgain(() => transfers.put(url, toStreamedBody(piece, "application/octet-stream", (bytes) => told(start + bytes)), headers, signal), signal);
      const etag = expect(answered.get("etag")?.replaceAll('"', "") || undefined, "the mark of a part");
      current = { ...current, sent: [...current.sent, { part_number: number, etag }] };
      await keep?.(current);
    }
    const answer = await client.post("/files/multipart/complete", { upload_id: current.upload, file_id: current.file, parts: current.sent }, signal);
    return expect(completed.safeParse(answer).data?.id, "the uploaded file");
  }

  async function discardUpload(left: UploadState, signal: AbortSignal): Promise<void> {
    const read = state.safeParse(left);
    if (!read.success) return;
    await unlessGone(client.post("/files/multipart/abort", { upload_id: read.data.upload, file_id: read.data.file }, signal), ["not-found", "invalid"]);
  }

  function tellWhole(file: string, { size }: Blob, told: (bytes: number) => void): string {
    told(size);
    return file;
  }

  function expect<Value>(value: Value | undefined, expected: string): Value {
    if (value === undefined) throw unreadable(endpoint, expected);
    return value;
  }
}
