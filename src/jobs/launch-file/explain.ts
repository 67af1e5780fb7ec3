import { plain } from "../../dataset/markdown-text.ts";
import { methodTitles } from "../method.ts";
import { priceOf } from "../price-list.ts";
import { methodsOf, rangeOf, type Choice, type Hyperparameter, type Tuning } from "../tuning.ts";
import type { JsoncPath } from "../../dataset/jsonc-stretch.ts";
import type { KnownService } from "./problem.ts";
import type { LaunchFile } from "./schema.ts";

/** What stands at a place of a launch file, in Markdown, as the service at which it is to start has it; undefined where nothing is to say. */
export function explain([first, second]: JsoncPath, { model, method = "sft" }: Partial<Pick<LaunchFile, "model" | "method">>, service: KnownService): string | undefined {
  const { title, tuning } = service;
  if (first === "service") return `**${plain(title)}**\n\n${tuning.destination} ${tuning.price}`;
  if (first === "method") return `**${methodTitles[method]}**\n\n${plain(title)} offers ${methodsOf(tuning).map((each) => `\`${each.method}\` (${methodTitles[each.method]})`).join(", ")}.`;
  if (first === "model" && model !== undefined) return explainModel(model, method, service);
  if (second === undefined) return undefined;
  const offer = first === "hyperparameters" ? methodsOf(tuning).find((each) => each.method === method) : first === "compute" && tuning.compute ? { hyperparameters: tuning.compute.numbers, choices: tuning.compute.choices } : undefined;
  const found = [...(offer?.hyperparameters ?? []), ...(offer?.choices ?? [])].find(({ name }) => name === second);
  return found && explainChoice(found, service);
}

/** A hyperparameter or choice, in Markdown: what it does, what is taken, and what happens without it. */
export function explainChoice(choice: Hyperparameter | Choice, { title, tuning }: Pick<KnownService, "title" | "tuning">): string {
  const taken = "values" in choice ? choice.values.map((value) => `\`${JSON.stringify(value)}\``).join(", ") : rangeOf(choice);
  return [`**${choice.title}**`, choice.explanation, `${plain(title)} takes ${taken}. Left out, it is ${choice.usual}.`, ...sourceOf(tuning)].join("\n\n");
}

function sourceOf({ source }: Tuning): string[] {
  return source === undefined ? [] : [`[Source](${source})`];
}

function explainModel(model: string, method: NonNullable<LaunchFile["method"]>, { title, tuning, models }: KnownService): string {
  const listed = models?.find(({ id }) => id === model);
  const price = tuning.prices && priceOf(tuning.prices, model, method);
  return [
    `**${plain(listed?.title ?? model)}**`,
    models === undefined ? `${plain(title)} has not been asked for its models.` : listed ? `${plain(title)} lists it${listed.base ? "" : " as tuned already"}.` : `${plain(title)} does not list it.`,
    listed?.contextLength === undefined ? "" : `Its context holds ${listed.contextLength.toLocaleString("en")} tokens.`,
    listed?.shutdownDate === undefined ? "" : `It is shut down on ${plain(listed.shutdownDate)}.`,
    tuning.prices && price ? `${price.amount} ${tuning.prices.currency} for ${price.per === "hour" ? "an hour of training" : "a million tokens that are trained on"} ([source](${tuning.prices.source}), read on ${tuning.prices.dated}).` : "",
  ].filter((line) => line !== "").join("\n\n");
}
