import { describeMoved } from "../correction/describe-moved.ts";
import type { Report } from "../report.ts";
import type { PlanReport } from "../plan-report.ts";
import type { Section } from "./section.ts";

/** What was taken from the test file to be learned; undefined where nothing was. */
export function movedSection({ dataset: { path, moved } }: Pick<Report | PlanReport, "dataset">): Section | undefined {
  return moved === undefined ? undefined : { title: "Moved to training", paragraphs: [describeMoved(path, moved)], tables: [] };
}
