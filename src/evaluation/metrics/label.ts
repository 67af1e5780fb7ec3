import * as z from "zod";
import { foldLabel } from "./text/fold-label.ts";
import type { Metric } from "./metric.ts";
import { parameterised } from "./parameterised.ts";

function match(labels: readonly string[] | undefined): Omit<Metric, "id"> {
  const known = labels && new Set(labels.map(foldLabel));
  return {
    title: "Same label",
    explanation: `An answer is right when it is the reference's label; letter case, and white space, quotes and full stops around it are not counted.${known ? ` Answers besides the ${known.size} labels are wrong.` : ""}`,
    kind: "pass-fail",
    measure: (answer, reference) => Number(foldLabel(answer) === foldLabel(reference)),
    unsuited: (reference) => (known?.has(foldLabel(reference)) ?? true ? undefined : "the reference is none of the labels"),
  };
}

/** An answer is right when it is the label that the reference is. */
export const labelMetric: Metric = { id: "label", ...match(undefined) };

/** The same, of labels that are declared: the report then counts them, and no others, as classes. */
export const declaredLabelMetric = parameterised({
  id: "label",
  explanation: "An answer is right when it is the reference's label. Labels that are declared are the classes of precision, recall, F1 and the confusion matrix, in their order; all other answers are “(other)”.",
  parameters: { labels: z.array(z.string().min(1).max(200)).min(2).max(200).meta({ description: "All labels, in the order in which tables show them." }) },
  faults({ labels }) {
    const folded = labels.map(foldLabel);
    const same = folded.findIndex((label, index) => folded.indexOf(label) < index);
    return same < 0 ? [] : [{ key: "labels", message: `The labels ${JSON.stringify(labels[folded.indexOf(folded[same] ?? "")])} and ${JSON.stringify(labels[same])} are the same but for letter case, quotes, full stops or white space.` }];
  },
  create: ({ labels }) => match(labels),
});
