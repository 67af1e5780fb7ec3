import { curveOf, validationLossOf } from "../training-curve.ts";
import { sources, type Advice, type Training } from "./advice.ts";
import { changeEpochs } from "./change.ts";
import { atStep, figure, isFilled, levelsOf, lowest, widthOf } from "./level.ts";

const fewestPoints = 8;
const leastFall = 0.05;
const alreadyKnown = 0.1;

/** A training that ended while its loss still fell, and that was not harmful yet. Only of one that came to its end. */
export function tooFewSteps({ job, curves }: Training): Advice | undefined {
  const points = curveOf(curves, "train_loss")?.points ?? [];
  if (job.method === "rft" || job.status !== "succeeded" || points.length < fewestPoints) return undefined;
  const levels = levelsOf(points, widthOf(points, 3));
  const before = levels[Math.floor((levels.length - 1) * 0.75)];
  const last = levels.at(-1);
  if (!before || !last || before.value < alreadyKnown) return undefined;
  const fall = 1 - last.value / before.value;
  const held = validationLossOf(curves)?.points ?? [];
  const risen = isFilled(held) && held.length > 1 && lowest(held).step !== held.at(-1)?.step;
  if (fall < leastFall || risen) return undefined;
  return {
    sign: "too-few-steps", gravity: "note", title: "It ended while it was still learning",
    text: `In the last quarter the training loss fell by ${Math.round(fall * 100)} %, from ${figure(before.value)} to ${figure(last.value)} at ${atStep(last.step)}${held.length > 1 ? ", and the validation loss was lowest at the end" : ""}. More steps would probably have taught it more.`,
    evidence: [{ name: "training loss a quarter before the end", value: before.value, step: before.step }, { name: "training loss at the end", value: last.value, step: last.step }, { name: "share by which it fell", value: fall }],
    rule: "A model that does not follow its training data enough wants 1 or 2 epochs more. What counts as still learning is Tunesmith's own threshold: a fall of 5 % in the last quarter.",
    source: sources.openai,
    change: changeEpochs(job.hyperparameters, "more", (from) => from + 1),
  };
}
