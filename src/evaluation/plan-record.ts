import type { ChatMessage } from "./model.ts";
import type { JudgedOutcome } from "./report-schema.ts";

/** What the candidates, in the order of the plan, made of a record. */
export interface PlanRecord {
  readonly line: number;
  readonly prompt: readonly ChatMessage[];
  readonly reference: string;
  readonly tools?: readonly unknown[] | undefined;
  /** Of its fields those that the report tells records apart by. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly outcomes: readonly JudgedOutcome[];
}
