import { span as timeSpan } from "./describe-job.ts";
import type { Estimate, EstimatedPrice } from "./estimate.ts";
import type { Span } from "./span.ts";

/** One fact of an estimate: what it is, what it is said to be, and what that rests on. */
export interface EstimateLine {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

/** An estimate for a reader: one line a fact, in the order in which they matter. */
export function describeEstimate(estimate: Estimate): readonly EstimateLine[] {
  const { records, exact, withMore, longest, limit, cut, validation, epochs, trainedTokens, steps, time, hourly } = estimate;
  return [
    { name: "Records", value: number(records), ...(validation ? { note: `${number(validation.records)} for validation, ${tokens(validation.tokens)} tokens` } : {}) },
    { name: "Tokens", value: tokens(estimate.tokens), note: tokensNote(exact, withMore) },
    ...(longest ? [{ name: "Longest record", value: `${number(longest.tokens)} tokens`, note: `line ${longest.line + 1}` }] : []),
    ...(limit === undefined ? [] : [{ name: "Truncated records", value: number(cut.records), note: cut.records === 0 ? `none has more than ${number(limit)} tokens` : `more than ${number(limit)} tokens: ${cut.first.map(({ line }) => `line ${line + 1}`).slice(0, 5).join(", ")}${cut.records > 5 ? ", …" : ""}` }]),
    epochs ? { name: "Epochs", value: number(epochs.number), note: epochs.by === "user" ? "as chosen" : "by the service's own rule" } : { name: "Epochs", value: steps === undefined ? "the service's own choice" : "as many as the steps take" },
    ...(trainedTokens ? [{ name: "Tokens trained on", value: tokens(trainedTokens) }] : []),
    { name: "Steps", value: steps === undefined ? "as many as the service's batches take" : number(steps) },
    time ? { name: "Time", value: times(time), note: time.basis } : { name: "Time", value: "not known", note: "no earlier job of this model here tells it" },
    hourly ? { name: "Price", value: `${money(hourly.amount, hourly.currency)} for each hour of training`, note: `${hourly.source}, read on ${hourly.dated}` } : estimate.free ? { name: "Price", value: "nothing but electricity" } : priceLine(estimate.price),
  ];
}

/** A price as people say it: `$0.07 to $0.11`, `at most $5.00`. */
export function prices({ least, most, currency }: Pick<EstimatedPrice, "least" | "most" | "currency">): string {
  const [from, to] = [money(least, currency), money(most, currency)];
  if (least === 0 && most > 0) return `at most ${to}`;
  return from === to ? from : `${from} to ${to}`;
}

/** A span of tokens: `23,904`, or `about 20,300 to 31,100`. */
export function tokens({ least, most }: Span): string {
  return least === most ? number(least) : `about ${number(rounded(least))} to ${number(rounded(most))}`;
}

function times({ least, most }: Span): string {
  const [from, to] = [timeSpan(least), timeSpan(most)];
  return from === to ? from : `${from} to ${to}`;
}

function tokensNote(exact: boolean, withMore: number): string {
  const how = exact ? "counted with the model's own tokenizer" : "an estimate: the model has a tokenizer of its own";
  return withMore === 0 ? how : `${how}; tools or pictures of ${number(withMore)} ${withMore === 1 ? "record" : "records"} come on top`;
}

function priceLine(price: EstimatedPrice | undefined): EstimateLine {
  if (!price) return { name: "Price", value: "not known" };
  return { name: "Price", value: prices(price), note: price.by === "provider" ? "the provider says so of this job" : `${price.source}, read on ${price.dated}` };
}

function number(value: number): string {
  return value.toLocaleString("en");
}

/** To three digits: more would pretend to know. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return amount > 0 && amount < 0.01 ? `less than ${format.format(0.01)}` : format.format(amount);
}
