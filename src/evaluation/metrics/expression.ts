import * as z from "zod";
import { ExpressionError, readExpression } from "../../dataset/expression.ts";
import { parameterised } from "./parameterised.ts";

/** A metric of one's own: what an expression says of answer and reference. */
export const expressionMetric = parameterised({
  id: "expression",
  explanation: "An answer is right when an expression of your own holds; with `score`, its number from 0 to 1 is the score.",
  parameters: {
    expression: z.string().min(1).max(4_000).meta({ description: "In the Common Expression Language, such as answer.startsWith(reference) or json.total == reference_json.total. Known are answer, reference, and json and reference_json, which are what both say as JSON, or null." }),
    score: z.boolean().optional().meta({ description: "Whether the expression gives a number from 0 to 1; less counts as 0 and more as 1. Without it: false, and the expression is true or false." }),
  },
  faults: ({ expression }) => {
    const read = compile(expression);
    return typeof read === "string" ? [{ key: "expression", message: `This expression cannot be read: ${read}. Expected is one of the Common Expression Language, such as answer.contains(reference).` }] : [];
  },
  create({ expression, score = false }) {
    const evaluate = compile(expression);
    return {
      title: expression.length > 60 ? `${expression.slice(0, 59)}…` : expression,
      explanation: `${score ? "The score is what this expression gives" : "An answer is right when this holds"}: ${expression}. Where it cannot be evaluated, the answer ${score ? "scores 0" : "is wrong"}.`,
      kind: score ? "score" : "pass-fail",
      measure(answer, reference) {
        const given = typeof evaluate === "string" ? undefined : valueOf(() => evaluate({ answer, reference, json: parsed(answer), reference_json: parsed(reference) }));
        if (!score) return Number(given === true);
        const number = typeof given === "boolean" || typeof given === "bigint" ? Number(given) : given;
        return typeof number === "number" && Number.isFinite(number) ? Math.min(1, Math.max(0, number)) : 0;
      },
    };
  },
});

/** What evaluates an expression, or what is wrong with it. */
function compile(expression: string): ReturnType<typeof readExpression> | string {
  try {
    return readExpression(expression);
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

/** An answer of another kind than expected is no fault of the expression. */
function valueOf(evaluate: () => unknown): unknown {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof ExpressionError) return undefined;
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
