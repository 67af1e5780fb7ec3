import * as vscode from "vscode";
import * as z from "zod";
import type { Answers } from "./questions.ts";

const answers = z.object({
  testFile: z.custom<vscode.Uri>((value) => value instanceof vscode.Uri).optional(), provider: z.string().optional(), base: z.string().optional(), tuned: z.string().optional(), job: z.string().optional(),
  metric: z.string().optional(), also: z.array(z.string()).optional(), confirmed: z.boolean().optional(), signal: z.instanceof(AbortSignal).optional(),
});

/** What a caller of the command gave: answers, a job of the tree, a file of the explorer, or nothing. What is of another shape counts as nothing. */
export function readAnswers(value: unknown): Answers {
  if (value instanceof vscode.Uri) return { testFile: value };
  const read = answers.safeParse(value ?? {});
  return read.success ? (Object.fromEntries(Object.entries(read.data).filter(([, each]) => each !== undefined)) as Answers) : {};
}
