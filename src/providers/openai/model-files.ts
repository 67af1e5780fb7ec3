import * as z from "zod";
import type { Artifact } from "../../jobs/artifact.ts";
import { toSegment } from "../http/path-segment.ts";
import type { Client } from "./client.ts";

const listing = z.object({ data: z.array(z.object({ name: z.string().regex(/^[\w.-]+$/), bytes: z.number().optional().catch(undefined) })).catch([]) });
const place = /^\/models\/[^/]+\/files\/[^/]+$/;

/** The files of a tuned model, of a service that gives them; each artifact's id is the path that it is fetched from, and its name on disk the one by which libraries find it. A model that is gone has none. */
export async function listModelFiles(client: Client, model: string, signal: AbortSignal): Promise<readonly Artifact[]> {
  const files = `/models/${toSegment(model)}/files`;
  const answer = await client.get(files, {}, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    if ((error as { kind?: unknown }).kind === "not-found") return { data: [] };
    throw error;
  });
  const { data = [] } = listing.safeParse(answer).data ?? {};
  return data.map(({ name, bytes }) => ({ id: `${files}/${toSegment(name)}`, title: `Adapter: ${name}`, kind: "adapter", fileName: name, ...(bytes === undefined ? {} : { bytes }) }));
}

/** Whether an artifact's id is that of a model's file. */
export const isModelFile = (artifact: string): boolean => place.test(artifact);
