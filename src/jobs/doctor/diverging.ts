import { isFinished } from "../job.ts";
import { curveOf } from "../training-curve.ts";
import { sources, type Advice, type Training } from "./advice.ts";
import { changeLearningRate } from "./change.ts";
import { atStep, figure, isFilled, levelsOf, lowest, widthOf } from "./level.ts";

const fewestPoints = 10;
const steepest = 1.5;
const mostLost = 0.5;

/** A training loss that rose and did not come back. In reinforcement the loss says nothing of the kind. */
export function diverging({ job, curves }: Training): Advice | undefined {
  const points = curveOf(curves, "train_loss")?.points ?? [];
  if (job.method === "rft" || points.length < fewestPoints) return undefined;
  const levels = levelsOf(points, widthOf(points, 3));
  const [first, last] = [levels[0], levels.at(-1)];
  if (!first || !last || !isFilled(levels)) return undefined;
  const best = lowest(levels);
  // A loss near zero doubles without meaning: it also has to have lost most of the way that it came.
  if (last.value < best.value * steepest || last.value - best.value < (first.value - best.value) * mostLost) return undefined;
  return {
    sign: "diverging", gravity: "serious",
    title: isFinished(job) ? "The training diverged" : "The training is diverging",
    text: `The training loss was ${figure(best.value)} around ${atStep(best.step)} and is ${figure(last.value)} at ${atStep(last.step)}. A loss that rises and does not come back means that the steps are too large, or that the data has a part that spoils what was learned.`,
    evidence: [{ name: "training loss at its lowest", value: best.value, step: best.step }, { name: "training loss at the end", value: last.value, step: last.step }, { name: "rise", value: last.value - best.value }],
    rule: "Spikes that come back are harmless, a rise that does not is divergence. What counts as such a rise is Tunesmith's own threshold: the median of the last tenth is 1.5 times the lowest, and half of what was gained is lost.",
    source: sources.bekman,
    change: changeLearningRate(job.hyperparameters, 0.5),
  };
}
