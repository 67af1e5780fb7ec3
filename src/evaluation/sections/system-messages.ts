import type { PlanReport } from "../plan-report.ts";
import type { Report } from "../report.ts";
import type { Section } from "./section.ts";
import { count } from "./words.ts";

/** That records are asked under a system message that nothing was learned under; undefined where none is, or nobody knows. */
export function systemMessagesSection({ training, records }: Pick<Report | PlanReport, "training" | "records">): Section | undefined {
  return training?.otherSystem === undefined || training.otherSystem === 0 ? undefined : { title: "System messages", paragraphs: [describeOtherSystem(training.otherSystem, records.length, training.path)], tables: [] };
}

/** The same in a sentence. */
export function describeOtherSystem(other: number, records: number, training: string): string {
  return `${other === records ? "All" : `${other.toLocaleString("en")} of ${count(records, "record")}`} ${other === 1 && other !== records ? "has" : "have"} a system message, or none, that no record of ${training} has. A tuned model answers best under the one that it has learned under: ask it under that, or train with this one.`;
}
