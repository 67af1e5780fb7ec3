import type { JsoncPath } from "../../dataset/jsonc-stretch.ts";
import { plain } from "../../dataset/markdown-text.ts";
import { findMetric, parameterisedOf } from "../metrics/index.ts";
import type { PlanService } from "./surroundings.ts";

/** What stands at a place of a plan, in Markdown, beside what its schema says of every plan; undefined where nothing is to say. `value` is what is written there. */
export function explainPlan([first, , key]: JsoncPath, value: unknown, service: PlanService | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  if (first === "metric" || (first === "metrics" && key === undefined)) {
    const metric = findMetric(value);
    return metric && `**${plain(metric.title)}**\n\n${plain(metric.explanation)}`;
  }
  if (first === "metrics" && key === "metric") return parameterisedOf(value)?.explanation;
  if (first !== "candidates" || !service) return undefined;
  if (key === "service") return `**${plain(service.title)}**\n\n${service.models ? `It lists ${service.models.length.toLocaleString("en")} models.` : "It has not been asked for its models."}`;
  return key === "model" ? explainModel(value, service) : undefined;
}

/** What a service says of a model, in Markdown. */
export function explainModel(id: string, { title, models }: PlanService): string {
  const listed = models?.find((each) => each.id === id);
  return [
    `**${plain(listed?.title ?? id)}**`,
    models === undefined ? `${plain(title)} has not been asked for its models.` : listed ? `${plain(title)} lists it${listed.base ? "" : " as tuned"}.` : `${plain(title)} does not list it.`,
    listed?.contextLength === undefined ? "" : `Its context holds ${listed.contextLength.toLocaleString("en")} tokens.`,
    listed?.shutdownDate === undefined ? "" : `It is shut down on ${plain(listed.shutdownDate)}.`,
  ].filter((line) => line !== "").join("\n\n");
}
