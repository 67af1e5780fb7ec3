import type { ShapeRequest } from "./shape-files.ts";

/** Where the parts of a dataset are written. */
export interface SplitParts {
  readonly training: string;
  readonly validation: string;
}

/** Which records are kept back for validation. */
export interface HoldOut {
  /** The share of the records, between 0 and 1. */
  readonly share: number;
  /** Another seed keeps others back. */
  readonly seed: number;
}

/** From which Jaccard similarity records are kept together, as the rule `near-duplicate` measures it. */
const similarity = 0.8;

/** What writes a dataset in two parts: what is learned, and what is kept back. Each label is in both in proportion, and what belongs together is in one. */
export function splitInTwo(path: string, { training, validation }: SplitParts, { share, seed }: HoldOut): ShapeRequest {
  return { inputs: [path], outs: [training, validation], isPreview: false, shape: { kind: "split", heldOut: [{ share }], seed, strata: "label", similarity } };
}
