import * as z from "zod";
import type { MetricPoint } from "../../jobs/metric-point.ts";
import { metrics } from "../wire/metrics.ts";
import { byStep } from "../wire/result-file.ts";

const answer = z.object({ metrics: z.array(metrics).nullish().catch(undefined) });

const names: Readonly<Record<string, string>> = {
  "train/loss": "train_loss", "eval/loss": "valid_loss", "valid/loss": "valid_loss", "train/learning_rate": "learning_rate", "train/epoch": "epoch",
  "train/accuracy": "train_mean_token_accuracy", "eval/accuracy": "valid_mean_token_accuracy",
};
const steps = ["train/global_step", "eval/global_step", "global_step", "step"];

/** Reads what was measured; undefined when the answer holds no metrics. Snapshots are flat, with names such as `train/loss`. Source: Together's specification, `/fine-tunes/{id}/metrics`. */
export function toMetrics(given: unknown): readonly MetricPoint[] | undefined {
  const read = answer.safeParse(given);
  if (!read.success) return undefined;
  return byStep((read.data.metrics ?? []).flatMap((snapshot): MetricPoint[] => {
    const step = steps.map((name) => snapshot[name]).find((value) => value !== undefined);
    if (step === undefined) return [];
    const numbers = Object.entries(snapshot).filter(([name]) => !steps.includes(name)).map(([name, value]) => [names[name] ?? name.replaceAll("/", "_"), value]);
    return [{ step, metrics: Object.fromEntries(numbers) as Record<string, number> }];
  }));
}
