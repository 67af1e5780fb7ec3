/** Whether a prediction has the same code points as its reference: nothing is trimmed or folded here. */
export function exactMatch({ prediction, reference }: { prediction: string; reference: string }): { match: boolean } {
  return { match: prediction === reference };
}
