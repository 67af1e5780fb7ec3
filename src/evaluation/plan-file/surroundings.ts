import type { FileFact } from "../../dataset/file-fact.ts";

/** A service that plans can name. */
export interface PlanService {
  readonly id: string;
  readonly title: string;
  /** What it listed when it was asked; undefined while it was not, or did not answer. */
  readonly models?: readonly PlanModel[];
  /** Whether it tells how likely a model finds a given text; undefined where nobody knows. */
  readonly likelihoods?: boolean;
  /** False where it is known that it answers no batches. */
  readonly batches?: boolean;
}

export interface PlanModel {
  readonly id: string;
  /** False for a model that a tuning made. */
  readonly base: boolean;
  readonly title?: string;
  /** In tokens. */
  readonly contextLength?: number;
  /** The last day on which it answers, YYYY-MM-DD. */
  readonly shutdownDate?: string;
}

/** What lies around a plan. */
export interface PlanSurroundings {
  /** Those of the user's settings. */
  readonly services: readonly PlanService[];
  /** What a path of the plan names; undefined where nobody has looked. */
  file(written: string): FileFact | undefined;
}
