import { Environment, EvaluationError } from "@marcbachmann/cel-js";

/** An expression that could not be read, or evaluated; the message is its reason, for the user. */
export class ExpressionError extends Error {}

const absent: ReadonlySet<string> = new Set(["unknown_variable", "no_such_key", "index_out_of_bounds"]);

/**
 * Reads an expression of the Common Expression Language (https://github.com/google/cel-spec), which ends always and reaches nothing but the variables that it is given.
 * What it gives evaluates it: undefined where it needs a variable, a key or an element that is not there. Both throw an ExpressionError.
 */
export function readExpression(written: string): (variables: Readonly<Record<string, unknown>>) => unknown {
  try {
    const evaluate = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false }).parse(written);
    return (variables) => {
      try {
        return evaluate({ ...variables }) as unknown;
      } catch (error) {
        if (error instanceof EvaluationError && absent.has(error.code)) return undefined;
        throw new ExpressionError(reasonOf(error));
      }
    };
  } catch (error) {
    throw new ExpressionError(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
}
