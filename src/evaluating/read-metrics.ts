import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { isElsewhere } from "../dataset/file-fact.ts";
import { createMetric, parameterisedOf, type WrittenMetric } from "../evaluation/metrics/index.ts";
import type { Metric } from "../evaluation/metrics/metric.ts";
import { describeFileError } from "../workers/file-error.ts";

/** Makes the metrics that are written, with the JSON files that they name, relative to `folder`, read into them. Rejects with an Error for the user that says which metric cannot be. */
export async function readMetrics(written: readonly WrittenMetric[], folder: string): Promise<readonly Metric[]> {
  return Promise.all(written.map(async (each) => {
    const whole = typeof each === "string" ? each : await withFile(each, folder);
    const metric = createMetric(whole);
    if (metric) return metric;
    const [fault] = typeof whole === "string" ? [] : (parameterisedOf(whole.metric)?.faults(whole) ?? []);
    throw new Error(`The metric ${typeof each === "string" ? each : JSON.stringify(each)} cannot be used${fault ? `. ${fault.message}` : "."}`);
  }));
}

/** The parameters with the JSON that their file holds in the place of its path. */
async function withFile(written: { readonly metric: string }, folder: string): Promise<WrittenMetric> {
  const key = parameterisedOf(written.metric)?.file;
  const named = key === undefined ? undefined : (written as Readonly<Record<string, unknown>>)[key];
  if (key === undefined || typeof named !== "string") return written;
  // A file of a stranger must not make this machine call another.
  if (isElsewhere(named)) throw new Error(`The ${key} of the metric ${written.metric} is an address, ${JSON.stringify(named)}; a path of a file on this machine is expected.`);
  const path = resolve(folder, named);
  let text;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw new Error(describeFileError("read", path, error), { cause: error });
  }
  try {
    return { ...written, [key]: JSON.parse(text.replace(/^\uFEFF/, "")) as unknown };
  } catch (error) {
    throw new Error(`${path} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
