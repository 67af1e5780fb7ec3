import { readJsonc, type JsoncRead } from "../../dataset/read-jsonc.ts";
import { launchFileSchema, type LaunchFile } from "./schema.ts";

/** Reads the text of a `*.finetune.jsonc`: JSON with comments and trailing commas. Gives every fault when there is one, each with its stretch of the text. */
export function parseLaunchFile(text: string): JsoncRead<LaunchFile> {
  return readJsonc(text, launchFileSchema);
}
