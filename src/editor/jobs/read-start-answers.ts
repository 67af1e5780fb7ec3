import * as vscode from "vscode";
import * as z from "zod";
import type { StartAnswers } from "./questions.ts";

const answers = z.object({
  dataset: z.custom<vscode.Uri>((value) => value instanceof vscode.Uri).optional(), provider: z.string().optional(), notAt: z.string().optional(), model: z.string().optional(),
  method: z.enum(["sft", "dpo", "rft"]).optional(),
  hyperparameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).optional(), suffix: z.string().optional(), seed: z.number().optional(), confirmed: z.boolean().optional(),
});

/** What a caller of the command gave: answers, a service of the tree, a file of the explorer, or nothing. What is of another shape counts as nothing. */
export function readStartAnswers(value: unknown): StartAnswers {
  if (value instanceof vscode.Uri) return { dataset: value };
  const read = answers.safeParse(value ?? {});
  return read.success ? (Object.fromEntries(Object.entries(read.data).filter(([, each]) => each !== undefined)) as StartAnswers) : {};
}
