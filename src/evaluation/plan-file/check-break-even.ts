import { doubtful, wrong, type JsoncProblem } from "../../dataset/jsonc-problem.ts";
import type { PlanFile } from "./schema.ts";

/** What cannot be of a plan's break-even: candidates that are not there or have no price, hosting without a number of requests. `names` are the candidates'. */
export function* checkBreakEven({ breakEven, candidates }: Pick<PlanFile, "breakEven" | "candidates">, names: readonly string[]): Generator<JsoncProblem> {
  if (!breakEven) return;
  for (const key of ["tuned", "instead"] as const) {
    const index = names.indexOf(breakEven[key]);
    if (index < 0) yield wrong(["breakEven", key], `No candidate is called ${JSON.stringify(breakEven[key])}; there are ${names.map((name) => JSON.stringify(name)).join(", ")}.`, names);
    else if (!candidates[index]?.price) yield wrong(["breakEven", key], `The candidate ${JSON.stringify(breakEven[key])} has no "price", so that nothing can be computed.`);
  }
  if (breakEven.tuned === breakEven.instead) yield wrong(["breakEven", "instead"], "A model pays against another one, and this is the same.");
  if ((breakEven.hostingPerMonth ?? 0) > 0 && breakEven.requestsPerMonth === undefined) yield doubtful(["breakEven", "hostingPerMonth"], "What is paid by the month pays or not by the number of requests; without \"requestsPerMonth\" the report says from how many on.");
}
