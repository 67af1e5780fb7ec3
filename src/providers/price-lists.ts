import type { Target } from "../dataset/targets/target.ts";
import type { PriceList } from "../jobs/price-list.ts";
import { openAiPrices } from "./openai/prices.ts";

/** The published prices of a target's provider, where a list of them is known. */
export function priceListOf({ id }: Pick<Target, "id">): PriceList | undefined {
  return id === "openai" ? openAiPrices : undefined;
}
