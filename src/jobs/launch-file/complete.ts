import type { Node } from "jsonc-parser";
import { methodsOf, type Choice, type Hyperparameter } from "../tuning.ts";
import { explain, explainChoice } from "./explain.ts";
import { placeOf, type Completion, type Suggestion } from "../../dataset/jsonc-completion.ts";
import type { JsoncPath, Stretch } from "../../dataset/jsonc-stretch.ts";
import { parseLaunchFile } from "./parse.ts";
import type { KnownService, Surroundings } from "./problem.ts";

/** What a launch file's own schema cannot know: services, models, files, clusters, and what a service leaves to choose. `files` are the workspace's datasets, as they are written. */
export function completeLaunchFile(text: string, offset: number, { services, clusters, files }: Pick<Surroundings, "services" | "clusters"> & { readonly files: readonly string[] }): Completion {
  const { path, isKey, stretch } = placeOf(text, offset);
  const { tree } = parseLaunchFile(text);
  const service = services.find(({ id }) => id === valueOf(tree, "service"));
  const suggestions = isKey ? names(path, tree, service, needsColon(text, stretch)) : values(path, tree, service, { services, clusters, files });
  return { stretch, suggestions };
}

function values(path: JsoncPath, tree: Node | undefined, service: KnownService | undefined, { services, clusters, files }: Parameters<typeof completeLaunchFile>[2]): Suggestion[] {
  const place = path.join(".");
  if (place === "service") return services.map(({ id, title, tuning }) => ({ kind: "service", label: id, insert: JSON.stringify(id), detail: title, documentation: `${tuning.destination} ${tuning.price}` }));
  if (place === "model") return (service?.models ?? []).filter(({ id, base, tunable }) => tunable ?? (base ? (service?.tuning.isTunable?.(id) ?? true) : service?.local !== true)).map(({ id, title, base }) => ({
    kind: "model", label: id, insert: JSON.stringify(id), detail: title ?? (base ? "base model" : "tuned already; goes on from there"), ...(service ? { documentation: explain(["model"], { model: id }, service) ?? "" } : {}),
  }));
  if (place === "method") return (service ? methodsOf(service.tuning) : []).map(({ method }) => ({ kind: "value", label: method, insert: JSON.stringify(method) }));
  if (/^(data\.(training|validation)|evaluation\.test)$/.test(place)) return files.map((file) => ({ kind: "file", label: file, insert: JSON.stringify(file) }));
  if (place === "compute.cluster") return clusters.map((cluster) => ({ kind: "cluster", label: cluster, insert: JSON.stringify(cluster) }));
  const { choices } = offerAt(path, tree, service);
  return (choices.find(({ name }) => path.length === 2 && name === path[1])?.values ?? []).map((value) => ({ kind: "value", label: String(value), insert: JSON.stringify(value) }));
}

function names(path: JsoncPath, tree: Node | undefined, service: KnownService | undefined, colon: boolean): Suggestion[] {
  if (path.length !== 2 || !service) return [];
  const there = new Set(keysOf(tree, String(path[0])).filter((key) => key !== path[1]));
  const { hyperparameters, choices } = offerAt(path, tree, service);
  return [...hyperparameters, ...choices].filter(({ name }) => !there.has(name)).map((each) => ({ kind: "name", label: each.name, insert: `${JSON.stringify(each.name)}${colon ? ": " : ""}`, detail: each.title, documentation: explainChoice(each, service) }));
}

function offerAt([first]: JsoncPath, tree: Node | undefined, service: KnownService | undefined): { readonly hyperparameters: readonly Hyperparameter[]; readonly choices: readonly Choice[] } {
  const method = valueOf(tree, "method") ?? "sft";
  if (first === "hyperparameters" && service) return methodsOf(service.tuning).find((each) => each.method === method) ?? { hyperparameters: [], choices: [] };
  if (first === "compute" && service?.tuning.compute) return { hyperparameters: service.tuning.compute.numbers, choices: service.tuning.compute.choices };
  return { hyperparameters: [], choices: [] };
}

/** A property may be typed in full already. */
function needsColon(text: string, { offset, length }: Stretch): boolean {
  return !/^\s*:/.test(text.slice(offset + length));
}

function member(tree: Node | undefined, name: string): Node | undefined {
  return tree?.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

function valueOf(tree: Node | undefined, name: string): unknown {
  return member(tree, name)?.value;
}

function keysOf(tree: Node | undefined, name: string): string[] {
  return (member(tree, name)?.children ?? []).map(({ children }) => String(children?.[0]?.value));
}
