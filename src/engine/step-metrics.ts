import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** The columns of OpenAI's result file, and those of preferences, which stand there when they were measured. */
const columns = ["step", "train_loss", "train_mean_token_accuracy", "valid_loss", "valid_mean_token_accuracy", "full_valid_loss", "full_valid_mean_token_accuracy"] as const;
const rewardColumn = /_reward(_accuracy|_margin)?$/;
const line = z.object({ step: z.number(), metrics: z.record(z.string(), z.number()) });

const logOf = (folder: string): string => join(folder, "steps.jsonl");

/** Keeps the figures of a step beside the job's checkpoints: of long trainings not every step is an event. Throws Node's error. */
export function appendStep(folder: string, step: number, metrics: Readonly<Record<string, number>>): void {
  // The line break goes before, so that no line that a crash cut short is continued.
  appendFileSync(logOf(folder), `\n${JSON.stringify({ step, metrics })}`);
}

/** The figures of all steps as CSV in OpenAI's columns, with the rewards of preferences behind them; a step that was trained twice, because the engine was killed, counts as it was last. Throws Node's error. */
export function stepsToCsv(folder: string): string {
  const steps = new Map<number, Readonly<Record<string, number>>>();
  const text = existsSync(logOf(folder)) ? readFileSync(logOf(folder), "utf8") : "";
  for (const { step, metrics } of text.split("\n").flatMap(parse)) steps.set(step, { ...steps.get(step), ...metrics, step });
  const rewards = [...new Set([...steps.values()].flatMap((row) => Object.keys(row).filter((name) => rewardColumn.test(name))))].sort();
  const names = [...columns, ...rewards];
  const rows = [...steps.values()].sort((a, b) => (a["step"] ?? 0) - (b["step"] ?? 0)).map((row) => names.map((name) => row[name] ?? "").join(","));
  return `${[names.join(","), ...rows].join("\n")}\n`;
}

function parse(text: string): z.infer<typeof line>[] {
  try {
    return [line.parse(JSON.parse(text))];
  } catch {
    return [];
  }
}
