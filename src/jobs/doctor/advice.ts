import type { Curve } from "../training-curve.ts";
import type { Checkpoint, Job } from "../job.ts";

/** What the doctor may find. */
export type Sign = "diverging" | "overfitting" | "healthy" | "stalled" | "too-few-steps" | "best-checkpoint" | "reward-gap" | "no-validation";

/** From the best news to the worst. */
export type Gravity = "good" | "note" | "warning" | "serious";

/** A number that an advice rests on. */
export interface Evidence {
  readonly name: string;
  readonly value: number;
  /** Where it was measured. */
  readonly step?: number;
}

/** One thing to do differently the next time. */
export interface Change {
  /** What is to be done, as a sentence. */
  readonly text: string;
  /** The hyperparameter under the service's own name, with the value it had and the one to try, where it is one. */
  readonly hyperparameter?: { readonly name: string; readonly from?: number; readonly to?: number };
}

/** What a rule of thumb rests on. */
export interface Source {
  readonly title: string;
  readonly page: string;
}

/** What is to be said of a training, in plain words, with its reasons. */
export interface Advice {
  readonly sign: Sign;
  readonly gravity: Gravity;
  readonly title: string;
  readonly text: string;
  readonly evidence: readonly Evidence[];
  /** The rule of thumb, with its thresholds, and whose they are. */
  readonly rule: string;
  readonly source: Source;
  readonly change?: Change;
}

/** A training as the doctor sees it. */
export interface Training {
  readonly job: Pick<Job, "status" | "method" | "hyperparameters" | "validationFile">;
  readonly curves: readonly Curve[];
  readonly checkpoints: readonly Checkpoint[];
}

/** The guides whose rules of thumb are used. */
export const sources = {
  microsoft: { title: "Microsoft, the fine-tuning skill of Foundry (microsoft/azure-skills)", page: "https://github.com/microsoft/azure-skills" },
  openai: { title: "OpenAI, Fine-tuning best practices", page: "https://platform.openai.com/docs/guides/fine-tuning-best-practices" },
  bekman: { title: "Stas Bekman, Machine Learning Engineering, Understanding Training Loss Patterns", page: "https://github.com/stas00/ml-engineering/blob/master/training/instabilities/training-loss-patterns.md" },
} as const satisfies Readonly<Record<string, Source>>;
