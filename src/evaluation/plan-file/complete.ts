import { placeOf, type Completion, type Suggestion } from "../../dataset/jsonc-completion.ts";
import { valueAt } from "../../dataset/jsonc-stretch.ts";
import { plain } from "../../dataset/markdown-text.ts";
import { metrics as known } from "../metrics/index.ts";
import type { Metric } from "../metrics/metric.ts";
import { explainModel } from "./explain.ts";
import { parsePlan } from "./parse.ts";
import type { PlanService } from "./surroundings.ts";

/** What a plan's own schema cannot know: services, their models and the workspace's datasets; and, where `metrics` is true because nobody else offers what the schema has, metrics. */
export function completePlan(text: string, offset: number, { services, files, metrics = false }: { readonly services: readonly PlanService[]; readonly files: readonly string[]; readonly metrics?: boolean }): Completion {
  const { path, isKey, stretch } = placeOf(text, offset);
  if (isKey) return { stretch, suggestions: [] };
  const place = path.map((part) => (typeof part === "number" ? "*" : part)).join(".");
  const suggest = (): readonly Suggestion[] => {
    if (place === "candidates.*.service") return services.map(({ id, title }) => ({ kind: "service", label: id, insert: JSON.stringify(id), detail: title }));
    if (place === "candidates.*.model") return models(services.find(({ id }) => id === serviceAt(text, offset)));
    if (place === "test" || place === "test.dataset" || place === "training") return files.map((file) => ({ kind: "file", label: file, insert: JSON.stringify(file) }));
    if (place === "metric" && metrics) return metricSuggestions(known.filter(({ kind }) => kind === "pass-fail"));
    if (place === "metrics.*" && metrics) return metricSuggestions(known);
    return [];
  };
  return { stretch, suggestions: suggest() };
}

/** The service of the candidate in which a place of the text is. */
export function serviceAt(text: string, offset: number): string | undefined {
  const [first, index] = placeOf(text, offset).path;
  if (first !== "candidates" || typeof index !== "number") return undefined;
  const value = valueAt(parsePlan(text).tree, ["candidates", index, "service"]);
  return typeof value === "string" ? value : undefined;
}

function models(service: PlanService | undefined): readonly Suggestion[] {
  return (service?.models ?? []).map((model) => ({ kind: "model", label: model.id, insert: JSON.stringify(model.id), detail: model.title ?? (model.base ? "base model" : "tuned"), ...(service ? { documentation: explainModel(model.id, service) } : {}) }));
}

function metricSuggestions(offered: readonly Metric[]): readonly Suggestion[] {
  return offered.map(({ id, title, explanation }) => ({ kind: "value", label: id, insert: JSON.stringify(id), detail: title, documentation: plain(explanation) }));
}
