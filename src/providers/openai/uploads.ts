import * as z from "zod";
import { ProviderError, type UploadRequest, type UploadState } from "../../jobs/provider.ts";
import { openDataset, toUploadName } from "../http/dataset-file.ts";
import { toMultipart } from "../http/multipart.ts";
import { toSegment } from "../http/path-segment.ts";
import { sendAgain } from "../http/send-again.ts";
import { unlessGone } from "../http/unless-gone.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import type { Client } from "./client.ts";
import { listFiles } from "./files.ts";

/** How much goes in one piece, in bytes. */
export interface UploadSizes {
  /** A larger file goes in parts. */
  readonly direct: number;
  readonly part: number;
  readonly most: number;
}

const mebibyte = 1024 * 1024;

/** Source: OpenAI's specification, `/files` and `/uploads`. */
export const openAiSizes: UploadSizes = { direct: 512 * mebibyte, part: 64 * mebibyte, most: 8 * 1024 * mebibyte };

const state = z.object({ upload: z.string().min(1), bytes: z.number(), partBytes: z.number().min(1), startedAt: z.number(), parts: z.array(z.string().min(1)) });
type State = z.infer<typeof state>;
const named = z.object({ id: z.string().min(1) });
const completed = z.object({ file: named });

/** Half a gigabyte over a slow line. */
const directTimeout = 2 * 60 * 60 * 1000;
const partTimeout = 30 * 60 * 1000;

/** What sends datasets to OpenAI's files, in one piece or, above what that takes, in parts that can be gone on with. `now` is milliseconds since 1970. */
export function createUploads(endpoint: Endpoint, client: Client, sizes: UploadSizes, now: () => number) {
  return { uploadFile, discardUpload };

  async function uploadFile({ path, name, resume, progress, keep }: UploadRequest, signal: AbortSignal): Promise<string> {
    const content = await openDataset(path, sizes.most);
    const told = (sent: number): void => progress?.(sent, content.size);
    if (content.size <= sizes.direct) return uploadDirectly(content, toUploadName(name), told, signal);
    const earlier = state.safeParse(resume);
    const begun = earlier.success && earlier.data.bytes === content.size ? earlier.data : undefined;
    try {
      return await uploadParts(begun ?? (await begin(content, toUploadName(name), signal)), begun !== undefined);
    } catch (error) {
      // An upload lives for an hour; one that has expired is begun anew.
      if (!begun || !(error instanceof ProviderError) || !["not-found", "invalid"].includes(error.kind)) throw error;
      return uploadParts(await begin(content, toUploadName(name), signal), false);
    }

    async function uploadParts(from: State, resumed: boolean): Promise<string> {
      let current = from;
      if (resumed) told(Math.min(content.size, current.parts.length * current.partBytes));
      await keep?.(current);
      for (let start = current.parts.length * current.partBytes; start < content.size; start += current.partBytes) {
        const part = await sendPart(current.upload, content.slice(start, start + current.partBytes), (sent) => told(start + sent), signal);
        current = { ...current, parts: [...current.parts, part] };
        await keep?.(current);
      }
      return complete(current, toUploadName(name), resumed, signal);
    }
  }

  async function uploadDirectly(content: Blob, name: string, told: (sent: number) => void, signal: AbortSignal): Promise<string> {
    const form = toMultipart({ purpose: "fine-tune" }, { field: "file", name, type: "application/octet-stream", content }, told);
    return expect(named.safeParse(await client.post("/files", form, signal, { timeout: directTimeout })).data?.id, "the uploaded file");
  }

  async function begin(content: Blob, filename: string, signal: AbortSignal): Promise<State> {
    const startedAt = now();
    const answer = await client.post("/uploads", { filename, purpose: "fine-tune", bytes: content.size, mime_type: "text/jsonl" }, signal);
    return { upload: expect(named.safeParse(answer).data?.id, "an upload"), bytes: content.size, partBytes: sizes.part, startedAt, parts: [] };
  }

  /** A part that arrived twice does no harm: only the parts that the completion names become the file. */
  function sendPart(upload: string, content: Blob, told: (sent: number) => void, signal: AbortSignal): Promise<string> {
    return sendAgain(async () => {
      const form = toMultipart({}, { field: "data", name: "part", type: "application/octet-stream", content }, told);
      return expect(named.safeParse(await client.post(`${pathOf(upload)}/parts`, form, signal, { timeout: partTimeout })).data?.id, "a part of the upload");
    }, signal);
  }

  async function complete({ upload, parts, bytes, startedAt }: State, name: string, resumed: boolean, signal: AbortSignal): Promise<string> {
    try {
      return expect(completed.safeParse(await client.post(`${pathOf(upload)}/complete`, { part_ids: parts }, signal)).data?.file.id, "the uploaded file");
    } catch (error) {
      // Its answer may have been lost before; a second completion is refused then, and the file is there.
      if (!resumed || !(error instanceof ProviderError) || error.kind !== "invalid") throw error;
      const file = (await listFiles(endpoint, client, signal)).find((each) => each.name === name && each.bytes === bytes && (each.createdAt ?? 0) >= startedAt - clockSkew);
      if (!file) throw error;
      return file.id;
    }
  }

  async function discardUpload(left: UploadState, signal: AbortSignal): Promise<void> {
    const read = state.safeParse(left);
    if (!read.success) return;
    await unlessGone(client.post(`${pathOf(read.data.upload)}/cancel`, undefined, signal), ["not-found", "invalid"]);
  }

  function expect<Value>(value: Value | undefined, expected: string): Value {
    if (value === undefined) throw unreadable(endpoint, expected);
    return value;
  }
}

/** The clocks of a machine and of a service may be so far apart, in milliseconds. */
const clockSkew = 5 * 60_000;

function pathOf(upload: string): string {
  return `/uploads/${toSegment(upload)}`;
}
