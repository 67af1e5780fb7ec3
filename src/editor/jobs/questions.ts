import * as vscode from "vscode";
import { toSuffix } from "../../jobs/suffix.ts";
import { methodTitles, type TuningMethod } from "../../jobs/method.ts";
import { methodsOf, refuseValue, type Choice, type Hyperparameter, type HyperparameterValue } from "../../jobs/tuning.ts";
import { askSteps, type Step, type StepFrame } from "../multi-step.ts";
import { localId } from "../../launch/local-id.ts";
import type { Services } from "../services/services.ts";
import { enter, pick } from "../step-input.ts";
import { withProgress } from "../with-progress.ts";

/** What starting a job asks; a caller may have answered any of it already. */
export interface StartAnswers {
  readonly dataset?: vscode.Uri;
  readonly provider?: string;
  /** A service that is not offered: it has refused. */
  readonly notAt?: string;
  readonly model?: string;
  readonly method?: TuningMethod;
  readonly hyperparameters?: Readonly<Record<string, HyperparameterValue>>;
  /** Empty for none. */
  readonly suffix?: string;
  readonly seed?: number;
  /** Whether the user has seen what it will do and wants it. */
  readonly confirmed?: boolean;
}

export type Chosen = StartAnswers & Required<Pick<StartAnswers, "dataset" | "provider" | "model" | "hyperparameters" | "suffix">>;


/** Asks for what the answers leave open, under the title of the command; undefined when the user turned away. */
export async function askStart(title: string, given: StartAnswers, services: Services): Promise<Chosen | undefined> {
  const steps: Step<StartAnswers>[] = [
    { asks: ({ dataset }) => dataset === undefined, ask: askDataset },
    { asks: ({ provider }) => provider === undefined, ask: (answers, frame) => askService(answers, frame, services) },
    { asks: ({ model }) => model === undefined, ask: (answers, frame) => askModel(answers, frame, services) },
    { asks: ({ method, hyperparameters }) => method === undefined && hyperparameters === undefined, ask: (answers, frame) => askMethod(answers, frame, services) },
    { asks: ({ hyperparameters }) => hyperparameters === undefined, ask: (answers, frame) => askHyperparameters(answers, frame, services) },
    { asks: ({ suffix }) => suffix === undefined, ask: askSuffix },
  ];
  const answers = await askSteps(title, steps, given);
  // The first question has no way back.
  return answers === "back" ? undefined : (answers as Chosen | undefined);
}

async function askDataset(answers: StartAnswers, frame: StepFrame) {
  const found = await vscode.workspace.findFiles("**/*.jsonl", "**/{node_modules,.tunesmith}/**", 200);
  if (found.length === 0) throw new Error("This workspace has no JSONL file. Open a folder that has one, or make one of a table with the command line's convert.");
  const active = vscode.window.activeTextEditor?.document.uri.toString();
  const rank = (file: vscode.Uri): number => (/test|eval|held.?out|valid/i.test(file.path.split("/").at(-1) ?? "") ? 2 : file.toString() === active ? 0 : 1);
  const items = found.sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path)).map((file) => ({ label: vscode.workspace.asRelativePath(file), file }));
  const chosen = await pick(frame, "The dataset to learn from", items);
  return typeof chosen === "object" ? { ...answers, dataset: chosen.file } : chosen;
}

async function askService(answers: StartAnswers, frame: StepFrame, services: Services) {
  const items = services.list().filter(({ id }) => id !== answers.notAt).map(({ id, title: label, baseURL }) => ({ label: `$(${id === localId ? "device-desktop" : "cloud"}) ${label}`, description: baseURL ?? "on this machine, without an account", id }));
  const chosen = await pick(frame, "Where to train", items);
  return typeof chosen === "object" ? { ...answers, provider: chosen.id } : chosen;
}

async function askModel(answers: StartAnswers, frame: StepFrame, services: Services) {
  const { listed, isTunable } = await withProgress("Asking for models", async (signal) => {
    const { provider, tuning } = await services.open(answers.provider ?? localId, signal);
    return { listed: (await provider.listModels?.(signal)) ?? [], isTunable: tuning.isTunable ?? (() => true) };
  });
  const items = [
    ...listed.filter(({ id, base }) => base && isTunable(id)).map(({ id }) => ({ label: id, description: "", id })),
    ...listed.filter(({ base }) => !base).map(({ id }) => ({ label: id, description: "tuned already; goes on from there", id })),
    { label: "$(edit) By name…", description: answers.provider === localId ? "a model folder on this machine, or a Hugging Face id" : "any that the service knows", id: undefined },
  ];
  // The local engine trains anew from a base model; its tuned ones cannot be gone on with yet.
  const chosen = await pick(frame, "The base model", answers.provider === localId ? items.filter(({ id }) => id === undefined || listed.some((model) => model.id === id && model.base)) : items);
  if (typeof chosen !== "object") return chosen;
  const model = chosen.id ?? (await enter(frame, "The model's name, as the service knows it", "", (text) => (text.trim() === "" ? "A model has a name." : undefined)));
  return model === undefined || model === "back" ? model : { ...answers, model: model.trim() };
}

/** Where a service has one method, there is nothing to ask. */
async function askMethod(answers: StartAnswers, frame: StepFrame, services: Services) {
  const { tuning } = await withProgress("Asking for the service's choices", (signal) => services.open(answers.provider ?? localId, signal));
  const methods = methodsOf(tuning);
  if (methods.length < 2) return { ...answers, method: methods[0]?.method ?? "sft" };
  const chosen = await pick(frame, "How it learns", methods.map(({ method }) => ({ label: methodTitles[method], method })));
  return typeof chosen === "object" ? { ...answers, method: chosen.method } : chosen;
}

async function askHyperparameters(answers: StartAnswers, frame: StepFrame, services: Services) {
  const { tuning } = await withProgress("Asking for the service's choices", (signal) => services.open(answers.provider ?? localId, signal));
  const { method = "sft" } = answers;
  const { hyperparameters: numbers, choices } = methodsOf(tuning).find((each) => each.method === method) ?? { hyperparameters: [], choices: [] };
  const usual = { label: "The service's own choice", detail: "", hyperparameters: {} };
  const presets = method === "sft" ? tuning.presets.map(({ title: label, detail, hyperparameters }) => ({ label, detail, hyperparameters })) : [usual];
  const own = { label: "$(settings) Choose each value…", detail: [...numbers, ...choices].map(({ title: name }) => name).join(", "), hyperparameters: undefined };
  const chosen = await pick(frame, "How to train", [...presets, ...(numbers.length + choices.length > 0 ? [own] : [])]);
  if (typeof chosen !== "object") return chosen;
  const hyperparameters = chosen.hyperparameters ?? (await askEach([...numbers, ...choices], frame));
  return hyperparameters === undefined || hyperparameters === "back" ? hyperparameters : { ...answers, hyperparameters };
}

type Values = Readonly<Record<string, HyperparameterValue>>;

async function askEach(asked: readonly (Hyperparameter | Choice)[], frame: StepFrame): Promise<Values | "back" | undefined> {
  const steps = asked.map((each): Step<Values> => {
    const own = { ...frame, title: `${frame.title}: ${each.title}`, step: Math.max(2, frame.step) };
    return { asks: () => true, ask: (chosen) => ("values" in each ? askChoice(each, chosen, own) : askNumber(each, chosen, own)) };
  });
  return askSteps(frame.title, steps, {});
}

async function askNumber(hyperparameter: Hyperparameter, chosen: Values, frame: StepFrame): Promise<Values | "back" | undefined> {
  const { name, explanation, minimum, maximum, usual } = hyperparameter;
  const text = await enter(frame, `${explanation} From ${minimum} to ${maximum}. Leave it empty for ${usual}.`, "", (value) => refuseValue(hyperparameter, value));
  if (text === undefined || text === "back") return text;
  return text.trim() === "" ? chosen : { ...chosen, [name]: Number(text) };
}

async function askChoice({ name, explanation, values, usual }: Choice, chosen: Values, frame: StepFrame): Promise<Values | "back" | undefined> {
  const items = [{ label: "The service's own choice", description: usual, value: undefined }, ...values.map((value) => ({ label: String(value), description: "", value }))];
  const picked = await pick<{ label: string; description: string; value: string | boolean | undefined }>(frame, explanation, items);
  if (typeof picked !== "object") return picked;
  return picked.value === undefined ? chosen : { ...chosen, [name]: picked.value };
}

async function askSuffix(answers: StartAnswers, frame: StepFrame) {
  const name = answers.dataset?.path.split("/").at(-1)?.replace(/\.jsonl$/, "") ?? "";
  const text = await enter(frame, "A name for the tuned model, part of its id. Leave it empty for none.", toSuffix(name), (value) => (value.length > 64 ? "A name has at most 64 characters." : undefined));
  return text === undefined || text === "back" ? text : { ...answers, suffix: text.trim() };
}
