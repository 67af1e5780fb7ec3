import { curveOf, validationLossOf } from "../training-curve.ts";
import { sources, type Advice, type Evidence, type Gravity, type Training } from "./advice.ts";
import { trainLess } from "./change.ts";
import { atStep, figure, isFilled, levelsOf, lowest, widthOf } from "./level.ts";

const bands: readonly { readonly from: number; readonly gravity: Gravity; readonly title: string }[] = [
  { from: 2, gravity: "serious", title: "Severe overfitting" },
  { from: 1.5, gravity: "warning", title: "Moderate overfitting" },
  { from: 1.2, gravity: "note", title: "Mild overfitting" },
];
const mostRisen = 1.2;
/** A loss of nothing has no ratio. */
const leastLoss = 1e-6;
const rule = "Validation loss over training loss: below 1.2 is healthy, to 1.5 mild, to 2 moderate, above 2 severe overfitting; and a last validation loss above 1.2 times the best is a warning.";

/** What the losses on learned and on held-out records say together: overfitting, or that all is well. Undefined before both are measured twice. */
export function overfitting({ job, curves }: Training): Advice | undefined {
  const measured = validationLossOf(curves)?.points ?? [];
  const learned = curveOf(curves, "train_loss")?.points ?? [];
  if (job.method === "rft" || measured.length < 2 || !isFilled(measured)) return undefined;
  // Single batches scatter; the whole set does not.
  const held = levelsOf(measured, widthOf(measured, 1));
  const last = held.at(-1);
  const seen = learned.filter(({ step }) => step <= (last?.step ?? 0));
  const train = levelsOf(seen, widthOf(seen, 1)).at(-1);
  if (!last || !train || !isFilled(held)) return undefined;
  const best = lowest(held);
  if (train.value < leastLoss || best.value < leastLoss) return undefined;
  const [ratio, rise] = [last.value / train.value, last.value / best.value];
  const evidence: readonly Evidence[] = [
    { name: "validation loss", value: last.value, step: last.step }, { name: "training loss", value: train.value, step: train.step }, { name: "ratio", value: ratio },
    { name: "validation loss at its lowest", value: best.value, step: best.step },
  ];
  const compared = `At ${atStep(last.step)} the validation loss is ${figure(last.value)}, ${figure(ratio)} times the training loss of ${figure(train.value)}`;
  const band = bands.find(({ from }) => ratio > from) ?? (rise > mostRisen ? { gravity: "warning" as const, title: "Overfitting" } : undefined);
  if (!band) return { sign: "healthy", gravity: "good", title: "It learns what also holds for records that it has not seen", text: `${compared}.`, evidence, rule, source: sources.microsoft };
  if (best.step === last.step) {
    const text = `${compared}: it knows its training records better than others. The validation loss is at its lowest, though, so what it has learned still helps.`;
    return { sign: "overfitting", gravity: milder(band.gravity), title: `${band.title}, without harm so far`, text, evidence, rule, source: sources.microsoft };
  }
  const risen = rise > mostRisen;
  return {
    sign: "overfitting", gravity: risen ? graver(band.gravity) : band.gravity, title: band.title,
    text: `${compared}. It was lowest, ${figure(best.value)}, at ${atStep(best.step)}${risen ? ` and has risen by ${Math.round((rise - 1) * 100)} % since` : ""}: from there on the model learned its records by heart.`,
    evidence, rule, source: sources.microsoft, // As many epochs as there were until the best step.
    change: trainLess(job.hyperparameters, (from) => Math.round((from * best.step) / last.step)),
  };
}

const milder = (gravity: Gravity): Gravity => (gravity === "serious" ? "warning" : "note");
const graver = (gravity: Gravity): Gravity => (gravity === "serious" ? "serious" : "warning");
