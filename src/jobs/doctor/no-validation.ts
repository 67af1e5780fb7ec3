import { curveOf, validationLossOf } from "../training-curve.ts";
import { sources, type Advice, type Training } from "./advice.ts";

/** A training without held-out records: what it learned by heart cannot be told from what it understood. Silent before the first measurement. */
export function noValidation({ job, curves }: Training): Advice | undefined {
  const points = curveOf(curves, "train_loss")?.points ?? [];
  if (job.method === "rft" || job.validationFile !== undefined || validationLossOf(curves) || points.length < 2) return undefined;
  return {
    sign: "no-validation", gravity: "note", title: "Nothing was held out",
    text: "Without a validation file a training loss cannot tell learning by heart from learning: overfitting would not show, and checkpoints cannot be compared.",
    evidence: [{ name: "validation records", value: 0 }, { name: "measurements of the training loss", value: points.length }],
    rule: "The overfitting ratio is validation loss over training loss: it needs both.",
    source: sources.microsoft,
    change: { text: "Hold a part of the records out: give the launch file a validation file or a split." },
  };
}
