import { ExpressionError, readExpression } from "../expression.ts";
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

/**
 * Reads a condition on records, as `readExpression` reads expressions: `record` is the whole of it, each of its keys stands for itself, `answer` is its last answer
 * ("" where it has none), `line` its line from 1, and `characters` the length of its text. A condition that needs a key which a record lacks does not hold of
 * it; `has(record.key)` asks for one.
 */
export function readCondition(written: string): (record: ConditionedRecord) => boolean {
  const evaluate = orRefuse((reason) => `The condition cannot be read: ${reason}. An example: answer == "yes" && size(messages) > 2`, () => readExpression(written));
  return ({ line, text, value }) => {
    const met = orRefuse((reason) => `The condition cannot be asked of the record on line ${line}: ${reason}`, () => evaluate({ ...value, record: value, line: BigInt(line), answer: lastAnswer(value) ?? "", characters: BigInt(text.length) }));
    if (met === undefined || typeof met === "boolean") return met ?? false;
    throw new ConditionError(`The condition is neither true nor false for the record on line ${line}. An example that is: answer == "yes"`);
  };
}

function orRefuse<Result>(message: (reason: string) => string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw error instanceof ExpressionError ? new ConditionError(message(error.message)) : error;
  }
}
