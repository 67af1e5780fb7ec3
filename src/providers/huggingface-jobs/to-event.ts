import * as z from "zod";
import type { JobEvent } from "../../jobs/job.ts";
import { metrics } from "../wire/metrics.ts";
import { time } from "../wire/time.ts";
import { marker } from "./script.ts";

const line = z.object({ data: z.string(), timestamp: time });
const told = z.object({ type: z.string(), step: z.number().optional().catch(undefined), total_steps: z.number().optional().catch(undefined), metrics, message: z.string().optional().catch(undefined) });

/** What the stream says before the job's own words. */
const opening = "===== Job started";

/** Reads one line of a job's log; undefined for what is none, and for what the service itself puts before it. `index` is its place in the whole log, by which it is known again. */
export function toEvent(data: string, index: number): JobEvent | undefined {
  const read = line.safeParse(parse(data));
  if (!read.success || read.data.data.startsWith(opening)) return undefined;
  const { data: text, timestamp: createdAt = 0 } = read.data;
  const said = text.startsWith(marker) ? told.safeParse(parse(text.slice(marker.length))) : undefined;
  if (!said?.success) return { id: String(index), createdAt, level: levelOf(text), message: text };
  const { type, step, total_steps: totalSteps, metrics: numbers, message } = said.data;
  const measured = { ...(step === undefined ? {} : { step }), ...(totalSteps === undefined ? {} : { total_steps: totalSteps }), ...numbers };
  const loss = numbers["train_loss"];
  const words = message ?? (type === "metrics" ? `Step ${step}${totalSteps === undefined ? "" : `/${totalSteps}`}${loss === undefined ? "" : `: training loss=${Number(loss.toPrecision(4))}`}` : type);
  return { id: String(index), createdAt, level: type === "error" ? "error" : "info", message: words, ...(Object.keys(measured).length === 0 ? {} : { metrics: measured }) };
}

function levelOf(text: string): JobEvent["level"] {
  return /^(Traceback|\w*Error\b|ERROR\b)/.test(text) ? "error" : /\bwarning\b/i.test(text) ? "warn" : "info";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
