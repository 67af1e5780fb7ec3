import type { Target, ToolLimits } from "./target.ts";

/**
 * What trainers on a machine of one's own make of tools: the model's chat template writes them into the text, and refuses hardly anything.
 * Source: the templates that transformers applies (`apply_chat_template`).
 */
export const templateTools = {
  ids: "taken", definitionsAsText: "taken", textBeside: "taken", legacy: "doubted",
  definitions: "doubted", pairing: "doubted", undeclared: "doubted", mismatch: "doubted",
} as const satisfies Partial<ToolLimits>;

/** What trainers have in common that read their files with Hugging Face's datasets: it takes JSON lines and arrays, and columns that nobody asks for. */
export const localTrainer = {
  extraKeys: { record: "taken", message: "taken" },
  weights: "ignored",
  emptyContent: "doubted",
  minimumRecords: 1,
  byteOrderMark: "doubted",
  blankLines: "taken",
  arrays: "taken",
} as const satisfies Partial<Target>;
