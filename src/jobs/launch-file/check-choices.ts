import { doubtful, listed, wrong, type JsoncProblem } from "../../dataset/jsonc-problem.ts";
import type { JsoncPath } from "../../dataset/jsonc-stretch.ts";
import { nearNames } from "../../dataset/read-jsonc.ts";
import { methodsOf, rangeOf, type Choice, type Hyperparameter, type HyperparameterValue, type MethodTuning } from "../tuning.ts";
import { checkTarget } from "./check-service.ts";
import type { KnownService, Surroundings } from "./problem.ts";
import type { LaunchFile } from "./schema.ts";

const defaultLongestSuffix = 64;

/** Whether the service offers the method, and takes the values that are chosen. */
export function* checkChoices(file: LaunchFile, service: KnownService, surroundings: Surroundings): Generator<JsoncProblem> {
  const { title, tuning } = service;
  const { method = "sft", hyperparameters = {}, suffix = "", integrations = [] } = file;
  yield* checkTarget(file);
  const offered = methodsOf(tuning);
  const chosen = offered.find((each) => each.method === method);
  if (!chosen) yield wrong(["method"], `${title} does not train by "${method}"; it offers ${listed(offered.map((each) => each.method))}.`, offered.map((each) => each.method));
  else {
    yield* checkValues(["hyperparameters"], hyperparameters, chosen, `${title} has no hyperparameter`, `for the method "${method}"`);
    yield* checkGrader(file, chosen, title);
  }
  if (typeof hyperparameters["max_steps"] === "number" && typeof hyperparameters["n_epochs"] === "number") yield doubtful(["hyperparameters", "n_epochs"], "It is of no effect: max_steps ends the training, whatever the epochs say.");
  const longest = tuning.longestSuffix ?? defaultLongestSuffix;
  if (suffix.length > longest) yield wrong(["suffix"], `It has ${suffix.length} characters; ${title} takes at most ${longest}.`);
  for (const [index, { type }] of integrations.entries()) if (!tuning.integrations?.includes(type)) yield wrong(["integrations", index, "type"], `${title} sends no metrics to "${type}".`);
  yield* checkCompute(file, service, surroundings);
}

function* checkGrader({ grader, method = "sft" }: LaunchFile, { grader: wanted }: MethodTuning, title: string): Generator<JsoncProblem> {
  if (wanted !== undefined && grader === undefined) yield wrong(["grader"], `The method "${method}" needs a grader at ${title}. ${wanted}`);
  if (wanted === undefined && grader !== undefined) yield { ...wrong(["grader"], `The method "${method}" has no grader at ${title}; "rft" is the one that learns from rewards.`), key: true };
}

function* checkCompute({ compute }: LaunchFile, { title, tuning, local }: KnownService, { clusters }: Surroundings): Generator<JsoncProblem> {
  if (compute === undefined || Object.keys(compute).length === 0) return;
  const { cluster, ...rest } = compute;
  if (!tuning.compute) return yield { ...wrong(["compute"], `${title} chooses by itself what a job runs on; only the local engine and services of containers leave that to you.`), key: true };
  yield* checkValues(["compute"], local ? rest : compute, tuning.compute, `${title} has nothing called`, "to run on", tuning.compute.numbers);
  if (!local) return;
  if (cluster !== undefined && !clusters.includes(cluster)) {
    const near = nearNames(cluster, clusters);
    const known = clusters.length === 0 ? "the setting tunesmith.clusters names none." : near.length > 0 ? `did you mean ${listed(near.slice(0, 1))}?` : `there are ${listed(clusters)}.`;
    const address = /^\w+:\/\//.test(cluster) ? " A launch file names a cluster by the name that it has in your settings, never by its address." : "";
    yield wrong(["compute", "cluster"], `There is no cluster ${JSON.stringify(cluster)} in your settings; ${known}${address}`, near.length > 0 ? near : clusters);
  }
  if (cluster === undefined) for (const name of ["cpus", "gpus", "nodes"].filter((each) => compute[each] !== undefined)) {
    yield { ...wrong(["compute", name], `On this machine a training takes what there is; "${name}" is for a "cluster".`), key: true };
  }
}

interface Offer {
  readonly hyperparameters?: readonly Hyperparameter[];
  readonly choices: readonly Choice[];
}

function* checkValues(path: JsoncPath, values: Readonly<Record<string, HyperparameterValue | undefined>>, offer: Offer, unknown: string, where: string, numbers = offer.hyperparameters ?? []): Generator<JsoncProblem> {
  const names = [...numbers, ...offer.choices].map(({ name }) => name);
  for (const [name, value] of Object.entries(values)) {
    // `auto` is the same as to leave it out.
    if (value === undefined || value === "auto") continue;
    const number = numbers.find((each) => each.name === name);
    const choice = offer.choices.find((each) => each.name === name);
    if (!number && !choice) {
      const near = nearNames(name, names);
      yield { ...wrong([...path, name], `${unknown} ${JSON.stringify(name)} ${where}; ${near.length > 0 ? `did you mean ${listed(near.slice(0, 1))}?` : names.length > 0 ? `there are ${listed(names)}.` : "there are none."}`, near), key: true };
    } else if (!(number && takesNumber(number, value)) && !(choice && takesWord(choice, value))) {
      const expected = [...(number ? [rangeOf(number)] : []), ...(choice ? choice.values.map((each) => JSON.stringify(each)) : [])].join(" or ");
      yield wrong([...path, name], `${(number ?? choice)?.title} is ${JSON.stringify(value)}; expected is ${expected}.`, choice?.values.map(String));
    }
  }
}

function takesNumber({ minimum, maximum, whole }: Hyperparameter, value: HyperparameterValue): boolean {
  return typeof value === "number" && value >= minimum && value <= maximum && (!whole || Number.isInteger(value));
}

function takesWord({ values, open }: Choice, value: HyperparameterValue): boolean {
  return values.includes(value as string | boolean) || (open === true && typeof value === "string");
}
