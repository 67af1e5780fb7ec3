import type { Advice, Change, Gravity, Training } from "./advice.ts";
import { bestCheckpoint } from "./best-checkpoint.ts";
import { diverging } from "./diverging.ts";
import { noValidation } from "./no-validation.ts";
import { overfitting } from "./overfitting.ts";
import { rewardGap } from "./reward-gap.ts";
import { stalled } from "./stalled.ts";
import { tooFewSteps } from "./too-few-steps.ts";

const signs = [diverging, overfitting, rewardGap, stalled, tooFewSteps, bestCheckpoint, noValidation] as const;
const order: readonly Gravity[] = ["serious", "warning", "note", "good"];

/** Everything that is to be said of a training, the gravest first. Of one that diverges, what else its curves seem to say is not said. */
export function examine(training: Training): readonly Advice[] {
  const said = signs.flatMap((sign) => sign(training) ?? []);
  const heard = said.some(({ sign }) => sign === "diverging") ? said.filter(({ sign }) => sign === "diverging" || sign === "best-checkpoint") : said;
  return [...heard].sort((one, other) => order.indexOf(one.gravity) - order.indexOf(other.gravity));
}

/** The one change for the next run: what the gravest advice asks for. Two at once would not tell which of them helped. Source: Microsoft's fine-tuning skill, "change one variable per experiment". */
export function nextChange(advice: readonly Advice[]): Change | undefined {
  return advice.find(({ change }) => change)?.change;
}
