import * as z from "zod";
import type { ProviderModel } from "../../jobs/provider.ts";

const model = z.object({ id: z.string().min(1) });

/** Reads a model; undefined for what has no id. A tuned model is told by its name: who owns it says nothing reliable. */
export function toModel(answer: unknown): ProviderModel | undefined {
  const read = model.safeParse(answer);
  return read.success ? { id: read.data.id, base: !read.data.id.startsWith("ft:") } : undefined;
}
