import type { Place } from "../dataset/insight/insights.ts";
import type { ConstantPrice } from "./constant-price.ts";

const names: Readonly<Record<Place, { readonly whole: string; readonly part: string }>> = {
  system: { whole: "All records have the same system prompt", part: "All system prompts share text" },
  question: { whole: "All records ask the same first question", part: "What the user says first shares text in all records" },
  definitions: { whole: "All records declare the same tools", part: "The definitions of tools share text in all records" },
};

/** What text that all records share costs, as a sentence. */
export function describeConstant({ place, isWhole, tokens }: { readonly place: Place; readonly isWhole: boolean; readonly tokens: number }, { records, epochs }: { readonly records: number; readonly epochs: number }, price: ConstantPrice | undefined): string {
  const trained = tokens * records * epochs;
  const [cheapest, dearest] = [price?.models[0], price?.models.at(-1)];
  const costs = !price || !cheapest || !dearest ? "" : `: ${money(cheapest.price, price.currency)} for ${cheapest.title}, ${money(dearest.price, price.currency)} for ${dearest.title} (${price.source}, read on ${price.dated})`;
  return `${names[place][isWhole ? "whole" : "part"]}: ${tokens.toLocaleString("en")} tokens in each of ${records.toLocaleString("en")}, ${trained.toLocaleString("en")} over ${epochs} ${epochs === 1 ? "epoch" : "epochs"}${costs}.`;
}

function money(amount: number, currency: string): string {
  if (amount > 0 && amount < 0.01) return `less than 0.01 ${currency}`;
  return `${amount.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`;
}
