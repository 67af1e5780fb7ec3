import * as z from "zod";
import type { ProviderModel } from "../../jobs/provider.ts";
import { given } from "../wire/given.ts";

const model = z.object({
  id: z.string().min(1),
  shutdown_date: z.string().regex(/^\d{4}-\d{2}-\d{2}/).transform((date) => date.slice(0, 10)).optional().catch(undefined),
  // Azure says it of every model.
  capabilities: z.object({ fine_tune: z.boolean().optional().catch(undefined) }).optional().catch(undefined),
  deprecation: z.object({ inference: z.number().transform((seconds) => new Date(seconds * 1000).toISOString().slice(0, 10)) }).optional().catch(undefined),
});

/** Reads a model; undefined for what has no id. A tuned model is told by its name: who owns it says nothing reliable. Source: OpenAI's specification, `Model`; Azure's `capabilities` and `deprecation`. */
export function toModel(answer: unknown): ProviderModel | undefined {
  const read = model.safeParse(answer);
  if (!read.success) return undefined;
  const { id, shutdown_date: shutdownDate, capabilities, deprecation } = read.data;
  return given({ id, base: !/^ft:|\.ft-[0-9a-f]{8,}/.test(id), tunable: capabilities?.fine_tune, shutdownDate: shutdownDate ?? deprecation?.inference });
}
