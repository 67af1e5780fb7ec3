import type { TuningMethod } from "./method.ts";
import type { PriceList } from "./price-list.ts";

/** What tokens that stand in every record cost, by the models of a list; sums of money in the list's currency, the cheapest model first. */
export interface ConstantPrice {
  readonly trained: number;
  readonly epochs: number;
  readonly models: readonly { readonly title: string; readonly price: number }[];
  readonly currency: string;
  readonly source: string;
  readonly dated: string;
}

/** The price of text that all records share: its tokens, once for each record and epoch, at what a model's tokens cost. Undefined where the list bills no tokens for the method. */
export function constantPrice({ tokens, records, epochs }: { readonly tokens: number; readonly records: number; readonly epochs: number }, { currency, source, dated, models }: PriceList, method: TuningMethod): ConstantPrice | undefined {
  const trained = tokens * records * epochs;
  const billed = models.filter(({ per, methods }) => per === "million-tokens" && (methods?.includes(method) ?? true));
  if (billed.length === 0) return undefined;
  return { trained, epochs, currency, source, dated, models: billed.map(({ title, amount }) => ({ title, price: (trained / 1e6) * amount })).sort((a, b) => a.price - b.price) };
}
