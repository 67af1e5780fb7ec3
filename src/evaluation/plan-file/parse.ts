import { readJsonc, type JsoncRead } from "../../dataset/read-jsonc.ts";
import { planFileSchema, type PlanFile } from "./schema.ts";

/** Reads the text of an `*.eval.jsonc`: JSON with comments and trailing commas. Gives every fault when there is one, each with its stretch of the text. */
export function parsePlan(text: string): JsoncRead<PlanFile> {
  return readJsonc(text, planFileSchema);
}
