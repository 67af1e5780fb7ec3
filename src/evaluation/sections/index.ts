import type { PlanReport } from "../plan-report.ts";
import type { Report } from "../report.ts";
import { viewOf } from "../view-of-report.ts";
import { breakEvenSection } from "./break-even.ts";
import { guardRailSection } from "./guard-rail.ts";
import { judgeSection } from "./judge.ts";
import { labelsSection } from "./labels.ts";
import { looksSection } from "./looks.ts";
import { metricsSection } from "./metrics.ts";
import { movedSection } from "./moved.ts";
import { peopleSection, type Reviews } from "./people.ts";
import { perplexitySection } from "./perplexity.ts";
import type { Section } from "./section.ts";
import { slicesSection } from "./slices.ts";
import { systemMessagesSection } from "./system-messages.ts";
import { usageSection } from "./usage.ts";

const nobody: Reviews = new Map();

/** What a report says besides its verdict, part by part, and what people say of its answers; parts for which nothing is known are left out. Takes a bootstrap for every score, as `judgePlan` does. */
export function sectionsOf(report: Report | PlanReport, reviews: Reviews = nobody): readonly Section[] {
  const view = viewOf(report);
  return [metricsSection(view), apartFromMetrics(report), peopleSection(view.candidates.map(({ name }) => name), reviews)].flatMap((section) => section ?? []);
}

/** The same where the metrics that are judged together have been said already. */
export function apartFromMetrics(report: Report | PlanReport): readonly Section[] {
  const view = viewOf(report);
  return [movedSection(report), systemMessagesSection(report), looksSection(report), slicesSection(view), labelsSection(view), perplexitySection(view), usageSection(view), ...ofPlan(report)].flatMap((section) => section ?? []);
}

/** What the panel has no picture of its own for: system messages that nothing was learned under, how often the test file was looked at, how likely the references are, what a judge says, whether something else broke, and when tuning pays. */
export function inWords(report: Report | PlanReport): readonly Section[] {
  return [systemMessagesSection(report), looksSection(report), perplexitySection(viewOf(report)), ...ofPlan(report)].flatMap((section) => section ?? []);
}

function ofPlan(report: Report | PlanReport): readonly (Section | undefined)[] {
  return report.version === 2 ? [judgeSection(report), guardRailSection(report), breakEvenSection(report)] : [];
}
