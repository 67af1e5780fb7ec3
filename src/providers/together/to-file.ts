import * as z from "zod";
import type { RemoteFile } from "../../jobs/remote-file.ts";
import { given } from "../wire/given.ts";
import { time } from "../wire/time.ts";

const text = z.string().min(1).optional().catch(undefined);
const count = z.number().optional().catch(undefined);
const file = z.object({ id: z.string().min(1), filename: text, bytes: count, LineCount: count, created_at: time, purpose: text, Processed: z.boolean().optional().catch(undefined) });

/** Reads a file; undefined for what has no id. Source: Together's specification, `FileResponse`; `LineCount` is in its SDK only. */
export function toFile(answer: unknown): RemoteFile | undefined {
  const read = file.safeParse(answer);
  if (!read.success) return undefined;
  const { id, filename, bytes, LineCount: lines, created_at: createdAt, purpose, Processed: processed } = read.data;
  return given({ id, name: filename ?? id, bytes, records: lines !== undefined && lines > 0 ? lines : undefined, createdAt, purpose, status: processed === undefined ? undefined : processed ? ("ready" as const) : ("processing" as const) });
}
