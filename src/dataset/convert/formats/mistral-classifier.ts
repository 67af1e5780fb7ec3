import type { SourceFormat } from "../format.ts";
import { Refusal } from "../loss.ts";

/** A text and its labels: a classifier learns them, and nobody says anything in them. */
export const mistralClassifier: SourceFormat = {
  id: "mistral-classifier",
  read() {
    throw new Refusal("it is a text with labels for a classifier, in which nobody answers");
  },
};
