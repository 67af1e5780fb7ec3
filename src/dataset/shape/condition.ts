import { Environment, EvaluationError } from "@marcbachmann/cel-js";
import { lastAnswer } from "../last-answer.ts";

/** What a record is asked. */
export interface ConditionedRecord {
  /** From 1. */
  readonly line: number;
  /** Its text. */
  readonly text: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A condition that could not be read, or is no condition for a record; the message is for the user. */
export class ConditionError extends Error {}

/** Names that stand for something in every condition; keys of a record by these names are reached as `record.line` and so on. */
export const knownNames = ["record", "line", "answer", "characters"] as const;

/**
 * Reads a condition on records, written in the Common Expression Language (https://github.com/google/cel-spec), which ends always and reaches nothing but the
 * record: `record` is the whole of it, each of its keys stands for itself, `answer` is its last answer ("" where it has none), `line` its line from 1, and `characters`
 * the length of its text. A condition that needs a key which a record lacks does not hold of it; `has(record.key)` asks for one.
 */
export function readCondition(written: string): (record: ConditionedRecord) => boolean {
  const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });
  let evaluate: ReturnType<Environment["parse"]>;
  try {
    evaluate = environment.parse(written);
  } catch (error) {
    throw new ConditionError(`The condition cannot be read: ${messageOf(error)}. An example: answer == "yes" && size(messages) > 2`);
  }
  return ({ line, text, value }) => {
    try {
      const met: unknown = evaluate({ ...value, record: value, line: BigInt(line), answer: lastAnswer(value) ?? "", characters: BigInt(text.length) });
      if (typeof met === "boolean") return met;
      throw new ConditionError(`The condition is neither true nor false for the record on line ${line}. An example that is: answer == "yes"`);
    } catch (error) {
      if (error instanceof EvaluationError) {
        if (absent.has(error.code)) return false;
        throw new ConditionError(`The condition cannot be asked of the record on line ${line}: ${messageOf(error)}`);
      }
      throw error;
    }
  };
}

const absent: ReadonlySet<string> = new Set(["unknown_variable", "no_such_key", "index_out_of_bounds"]);

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
