import * as z from "zod";
import { TrainingError, type TrainingEvent } from "./runner.ts";

const metrics = z.record(z.string(), z.number());
const message = z.discriminatedUnion("type", [
  z.object({ type: z.literal("stage"), stage: z.string() }),
  z.object({ type: z.literal("plan"), total_steps: z.number() }),
  z.object({ type: z.literal("metrics"), step: z.number(), total_steps: z.number(), metrics, at: z.number().optional() }),
  z.object({ type: z.literal("checkpoint"), step: z.number(), folder: z.string(), metrics }),
  z.object({ type: z.literal("done"), adapter: z.string(), trained_tokens: z.number() }),
  z.object({ type: z.literal("error"), code: z.string(), message: z.string() }),
]);

/** Reads a line of what `train.py` prints, as JSON; undefined for what is no message of it. Throws the TrainingError that it tells. */
export function readTrlLine(line: unknown): TrainingEvent | undefined {
  const read = message.safeParse(line);
  if (!read.success) return undefined;
  const event = read.data;
  switch (event.type) {
    case "error":
      throw new TrainingError(event.code, event.message);
    case "plan":
      return { type: "plan", totalSteps: event.total_steps };
    case "metrics":
      return { type: "metrics", step: event.step, totalSteps: event.total_steps, metrics: event.metrics, ...(event.at === undefined ? {} : { at: event.at * 1000 }) };
    case "done":
      return { type: "done", adapter: event.adapter, trainedTokens: event.trained_tokens };
    default:
      return event;
  }
}
