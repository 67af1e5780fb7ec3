import * as vscode from "vscode";
import * as z from "zod";
import type { ConversionAnswers } from "./questions.ts";

const uri = z.custom<vscode.Uri>((value) => value instanceof vscode.Uri);
const answers = z.object({ source: uri.optional(), to: z.string().optional(), map: z.string().optional(), system: z.string().optional(), allowLoss: z.boolean().optional(), out: uri.optional() });

/** What a caller of the command gave: answers, a file of the explorer, or nothing. What is of another shape counts as nothing. */
export function readAnswers(value: unknown): ConversionAnswers {
  if (value instanceof vscode.Uri) return { source: value };
  const read = answers.safeParse(value ?? {});
  return read.success ? (Object.fromEntries(Object.entries(read.data).filter(([, each]) => each !== undefined)) as ConversionAnswers) : {};
}
