import { isFinished } from "../job.ts";
import { curveOf } from "../training-curve.ts";
import { sources, type Advice, type Training } from "./advice.ts";
import { changeLearningRate } from "./change.ts";
import { atStep, figure, levelsOf, widthOf } from "./level.ts";

const fewestPoints = 10;
const fewestWhileRunning = 30;
const leastFall = 0.05;
/** Who begins so low has nothing left to learn. */
const alreadyKnown = 0.1;

/** A training loss that does not fall. */
export function stalled({ job, curves }: Training): Advice | undefined {
  const points = curveOf(curves, "train_loss")?.points ?? [];
  if (job.method === "rft" || points.length < (isFinished(job) ? fewestPoints : fewestWhileRunning)) return undefined;
  const levels = levelsOf(points, widthOf(points, 3));
  const [first, last] = [levels[0], levels.at(-1)];
  if (!first || !last || first.value < alreadyKnown) return undefined;
  const fall = 1 - last.value / first.value;
  if (Math.abs(fall) >= leastFall || levels.some(({ value }) => Math.abs(1 - value / first.value) >= 2 * leastFall)) return undefined;
  return {
    sign: "stalled", gravity: "warning", title: isFinished(job) ? "It hardly learned anything" : "It hardly learns anything",
    text: `The training loss was ${figure(first.value)} around ${atStep(first.step)} and is ${figure(last.value)} at ${atStep(last.step)}: a change of ${Math.round(Math.abs(fall) * 1000) / 10} %.`,
    evidence: [{ name: "training loss at the beginning", value: first.value, step: first.step }, { name: "training loss at the end", value: last.value, step: last.step }, { name: "share by which it fell", value: fall }],
    rule: "A training that does not converge wants a higher learning rate. What counts as not converging is Tunesmith's own threshold: less than 5 % between the medians of the first and the last tenth.",
    source: sources.openai,
    change: changeLearningRate(job.hyperparameters, 2),
  };
}
