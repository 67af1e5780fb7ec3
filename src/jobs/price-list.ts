import type { TuningMethod } from "./method.ts";

/** What one model costs to train. */
export interface ModelPrice {
  /** The model as people know it. */
  readonly title: string;
  /** Matches the model's id, and that of what was tuned from it. */
  readonly model: RegExp;
  /** All methods where it is left out. */
  readonly methods?: readonly TuningMethod[];
  /** For a million tokens that are trained on, or for an hour of training. */
  readonly per: "million-tokens" | "hour";
  readonly amount: number;
}

/** A service's prices as it published them, for a service that cannot be asked. */
export interface PriceList {
  /** ISO 4217. */
  readonly currency: string;
  /** Where they stand, and the day they were read (YYYY-MM-DD). */
  readonly source: string;
  readonly dated: string;
  readonly models: readonly ModelPrice[];
  /** What questions cost by batch, as a share of what they cost one by one; undefined where the list does not say. */
  readonly batchShare?: number;
}

/** The price of a model for a method; undefined where the list has none. */
export function priceOf({ models }: PriceList, model: string, method: TuningMethod): ModelPrice | undefined {
  const base = model.replace(/^ft:/, "");
  return models.find((each) => each.model.test(base) && (each.methods?.includes(method) ?? true));
}
