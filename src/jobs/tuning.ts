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
  readonly hyperparameters: readonly Hyperparameter[];
  /** The first is offered first; there is at least one. */
  readonly presets: readonly Preset[];
  /** What a job costs, as a sentence. */
  readonly price: string;
  /** Where the data goes, as a sentence. */
  readonly destination: string;
  /** Whether a base model of this name can be tuned, where that is known by its name. */
  readonly isTunable?: (model: string) => boolean;
}

/** Why a value cannot be taken, as a sentence; undefined when it can. An empty text leaves the choice to the service. */
export function refuseValue({ title, minimum, maximum, whole }: Hyperparameter, text: string): string | undefined {
  if (text.trim() === "") return undefined;
  const value = Number(text);
  const range = `${whole ? "a whole number" : "a number"} from ${minimum} to ${maximum}`;
  if (!Number.isFinite(value) || value < minimum || value > maximum || (whole && !Number.isInteger(value))) return `${title} is ${range}; "${text.trim()}" is not.`;
  return undefined;
}

/** How many optimizer steps a training takes; undefined where the service chooses the epochs or the batch size. */
export function plannedSteps(records: number, hyperparameters: Readonly<Record<string, number>>): number | undefined {
  const { max_steps: steps, n_epochs: epochs, batch_size: batch } = hyperparameters;
  if (steps !== undefined) return steps;
  return epochs === undefined || batch === undefined ? undefined : Math.ceil(records / batch) * epochs;
}
