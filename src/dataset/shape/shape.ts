import type { Amount } from "./split.ts";
import type { Strata } from "./strata.ts";

/** What is done with datasets as a whole; each record that is kept keeps its bytes, but for the keys that are renamed. */
export type Shape = Split | Selection | Shuffle | Filter | Rename | Merge | Approved | Deduplicate;

/** Parts for training and for what is kept back: each in proportion of the strata, with records that belong together in one. */
export interface Split {
  readonly kind: "split";
  readonly heldOut: readonly Amount[];
  readonly seed: number;
  readonly strata: Strata;
  /** From which Jaccard similarity records are kept together as nearly equal. */
  readonly similarity: number;
  /** A list of the hashes that were kept back before: where it is there, those records are kept back and no others; where not, it is written. */
  readonly frozen?: string;
}

/** Some of the records, in their order: so many, or no more than so many of each stratum, or than the rarest has. */
export interface Selection {
  readonly kind: "sample" | "balance";
  /** Of `balance` a number of records, or nothing. */
  readonly amount?: Amount;
  readonly seed: number;
  readonly strata: Strata;
}

export interface Shuffle {
  readonly kind: "shuffle";
  readonly seed: number;
}

/** The records for which a condition holds. */
export interface Filter {
  readonly kind: "filter";
  readonly where: string;
}

/** `old=new` pairs. */
export interface Rename {
  readonly kind: "rename";
  readonly keys: string;
}

/** Of records that are equal or nearly equal the first. */
export interface Deduplicate {
  readonly kind: "deduplicate";
  /** From which Jaccard similarity records are nearly equal. */
  readonly similarity: number;
}

/** The records that reviewers have approved as they are, and none has rejected. */
export interface Approved {
  readonly kind: "approved";
}

/** One file after the other; each record once, where that is asked for. */
export interface Merge {
  readonly kind: "merge";
  readonly unique: boolean;
}
