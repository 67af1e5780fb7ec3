import * as z from "zod";
import type { Checkpoint } from "../../jobs/job.ts";
import { metrics } from "../wire/metrics.ts";
import { time } from "../wire/time.ts";

const checkpoint = z.object({
  id: z.string().min(1),
  created_at: time,
  step_number: z.number().optional().catch(undefined),
  fine_tuned_model_checkpoint: z.string().min(1),
  metrics,
});

/** Reads a checkpoint of a job; undefined for what names no model to talk to. Source: OpenAI's specification, `FineTuningJobCheckpoint`. */
export function toCheckpoint(job: string, answer: unknown): Checkpoint | undefined {
  const read = checkpoint.safeParse(answer);
  if (!read.success) return undefined;
  const { id, created_at: createdAt = 0, step_number, fine_tuned_model_checkpoint: model, metrics: numbers } = read.data;
  return { id, job, createdAt, step: step_number ?? numbers["step"] ?? 0, model, metrics: numbers };
}
