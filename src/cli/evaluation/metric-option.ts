import * as z from "zod";
import { readJsonc } from "../../dataset/read-jsonc.ts";
import { metrics, parameterisedMetrics, parameterisedOf, writtenMetric, type WrittenMetric } from "../../evaluation/metrics/index.ts";
import { UsageError } from "../target.ts";

/** A metric as an option has it: a name, or an object as JSON. Throws a UsageError that says what cannot be. */
export function readMetricOption(option: string, text: string): WrittenMetric {
  return text.trimStart().startsWith("{") ? check(option, read(option, text, writtenMetric)) : named(text.trim());
}

/** Metrics as an option has them: names with commas between them, one object as JSON, or a list of both as JSON. Throws a UsageError. */
export function readMetricsOption(option: string, text = ""): readonly WrittenMetric[] {
  if (text.trimStart().startsWith("[")) return read(option, text, z.array(writtenMetric)).map((each) => check(option, each));
  if (text.trimStart().startsWith("{")) return [readMetricOption(option, text)];
  return text.split(",").map((each) => each.trim()).filter((each) => each !== "").map(named);
}

function read<Value>(option: string, text: string, schema: z.ZodType<Value>): Value {
  const found = readJsonc(text, schema);
  if ("faults" in found) throw new UsageError(`${option} ${text}: ${found.faults.map(({ message }) => message).join(" ")}`);
  return found.value;
}

function check(option: string, written: WrittenMetric): WrittenMetric {
  const [fault] = typeof written === "string" ? [] : (parameterisedOf(written.metric)?.faults(written) ?? []);
  if (fault) throw new UsageError(`${option}: ${fault.message}`);
  return written;
}

function named(id: string): string {
  if (metrics.some((metric) => metric.id === id)) return id;
  if (parameterisedMetrics.some((each) => each.id === id)) throw new UsageError(`The metric "${id}" wants parameters: write it as JSON, such as {"metric":"${id}", …}`);
  throw new UsageError(`There is no metric "${id}". There are: ${metrics.map((each) => each.id).join(", ")}; and with parameters ${parameterisedMetrics.map((each) => each.id).join(", ")}`);
}
