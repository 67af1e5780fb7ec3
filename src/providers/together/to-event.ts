import * as z from "zod";
import type { JobEvent } from "../../jobs/job.ts";
import { time } from "../wire/time.ts";

const text = z.string().min(1).optional().catch(undefined);
const count = z.number().optional().catch(undefined);
const event = z.object({ created_at: time, level: text, message: text, type: text, step: count, total_steps: count, hash: text });

/** Reads one line of a job's log; undefined for what is no object. Older jobs have `legacy_` levels, one of them misspelled. Source: Together's specification, `FineTuneEvent`. */
export function toEvent(answer: unknown): JobEvent | undefined {
  const read = event.safeParse(answer);
  if (!read.success) return undefined;
  const { created_at: createdAt = 0, level, message, type, step, total_steps: totalSteps, hash } = read.data;
  const words = message ?? type ?? "";
  // Steps are 0 on what happens before the first.
  const metrics = step === undefined || step <= 0 ? undefined : { step, ...(totalSteps !== undefined && totalSteps > 0 ? { total_steps: totalSteps } : {}) };
  return {
    id: hash ?? `${createdAt} ${type ?? ""} ${step ?? ""} ${words}`,
    createdAt,
    level: /error/i.test(level ?? "") ? "error" : /warn/i.test(level ?? "") || /^warning$/i.test(type ?? "") ? "warn" : "info",
    message: words,
    ...(metrics ? { metrics } : {}),
  };
}
