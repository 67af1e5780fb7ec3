import { judgePlan } from "./judge-plan.ts";
import type { PlanRecord } from "./plan-record.ts";
import type { Setting } from "./report-schema.ts";
import { count, points } from "./sections/words.ts";

/** The guard-rail set of a plan's report as a report of its own metrics. */
export interface GuardRail extends Pick<Setting, "dataset" | "metric" | "also"> {
  readonly records: readonly PlanRecord[];
}

/** Whether a candidate lost something on the guard-rail set that the first candidate has, in words, with the numbers. */
export function describeGuardRail({ records, metric, also }: GuardRail, candidates: readonly { readonly name: string }[]): string {
  const metrics = judgePlan({ metric, also, candidates, records });
  const broken = metrics.flatMap(({ title, candidates: measured }) => measured.flatMap(({ against }, index) => (against?.outcome === "worse" ? [`${candidates[index]?.name} by ${title} (${points(against.comparison.difference)} points, ${points(against.comparison.low)} to ${points(against.comparison.high)})`] : [])));
  const on = `On the guard-rail set of ${count(records.length, "record")}`;
  return broken.length === 0 ? `${on} nothing was shown to have become worse than ${candidates[0]?.name}.` : `${on} became worse than ${candidates[0]?.name}: ${broken.join("; ")}.`;
}
