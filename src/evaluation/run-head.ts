import * as z from "zod";
import { settingSchema } from "./report-schema.ts";
import { reportedCandidate } from "./saved-report.ts";

const { models, ...shared } = settingSchema.shape;
const head = z.discriminatedUnion("version", [
  z.object({ format: z.literal("tunesmith-evaluation"), version: z.literal(1), ...shared, models }),
  z.object({ format: z.literal("tunesmith-evaluation"), version: z.literal(2), ...shared, plan: z.string(), candidates: z.array(reportedCandidate).min(2) }),
]);

/** What a report says of its run besides what the models answered. */
export type RunHead = z.infer<typeof head>;
/** Reads a head, or the head of a whole report; undefined where it is none. */
export function readRunHead(value: unknown): RunHead | undefined {
  return head.safeParse(value).data;
}
