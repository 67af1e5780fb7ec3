import * as vscode from "vscode";
import * as z from "zod";
import type { MigrationAnswers } from "./migrate.ts";

const answers = z.object({ to: z.string().optional(), model: z.string().optional(), training: z.custom<vscode.Uri>((value) => value instanceof vscode.Uri).optional(), allowLoss: z.boolean().optional() });

/** What a caller of the command gave beside the job. What is of another shape counts as nothing. */
export function readMigrationAnswers(value: unknown): MigrationAnswers {
  const read = answers.safeParse(value ?? {});
  return read.success ? (Object.fromEntries(Object.entries(read.data).filter(([, each]) => each !== undefined)) as MigrationAnswers) : {};
}
