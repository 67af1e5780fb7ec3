import type { MetricPoint } from "../../jobs/metric-point.ts";
import { metrics } from "../wire/metrics.ts";
import { byStep, readResultFile, toMetricName } from "../wire/result-file.ts";

const names: Readonly<Record<string, string>> = {
  loss: "train_loss", "train/loss": "train_loss", eval_loss: "valid_loss", "eval/loss": "valid_loss", "validation/loss": "valid_loss",
  accuracy: "train_mean_token_accuracy", "train/accuracy": "train_mean_token_accuracy", "eval/accuracy": "valid_mean_token_accuracy",
  lr: "learning_rate", "train/learning_rate": "learning_rate", reward: "train_mean_reward", "train/reward": "train_mean_reward", "eval/reward": "valid_mean_reward",
};
const steps = ["step", "global_step", "train/step", "train/global_step"];

/** Reads a metrics file: an object on each line, a list of objects, or a table. Fireworks documents the address of the file and not what is in it; what has no step is passed over. */
export function readMetricsFile(text: string): readonly MetricPoint[] {
  return readResultFile(text) ?? byStep(objectsIn(text).flatMap((value): MetricPoint[] => {
    const numbers = metrics.parse(value);
    const step = steps.map((name) => numbers[name]).find((each) => each !== undefined);
    if (step === undefined) return [];
    return [{ step, metrics: Object.fromEntries(Object.entries(numbers).filter(([name]) => !steps.includes(name)).map(([name, each]) => [names[name] ?? toMetricName(name).replaceAll("/", "_"), each])) }];
  }));
}

function objectsIn(text: string): readonly unknown[] {
  const whole = parse(text);
  if (Array.isArray(whole)) return whole;
  if (whole !== undefined) return [whole];
  return text.split("\n").map(parse).filter((value) => value !== undefined);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
