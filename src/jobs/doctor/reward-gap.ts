import { curveOf } from "../training-curve.ts";
import { sources, type Advice, type Training } from "./advice.ts";
import { trainLess } from "./change.ts";
import { atStep, figure, levelsOf, widthOf } from "./level.ts";

const widest = 0.1;

/** A model that pleases the grader on the records that it learns from, and less on others. Only of reinforcement. */
export function rewardGap({ job, curves }: Training): Advice | undefined {
  const held = curveOf(curves, "valid_mean_reward")?.points ?? [];
  const learned = curveOf(curves, "train_mean_reward")?.points ?? [];
  const last = levelsOf(held, widthOf(held, 1)).at(-1);
  const seen = learned.filter(({ step }) => step <= (last?.step ?? 0));
  const train = levelsOf(seen, widthOf(seen, 1)).at(-1);
  if (job.method !== "rft" || !last || !train) return undefined;
  const gap = train.value - last.value;
  if (gap <= widest) return undefined;
  return {
    sign: "reward-gap", gravity: "warning", title: "It pleases the grader on its own records only",
    text: `At ${atStep(last.step)} the reward is ${figure(train.value)} on training records and ${figure(last.value)} on validation records: a gap of ${figure(gap)}.`,
    evidence: [{ name: "training reward", value: train.value, step: train.step }, { name: "validation reward", value: last.value, step: last.step }, { name: "gap", value: gap }],
    rule: "A gap of more than 0.10 between the rewards of training and validation is a reason to stop.",
    source: sources.microsoft,
    change: trainLess(job.hyperparameters, (from) => from - 1),
  };
}
