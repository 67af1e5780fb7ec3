import * as z from "zod";
import type { TuningMethod } from "../../jobs/method.ts";
import type { ProviderModel } from "../../jobs/provider.ts";
import { given } from "../wire/given.ts";

const text = z.string().min(1).optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const count = z.number().optional().catch(undefined);
const model = z.object({
  name: z.string().regex(/^accounts\/[^/]+\/models\/[^/]+$/), displayName: text, kind: text, tunable: flag, rlTunable: flag, fineTuningJob: text, contextLength: count, trainingContextLength: count,
  baseModelDetails: z.object({ tunable: flag }).optional().catch(undefined),
  deprecationDate: z.object({ year: z.number().min(1), month: z.number().min(1), day: z.number().min(1) }).optional().catch(undefined),
});

/** What is put onto a base model. */
const addons = new Set(["HF_PEFT_ADDON", "HF_TEFT_ADDON", "FLUMINA_ADDON", "DRAFT_ADDON"]);

/**
 * Reads a model; undefined for what has no name. Whether it can be tuned stands at its top, where the service has checked it against the kind of model;
 * what its details say is the wish alone. Reinforcement has a flag of its own. Source: Fireworks' SDK, `Model`.
 */
export function toModel(answer: unknown): ProviderModel | undefined {
  const read = model.safeParse(answer);
  if (!read.success) return undefined;
  const { name: id, displayName: title, kind, tunable, rlTunable, fineTuningJob, contextLength, trainingContextLength, baseModelDetails, deprecationDate } = read.data;
  const answers = tunable ?? baseModelDetails?.tunable;
  const methods: TuningMethod[] = [...(answers ? (["sft", "dpo"] as const) : []), ...(rlTunable ? (["rft"] as const) : [])];
  return given({
    id,
    base: fineTuningJob === undefined && !addons.has(kind ?? ""),
    title,
    tunable: answers === undefined && rlTunable === undefined ? undefined : methods.length > 0,
    methods: methods.length > 0 ? methods : undefined,
    shutdownDate: deprecationDate && `${String(deprecationDate.year).padStart(4, "0")}-${String(deprecationDate.month).padStart(2, "0")}-${String(deprecationDate.day).padStart(2, "0")}`,
    contextLength: trainingContextLength || contextLength || undefined,
  });
}

/** Whether a model is an adapter, which a job goes on from in another way than from a base model. */
export function isAdapter(answer: unknown): boolean {
  const read = model.safeParse(answer);
  return read.success && addons.has(read.data.kind ?? "");
}
