import { chosenEpochs, epochNames } from "../tuning.ts";
import type { Job } from "../job.ts";
import type { Change } from "./advice.ts";
import { figure } from "./level.ts";

type Hyperparameters = Job["hyperparameters"];

const learningRateNames = ["learning_rate_multiplier", "learning_rate", "learningRate"] as const;

/** The learning rate times `factor`. Where the service chose it, only the direction can be said. */
export function changeLearningRate(hyperparameters: Hyperparameters, factor: 0.5 | 2): Change {
  const name = learningRateNames.find((each) => each in hyperparameters);
  const from = name === undefined ? undefined : hyperparameters[name];
  const direction = factor < 1 ? "Halve" : "Double";
  if (name === undefined || typeof from !== "number") return { text: `${direction} the learning rate: the service chose it, so set it to ${factor < 1 ? "half" : "twice"} of what its documents name as usual.`, ...(name === undefined ? {} : { hyperparameter: { name } }) };
  return { text: `${direction} the learning rate: ${name} ${figure(from * factor)} instead of ${figure(from)}.`, hyperparameter: { name, from, to: from * factor } };
}

/** So many epochs. `to` is told the number there was; where the service chose it, only the direction can be said. */
export function changeEpochs(hyperparameters: Hyperparameters, direction: "more" | "fewer", to: (from: number) => number): Change {
  const name = epochNames.find((each) => each in hyperparameters);
  const from = chosenEpochs(hyperparameters);
  if (name === undefined || from === undefined) return { text: `Train 1 or 2 epochs ${direction} than the service chose.`, ...(name === undefined ? {} : { hyperparameter: { name } }) };
  return { text: `Train for ${direction} epochs: ${name} ${to(from)} instead of ${from}.`, hyperparameter: { name, from, to: to(from) } };
}

/** Less of the same: fewer epochs, as `to` tells, or smaller steps where there is only one epoch. */
export function trainLess(hyperparameters: Hyperparameters, to: (from: number) => number): Change {
  const epochs = chosenEpochs(hyperparameters);
  if (epochs !== undefined && epochs <= 1) return changeLearningRate(hyperparameters, 0.5);
  return changeEpochs(hyperparameters, "fewer", (from) => Math.max(1, Math.min(Math.ceil(from) - 1, to(from))));
}
