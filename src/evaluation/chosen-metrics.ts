import type { Metric } from "./metrics/metric.ts";

/** Which of the chosen metrics counts as right, and which are judged together with it: the first that tells right from wrong counts, `usual` where none does. */
export function chosenMetrics(chosen: readonly Pick<Metric, "id" | "kind">[], usual: string): { readonly metric: string; readonly also?: readonly string[] } {
  const metric = chosen.find(({ kind }) => kind === "pass-fail")?.id ?? usual;
  const also = chosen.flatMap(({ id }) => (id === metric ? [] : [id]));
  return { metric, ...(also.length === 0 ? {} : { also }) };
}
