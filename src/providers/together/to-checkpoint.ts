import * as z from "zod";
import type { Checkpoint } from "../../jobs/job.ts";
import { time } from "../wire/time.ts";

const text = z.string().min(1).optional().catch(undefined);
const checkpoint = z.object({ step: z.number(), created_at: time, path: text, checkpoint_type: text });

/** Reads a checkpoint of a job; undefined for what has no step. A job goes on from it by the job's id and the step. Source: Together's specification, `FineTuneCheckpoint` and `from_checkpoint`. */
export function toCheckpoint(job: string, answer: unknown): Checkpoint | undefined {
  const read = checkpoint.safeParse(answer);
  if (!read.success) return undefined;
  const { step, created_at: createdAt = 0, path, checkpoint_type: type } = read.data;
  return { id: path ?? `${job}:${step}:${type ?? ""}`, job, createdAt, step, model: `${job}:${step}`, answers: false, metrics: {} };
}
