import type { Price } from "./price.ts";

/** A machine that a provider lets one choose for a job. */
export interface Machine {
  /** What `LaunchRequest.compute` names. */
  readonly id: string;
  readonly title: string;
  /** Processors, memory and graphics cards in words. */
  readonly detail: string;
  readonly pricePerHour?: Price;
}
