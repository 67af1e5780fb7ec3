import { curveOf, validationLossOf } from "../training-curve.ts";
import { sources, type Advice, type Training } from "./advice.ts";
import { atStep, figure } from "./level.ts";

/** The checkpoint that does best on held-out records, by its own measurement or by the curve at its step; undefined where fewer than two are measured. */
export function bestCheckpoint({ job, curves, checkpoints }: Training): Advice | undefined {
  const byReward = job.method === "rft";
  const curve = byReward ? curveOf(curves, "valid_mean_reward") : validationLossOf(curves);
  const name = byReward ? "validation reward" : "validation loss";
  const names = byReward ? ["valid_mean_reward"] : ["full_valid_loss", "valid_loss"];
  // Checkpoints are compared by one measure only, the first that all of them could have.
  const measuredBy = (own: string) => checkpoints.flatMap(({ step, model, metrics }) => (metrics[own] === undefined ? [] : [{ step, model, value: metrics[own] }]));
  const byCurve = checkpoints.flatMap(({ step, model }) => curve?.points.filter((point) => point.step === step).map(({ value }) => ({ step, model, value })) ?? []);
  const measured = [...names.map(measuredBy), byCurve].reduce((most, each) => (each.length > most.length ? each : most)).sort((one, other) => one.step - other.step);
  const last = measured.at(-1);
  if (!last || measured.length < 2) return undefined;
  const best = measured.reduce((found, each) => ((byReward ? each.value > found.value : each.value < found.value) ? each : found));
  const evidence = measured.map(({ step, value }) => ({ name, value, step }));
  const rule = "Compare several checkpoints and not only the last: an earlier one may be from before the overfitting.";
  if (best.step === last.step) return { sign: "best-checkpoint", gravity: "good", title: "The last checkpoint is the best", text: `Of ${measured.length} checkpoints the last, at ${atStep(last.step)}, has the ${byReward ? "highest" : "lowest"} ${name}: ${figure(last.value)}.`, evidence, rule, source: sources.microsoft };
  return {
    sign: "best-checkpoint", gravity: "note", title: `The checkpoint at ${atStep(best.step)} is better than the last`,
    text: `Its ${name} is ${figure(best.value)}, that of the last, at ${atStep(last.step)}, ${figure(last.value)}. Evaluate ${best.model} before you use the last.`,
    evidence, rule, source: sources.microsoft,
  };
}
