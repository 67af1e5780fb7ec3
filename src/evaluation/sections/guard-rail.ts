import { describeGuardRail } from "../guard-rail.ts";
import type { PlanReport } from "../plan-report.ts";
import { metricTables } from "./metrics.ts";
import type { Section } from "./section.ts";
import { count } from "./words.ts";

/** Whether something else broke; undefined where the plan has no guard-rail set. */
export function guardRailSection({ guardRail, candidates }: Pick<PlanReport, "guardRail" | "candidates">): Section | undefined {
  if (!guardRail) return undefined;
  const { dataset: { path, refused }, metric, also, records } = guardRail;
  return {
    title: `Guard-rail set ${path}`,
    paragraphs: [describeGuardRail(guardRail, candidates), ...(refused.length === 0 ? [] : [`${count(refused.length, "line")} of it ${refused.length === 1 ? "was" : "were"} left out, line ${refused[0]?.line} because ${refused[0]?.reason}.`])],
    tables: metricTables({ metric, also, candidates, records }),
  };
}
