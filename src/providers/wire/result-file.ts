import { parse } from "csv-parse/sync";
import type { MetricPoint } from "../../jobs/metric-point.ts";

/** The spellings of servers, by the one that Tunesmith has: OpenAI's guide says `train_accuracy`, Azure `validation_mean_token_accuracy`. */
const spellings: Readonly<Record<string, string>> = {
  training_loss: "train_loss",
  train_accuracy: "train_mean_token_accuracy",
  training_accuracy: "train_mean_token_accuracy",
  valid_accuracy: "valid_mean_token_accuracy",
  validation_loss: "valid_loss",
  validation_accuracy: "valid_mean_token_accuracy",
  validation_mean_token_accuracy: "valid_mean_token_accuracy",
  full_validation_loss: "full_valid_loss",
  full_validation_mean_token_accuracy: "full_valid_mean_token_accuracy",
};

/** A metric's name as Tunesmith spells it. */
export function toMetricName(name: string): string {
  const plain = name.trim().toLowerCase();
  return spellings[plain] ?? plain;
}

/** The names of the members that count steps. */
const steps = new Set(["step", "steps", "global_step"]);

/**
 * Reads a job's result file by its header, whatever the order and the spelling of its columns; empty cells are measurements that were not made. Some
 * servers send it in base64. Undefined for what is no table with a step. Source: OpenAI's and Azure's guides to supervised fine-tuning.
 */
export function readResultFile(text: string): readonly MetricPoint[] | undefined {
  const table = isTable(text) ? text : Buffer.from(text.trim(), "base64").toString("utf8");
  if (!isTable(table)) return undefined;
  const [header = [], ...rows] = cellsOf(table);
  const names = header.map(toMetricName);
  const stepColumn = names.findIndex((name) => steps.has(name));
  if (stepColumn < 0) return undefined;
  return byStep(rows.flatMap((row) => {
    const step = toNumber(row[stepColumn]);
    if (step === undefined) return [];
    const metrics = names.flatMap((name, column) => {
      const value = column === stepColumn ? undefined : toNumber(row[column]);
      return value === undefined ? [] : [[name, value] as const];
    });
    return [{ step, metrics: Object.fromEntries(metrics) }];
  }));
}

/** Points in the order of their steps, each step once: what is measured of one step at several times belongs together, and the later number counts. */
export function byStep(points: readonly MetricPoint[]): readonly MetricPoint[] {
  const found = new Map<number, MetricPoint>();
  for (const point of points) found.set(point.step, { ...found.get(point.step), ...point, metrics: { ...found.get(point.step)?.metrics, ...point.metrics } });
  return [...found.values()].sort((one, other) => one.step - other.step);
}

function cellsOf(table: string): readonly (readonly string[])[] {
  try {
    return parse(table, { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true }) as string[][];
  } catch {
    // A quote that never ends: no table of numbers.
    return [];
  }
}

function isTable(text: string): boolean {
  return /^[^\n]*\bstep/i.test(text);
}

function toNumber(cell: string | undefined): number | undefined {
  const value = cell === undefined || cell === "" ? Number.NaN : Number(cell);
  return Number.isFinite(value) ? value : undefined;
}
