import * as z from "zod";
import type { JobEvent } from "../../jobs/job.ts";
import { metrics } from "../wire/metrics.ts";
import { time } from "../wire/time.ts";

const text = z.string().min(1).optional().catch(undefined);
const event = z.object({ id: text, created_at: time, level: text, message: text, type: text, data: metrics });

const levels: ReadonlyMap<string, JobEvent["level"]> = new Map([
  ["warn", "warn"],
  ["warning", "warn"],
  ["error", "error"],
  ["critical", "error"],
  ["fatal", "error"],
]);

/** Reads one line of a job's log; undefined for what is no object. A level that is not known is shown as information. Source: OpenAI's specification, `FineTuningJobEvent`. */
export function toEvent(answer: unknown): JobEvent | undefined {
  const read = event.safeParse(answer);
  if (!read.success) return undefined;
  const { id, created_at: createdAt = 0, level, message, type, data } = read.data;
  const words = message ?? type ?? "";
  return {
    id: id ?? `${createdAt} ${words}`,
    createdAt,
    level: levels.get(level?.toLowerCase() ?? "") ?? "info",
    message: words,
    ...(Object.keys(data).length === 0 ? {} : { metrics: data }),
  };
}
