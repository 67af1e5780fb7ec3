import type { TuningMethod } from "./method.ts";
import type { Pace } from "./pace.ts";
import type { PriceList } from "./price-list.ts";

/** A number that a user may choose for a training. */
export interface Hyperparameter {
  readonly name: string;
  readonly title: string;
  /** One sentence for who has never heard of it. */
  readonly explanation: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Whether only whole numbers are taken. */
  readonly whole: boolean;
  /** What the service takes when it is left out, in words. */
  readonly usual: string;
  /** What multiples of this number refer to, where the service or its trainer names a usual one. */
  readonly usualNumber?: number;
}

/** A hyperparameter's value: a number within its bounds, a word of a choice, or a switch. */
export type HyperparameterValue = number | string | boolean;

/** A word or a switch that a user may choose for a training. */
export interface Choice {
  readonly name: string;
  readonly title: string;
  /** One sentence for who has never heard of it. */
  readonly explanation: string;
  /** All that are taken. An open choice takes other words too. */
  readonly values: readonly (string | boolean)[];
  readonly open?: true;
  /** What the service takes when it is left out, in words. */
  readonly usual: string;
}

/** What one method takes at a service. */
export interface MethodTuning {
  readonly method: TuningMethod;
  readonly hyperparameters: readonly Hyperparameter[];
  readonly choices: readonly Choice[];
  /** Whether a job is refused without a validation file. */
  readonly needsValidation?: true;
  /** What `LaunchRequest.grader` has to be, as a sentence; undefined where the method has no grader. */
  readonly grader?: string;
}

/** What a job runs on, where that can be chosen. */
export interface Compute {
  readonly numbers: readonly Hyperparameter[];
  readonly choices: readonly Choice[];
}

/** A choice of hyperparameters under one name. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly hyperparameters: Readonly<Record<string, number>>;
}

/** What can be chosen at a service, and what choosing it means; facts of the service. */
export interface Tuning {
  /** Of supervised fine-tuning. */
  readonly hyperparameters: readonly Hyperparameter[];
  /** Every method with what it takes; supervised fine-tuning alone where it is left out. */
  readonly methods?: readonly MethodTuning[];
  readonly compute?: Compute;
  /** The longest suffix that is taken, in characters; 64 where it is left out. */
  readonly longestSuffix?: number;
  /** The first is offered first; there is at least one. */
  readonly presets: readonly Preset[];
  /** What a job costs, as a sentence. */
  readonly price: string;
  /** Where the data goes, as a sentence. */
  readonly destination: string;
  /** Whether a base model of this name can be tuned, where that is known by its name. */
  readonly isTunable?: (model: string) => boolean;
  /** How many epochs the service takes by itself for so many records, where its rule is known. */
  readonly defaultEpochs?: (records: number) => number;
  /** How fast it trains a model of this name on a usual machine, where that was measured. */
  readonly paceOf?: (model: string) => Pace | undefined;
  /** Where metrics can be sent besides; nowhere where it is left out. */
  readonly integrations?: readonly "wandb"[];
  /** The most tokens of a record that is learnt whole, where that is not the target's own limit. */
  readonly longestRecord?: number;
  /** Whether a training costs nothing. */
  readonly free?: true;
  /** Where its choices and their ranges were read. */
  readonly source?: string;
  /** What tokens or time cost, where a list of it is known. */
  readonly prices?: PriceList;
}

/** Every method that a service takes, supervised fine-tuning first. */
export function methodsOf({ methods, hyperparameters }: Pick<Tuning, "methods" | "hyperparameters">): readonly MethodTuning[] {
  return methods ?? [{ method: "sft", hyperparameters, choices: [] }];
}

/** What a hyperparameter takes, in words: `a whole number from 1 to 50`. */
export function rangeOf({ minimum, maximum, whole }: Hyperparameter): string {
  return `${whole ? "a whole number" : "a number"} from ${minimum} to ${maximum}`;
}

/** Why a value cannot be taken, as a sentence; undefined when it can. An empty text leaves the choice to the service. */
export function refuseValue(hyperparameter: Hyperparameter, text: string): string | undefined {
  if (text.trim() === "") return undefined;
  const value = Number(text);
  const { title, minimum, maximum, whole } = hyperparameter;
  if (!Number.isFinite(value) || value < minimum || value > maximum || (whole && !Number.isInteger(value))) return `${title} is ${rangeOf(hyperparameter)}; "${text.trim()}" is not.`;
  return undefined;
}

/** What the services call the number of epochs. */
export const epochNames = ["n_epochs", "epochs", "num_train_epochs"] as const;

/** The epochs that hyperparameters say; undefined where they leave them to the service. */
export function chosenEpochs(hyperparameters: Readonly<Record<string, HyperparameterValue>>): number | undefined {
  return epochNames.map((name) => hyperparameters[name]).find((value) => typeof value === "number");
}

/** The epochs that a service takes by itself: by its rule, or as the one number that it says it takes; undefined where neither is known. */
export function usualEpochs(tuning: Pick<Tuning, "methods" | "hyperparameters" | "defaultEpochs">, method: TuningMethod, records: number): number | undefined {
  if (tuning.defaultEpochs) return tuning.defaultEpochs(records);
  const offered = methodsOf(tuning).find((each) => each.method === method)?.hyperparameters ?? [];
  const usual = offered.find(({ name }) => epochNames.some((known) => known === name))?.usual ?? "";
  return /^\d+$/.test(usual) ? Number(usual) : undefined;
}

/** How many optimizer steps a training takes; undefined where the service chooses the epochs or the batch size. */
export function plannedSteps(records: number, hyperparameters: Readonly<Record<string, HyperparameterValue>>, epochs = chosenEpochs(hyperparameters)): number | undefined {
  const { max_steps: steps, batch_size: batch } = hyperparameters;
  if (typeof steps === "number") return steps;
  return epochs === undefined || typeof batch !== "number" ? undefined : Math.ceil(records / batch) * epochs;
}
