import { findTarget } from "../dataset/targets/index.ts";
import type { TargetName } from "../dataset/targets/target.ts";
import type { HyperparameterValue } from "./tuning.ts";

/** Models that take shorter records than the others of their target. Source: OpenAI's fine-tuning best practices, "Token limits". */
const shorter: readonly { readonly model: RegExp; readonly limit: number }[] = [
  { model: /^gpt-3\.5-turbo-0613/, limit: 4096 },
  { model: /^gpt-(3\.5|35)-turbo/, limit: 16_385 },
];

/** What services call the longest record that is learnt whole. */
const names = ["max_seq_length", "max_length", "context_length", "maxContextLength", "max_context_length"] as const;

/** The most tokens of a record of which nothing is lost, by the target, the model, what was chosen, the service and the model's context; undefined where none is known. */
export function tokenLimit(target: TargetName | undefined, model: string, hyperparameters: Readonly<Record<string, HyperparameterValue>>, { longestRecord, contextLength }: { readonly longestRecord?: number; readonly contextLength?: number } = {}): number | undefined {
  const chosen = names.map((name) => hyperparameters[name]).find((value) => typeof value === "number");
  const [id = "", method = ""] = target?.split("/") ?? [];
  const known = [chosen, shorter.find((each) => each.model.test(model.replace(/^ft:/, "")))?.limit ?? findTarget(id, method)?.tokens?.limit, longestRecord, contextLength].filter((limit) => limit !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
