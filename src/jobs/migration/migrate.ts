import { targetFormats } from "../../dataset/convert/index.ts";
import type { TargetFormat } from "../../dataset/convert/format.ts";
import type { Target } from "../../dataset/targets/target.ts";
import type { KnownService } from "../launch-file/problem.ts";
import type { LaunchFile } from "../launch-file/schema.ts";
import type { TuningMethod } from "../method.ts";
import type { ProviderModel } from "../provider.ts";
import { methodsOf, type HyperparameterValue, type Tuning } from "../tuning.ts";
import { mapParameters } from "./map-parameters.ts";

/** A fine-tuning that is to be taken to another service. */
export interface MigrationSource {
  /** The service's name as the user knows it. */
  readonly service: string;
  readonly job?: string;
  readonly model: string;
  readonly method: TuningMethod;
  readonly hyperparameters: Readonly<Record<string, HyperparameterValue>>;
  readonly suffix?: string;
  readonly seed?: number;
  /** What can be chosen there, where that is known. */
  readonly tuning?: Pick<Tuning, "methods" | "hyperparameters">;
  /** What its launch file said, where there is one. */
  readonly launchFile?: Pick<LaunchFile, "evaluation" | "integrations" | "compute" | "grader"> & { readonly split?: LaunchFile["data"]["split"] };
}

/** Where it goes: the service, the model that the user picked, and the files as the launch file names them. */
export interface MigrationTarget {
  readonly service: Pick<KnownService, "id" | "title" | "tuning">;
  readonly model: string;
  readonly training: string;
  readonly validation?: string;
}

/** A launch file, and what it says of itself: what was taken over and what was not, a line each. */
export interface Migration {
  readonly file: LaunchFile;
  readonly notes: readonly string[];
}

const usualSuffix = 64;

/** Takes a fine-tuning to another service. Throws an Error for the user when that service does not have its method. */
export function migrate({ service: from, job, model: before, method, hyperparameters, suffix, seed, tuning, launchFile = {} }: MigrationSource, { service, model, training, validation }: MigrationTarget): Migration {
  const offered = methodsOf(service.tuning);
  const target = offered.find((each) => each.method === method);
  if (!target) throw new Error(`${service.title} does not train by "${method}"; it offers ${offered.map((each) => each.method).join(", ")}. Migrate to another service, or convert the dataset for one of its methods first.`);
  const source = tuning && methodsOf(tuning).find((each) => each.method === method);
  const mapped = mapParameters(hyperparameters, source, target);
  const longest = service.tuning.longestSuffix ?? usualSuffix;
  const boards = (launchFile.integrations ?? []).filter(({ type }) => service.tuning.integrations?.includes(type));
  const dropped = [
    ...mapped.dropped,
    ...(boards.length < (launchFile.integrations ?? []).length ? ["integrations: it sends no metrics elsewhere"] : []),
    ...(launchFile.compute ? ["compute: what it runs on is chosen anew"] : []),
    ...(launchFile.grader ? ["grader: every service has its own form; write it anew"] : []),
  ];
  const cut = suffix?.slice(0, longest);
  return {
    file: {
      service: service.id, model, data: { training, ...(validation === undefined ? {} : { validation }), ...(launchFile.split && validation === undefined ? { split: launchFile.split } : {}) },
      ...(method === "sft" ? {} : { method }), ...(Object.keys(mapped.hyperparameters).length === 0 ? {} : { hyperparameters: mapped.hyperparameters }),
      ...(cut ? { suffix: cut } : {}), ...(seed === undefined ? {} : { seed }), ...(boards.length === 0 ? {} : { integrations: boards }), ...(launchFile.evaluation ? { evaluation: launchFile.evaluation } : {}),
    },
    notes: [
      `Migrated from ${from}${job === undefined ? "" : `, job ${job}`}, which tuned ${before}.`,
      ...mapped.kept.map((words) => `Kept: ${words}`), ...(cut !== suffix ? [`Kept: suffix, cut to ${longest} characters`] : []),
      ...dropped.map((words) => `Dropped: ${words}`),
      "What is not said here is the service's own choice.",
    ],
  };
}

/** The format that a dataset is converted to for a target: the first of those that it takes that can be written; undefined where none can. */
export function conversionFor({ formats }: Pick<Target, "formats">): TargetFormat | undefined {
  for (const format of formats) {
    const found = targetFormats.find(({ same }) => same.includes(format));
    if (found) return found;
  }
  return undefined;
}

/** Models that may take the place of another one: those that can be tuned, the most alike by name first. */
export function likelyModels(model: string, models: readonly ProviderModel[], { isTunable }: Pick<Tuning, "isTunable">, method: TuningMethod): readonly ProviderModel[] {
  const words = wordsOf(model);
  const alike = ({ id }: ProviderModel): number => [...wordsOf(id)].filter((word) => words.has(word)).length;
  return models
    .filter(({ id, base, tunable, methods }) => base && (tunable ?? isTunable?.(id) ?? true) && (methods?.includes(method) ?? true))
    .map((each, index) => ({ each, index, alike: alike(each) }))
    .sort((one, other) => other.alike - one.alike || one.index - other.index)
    .map(({ each }) => each);
}

/** `meta-llama/Meta-Llama-3.1-8B-Instruct` and `accounts/fireworks/models/llama-v3p1-8b-instruct` have family, version, size and kind in common. */
function wordsOf(model: string): ReadonlySet<string> {
  const name = model.toLowerCase().split("/").at(-1) ?? "";
  return new Set(name.replaceAll(/(\d)p(\d)/g, "$1.$2").replaceAll(/\bv(\d)/g, "$1").split(/[-_:\s]+/).filter((word) => word !== ""));
}
