import * as z from "zod";
import type { Download } from "../../jobs/artifact.ts";
import type { RemoteFile } from "../../jobs/remote-file.ts";
import { toSegment } from "../http/path-segment.ts";
import { unlessGone } from "../http/unless-gone.ts";
import { unreadable } from "../http/unreadable.ts";
import type { Endpoint } from "../service.ts";
import { given } from "../wire/given.ts";
import { time } from "../wire/time.ts";
import type { Client } from "./client.ts";
import { listAll } from "./list-all.ts";

const text = z.string().min(1).optional().catch(undefined);
const file = z.object({
  id: z.string().min(1), filename: text, bytes: z.number().optional().catch(undefined), created_at: time, expires_at: time, purpose: text, status: text, status_details: text,
});

/** Files of other purposes, such as batches, are no matter of fine-tuning. */
const purposes = /^fine-tune/;
const states: ReadonlyMap<string, RemoteFile["status"]> = new Map([
  ["uploaded", "ready"], ["processed", "ready"], ["succeeded", "ready"], ["pending", "processing"], ["running", "processing"], ["error", "failed"], ["failed", "failed"],
]);
const pageSize = 1000;
const mostPages = 10;

/** Reads a file; undefined for what has no id. Source: OpenAI's specification, `OpenAIFile`. */
export function toFile(answer: unknown): RemoteFile | undefined {
  const read = file.safeParse(answer);
  if (!read.success) return undefined;
  const { id, filename, bytes, created_at: createdAt, expires_at: expiresAt, purpose, status, status_details: problem } = read.data;
  return given({ id, name: filename ?? id, bytes, createdAt, expiresAt, purpose, status: status === undefined ? undefined : (states.get(status) ?? "unknown"), rawStatus: status, problem });
}

/** What the account keeps for fine-tuning and of it, the newest first. */
export async function listFiles(endpoint: Endpoint, client: Client, signal: AbortSignal): Promise<RemoteFile[]> {
  const files = await listAll((after) => client.get("/files", { limit: pageSize, ...(after === undefined ? {} : { after }) }, signal), toFile, mostPages);
  if (!files) throw unreadable(endpoint, "a list of files");
  return files.filter(({ purpose }) => purpose === undefined || purposes.test(purpose)).sort((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0));
}

/** The bytes of a file. */
export function readFile(client: Client, id: string, signal: AbortSignal): Promise<Download> {
  return client.download(`${pathOf(id)}/content`, signal);
}

/** Removes a file; it is no error when it is gone already. */
export async function deleteFile(client: Client, id: string, signal: AbortSignal): Promise<void> {
  await unlessGone(client.delete(pathOf(id), signal));
}

function pathOf(id: string): string {
  return `/files/${toSegment(id)}`;
}
