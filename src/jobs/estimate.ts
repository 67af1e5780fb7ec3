import type { TokenCount } from "../dataset/insight/token-count.ts";
import type { Tokenizer } from "../dataset/insight/tokens.ts";
import type { TuningMethod } from "./method.ts";
import type { Pace } from "./pace.ts";
import { priceOf } from "./price-list.ts";
import type { PriceEstimate } from "./price.ts";
import type { Span } from "./span.ts";
import { chosenEpochs, plannedSteps, usualEpochs, type HyperparameterValue, type Tuning } from "./tuning.ts";

/** What is known before a job starts. Times are in milliseconds. */
export interface EstimateFacts {
  readonly model: string;
  readonly method: TuningMethod;
  readonly hyperparameters: Readonly<Record<string, HyperparameterValue>>;
  readonly tuning: Tuning;
  readonly tokenizer: Tokenizer;
  readonly training: TokenCount;
  readonly validation?: TokenCount;
  /** The most tokens of a record. */
  readonly limit?: number;
  /** What the provider says, where it was asked. */
  readonly told?: PriceEstimate;
  /** How many tokens a second earlier trainings of this model took here, or such a machine takes. */
  readonly pace?: Pace;
}

export interface EstimatedPrice extends Span {
  readonly currency: string;
  /** Who says so: the provider of this very job, or its list of prices. */
  readonly by: "provider" | "list";
  readonly source?: string;
  /** YYYY-MM-DD */
  readonly dated?: string;
}

/** What a job will take, as far as that is known. What is not known is left out, never guessed. */
export interface Estimate {
  readonly records: number;
  /** Of the file, once. */
  readonly tokens: Span;
  /** Whether they were counted with the model's own tokenizer. */
  readonly exact: boolean;
  /** Records with tools or pictures, whose tokens come on top. */
  readonly withMore: number;
  readonly longest?: TokenCount["longest"];
  readonly limit?: number;
  readonly cut: TokenCount["cut"];
  readonly validation?: { readonly records: number; readonly tokens: Span };
  readonly epochs?: { readonly number: number; /** Whose choice it is. */ readonly by: "user" | "service" };
  /** Over all epochs, each record cut at the limit. */
  readonly trainedTokens?: Span;
  readonly steps?: number;
  readonly time?: Span & { readonly basis: string };
  readonly price?: EstimatedPrice;
  readonly free?: true;
  /** For a training that is billed by the hour. */
  readonly hourly?: { readonly amount: number; readonly currency: string; readonly source: string; readonly dated: string };
  /** The provider refuses: the account may not spend so much. */
  readonly refused?: true;
}

/** Another tokenizer makes more or fewer tokens of the same text: so much, as a factor, between OpenAI's and those of Llama, Qwen and SmolLM on English text. */
const otherTokenizer: Span = { least: 0.85, most: 1.3 };

/** What a job will take. Pure arithmetic over what was counted and what the service says. */
export function estimate(facts: EstimateFacts): Estimate {
  const { training, validation, hyperparameters, tuning, tokenizer, limit, told } = facts;
  const uncertain = tokenizer.exact ? { least: 1, most: 1 } : otherTokenizer;
  const spanOf = (tokens: number): Span => around(tokens, uncertain);
  const epochs = epochsOf(facts);
  const steps = plannedSteps(training.records, hyperparameters, epochs?.number);
  const trainedTokens = told?.trainTokens === undefined ? trained(facts, epochs?.number, steps, uncertain) : { least: told.trainTokens, most: told.trainTokens };
  const price = priceFor(facts, trainedTokens);
  const listed = tuning.prices && priceOf(tuning.prices, facts.model, facts.method);
  return {
    records: training.records, tokens: spanOf(training.tokens), exact: tokenizer.exact, withMore: training.withMore, cut: training.cut,
    ...(training.longest ? { longest: training.longest } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(validation ? { validation: { records: validation.records, tokens: spanOf(validation.kept) } } : {}),
    ...(epochs ? { epochs } : {}),
    ...(trainedTokens ? { trainedTokens } : {}),
    ...(steps === undefined ? {} : { steps }),
    ...(trainedTokens && facts.pace ? { time: timeFor(trainedTokens, facts.pace) } : {}),
    ...(price ? { price } : {}),
    ...(tuning.free ? { free: tuning.free } : {}),
    ...(tuning.prices && listed?.per === "hour" ? { hourly: { amount: listed.amount, currency: tuning.prices.currency, source: tuning.prices.source, dated: tuning.prices.dated } } : {}),
    ...(told?.allowed === false ? { refused: true as const } : {}),
  };
}

function epochsOf({ hyperparameters, tuning, method, training }: EstimateFacts): Estimate["epochs"] {
  const chosen = chosenEpochs(hyperparameters);
  if (typeof hyperparameters["max_steps"] === "number") return undefined;
  if (chosen !== undefined) return { number: chosen, by: "user" };
  const usual = training.records > 0 ? usualEpochs(tuning, method, training.records) : undefined;
  return usual === undefined ? undefined : { number: usual, by: "service" };
}

function trained({ training, hyperparameters }: EstimateFacts, epochs: number | undefined, steps: number | undefined, uncertain: Span): Span | undefined {
  const batch = hyperparameters["batch_size"];
  const passes = epochs ?? (steps === undefined || typeof batch !== "number" || training.records === 0 ? undefined : (steps * batch) / training.records);
  return passes === undefined ? undefined : around(training.kept * passes, uncertain);
}

/** A number of tokens with its uncertainty; one number where there is none. */
function around(tokens: number, { least, most }: Span): Span {
  if (least === most) return { least: Math.round(tokens * least), most: Math.round(tokens * most) };
  return { least: Math.floor(tokens * least), most: Math.ceil(tokens * most) };
}

function priceFor({ told, tuning, model, method }: EstimateFacts, tokens: Span | undefined): EstimatedPrice | undefined {
  if (told?.price) return { least: told.price.amount, most: told.price.amount, currency: told.price.currency, by: "provider" };
  if (told?.most) return { least: 0, most: told.most.amount, currency: told.most.currency, by: "provider" };
  const { prices } = tuning;
  const listed = prices && priceOf(prices, model, method);
  if (!prices || listed?.per !== "million-tokens" || !tokens) return undefined;
  const amount = (number: number): number => (number * listed.amount) / 1e6;
  return { least: amount(tokens.least), most: amount(tokens.most), currency: prices.currency, by: "list", source: prices.source, dated: prices.dated };
}

function timeFor(tokens: Span, { tokensPerSecond, basis }: Pace): NonNullable<Estimate["time"]> {
  return { least: Math.floor((tokens.least / tokensPerSecond.most) * 1000), most: Math.ceil((tokens.most / tokensPerSecond.least) * 1000), basis };
}
