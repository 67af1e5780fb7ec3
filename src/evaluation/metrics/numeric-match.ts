import * as z from "zod";
import type { Metric } from "./metric.ts";
import { parameterised } from "./parameterised.ts";

/** Numbers with a point for the fraction and, where there are groups of three, commas between them. A sign counts where no digit or letter stands before it. */
const numbers = /(?<![\p{L}\p{N}.,])[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\p{L}\p{N}])/gu;

/** The numbers in a text, in their order: 1,234.5 is one number, and 10-20 are 10 and 20. */
export function readNumbers(text: string): readonly number[] {
  return (text.replaceAll(/(?<=\d)[-–](?=\d)/g, " ").match(numbers) ?? []).map((each) => Number(each.replaceAll(",", "").replace("−", "-")));
}

/**
 * Whether the last number of the prediction is the reference's, give or take `tolerance`, in the numbers' own unit, or `relative` times the reference's size, whichever
 * is more (pytest `approx(rel, abs)`). False without a number in one of the two.
 */
export function numericMatch({ prediction, reference, tolerance = 0, relative = 0 }: { prediction: string; reference: string; tolerance?: number; relative?: number }): { match: boolean } {
  const [given, wanted] = [readNumbers(prediction).at(-1), readNumbers(reference).at(-1)];
  if (given === undefined || wanted === undefined) return { match: false };
  // Decimal fractions are not exact in binary, so that differences are compared with the last digits left out.
  return { match: given === wanted || Math.abs(given - wanted) <= Math.max(tolerance, relative * Math.abs(wanted)) + 1e-12 * Math.max(Math.abs(given), Math.abs(wanted)) };
}

function numeric(tolerance: number | undefined, relative: number | undefined): Omit<Metric, "id"> {
  const allowed = [...(tolerance === undefined ? [] : [String(tolerance)]), ...(relative === undefined ? [] : [`${Number((relative * 100).toPrecision(12))} %`])].join(" or ");
  return {
    title: allowed === "" ? "Same number" : `Same number ± ${allowed}`,
    explanation: `An answer is right when its last number is the reference's number${allowed === "" ? "" : `, give or take ${allowed}${tolerance !== undefined && relative !== undefined ? ", whichever is more" : ""}`}, however it is written: 1,200 and 1200.0 are the same. Units and per cent signs are not read.`,
    kind: "pass-fail",
    measure: (answer, reference) => Number(numericMatch({ prediction: answer, reference, tolerance: tolerance ?? 0, relative: relative ?? 0 }).match),
    unsuited: (reference) => (readNumbers(reference).length === 1 ? undefined : `the reference has ${readNumbers(reference).length === 0 ? "no number" : "several numbers"}`),
  };
}

/** An answer is right when its last number is that of the reference, however both are written. */
export const numericMatchMetric: Metric = { id: "numeric-match", ...numeric(undefined, undefined) };

/** The same, give or take a tolerance. */
export const numericToleranceMetric = parameterised({
  id: "numeric-match",
  explanation: "An answer is right when its last number is the reference's, give or take a tolerance.",
  parameters: {
    tolerance: z.number().min(0).optional().meta({ description: "How far the number may be from the reference's, in its own unit." }),
    relative: z.number().min(0).max(1).optional().meta({ description: "How far it may be as a share of the reference's number: 0.01 is one per cent. With both, whichever is more." }),
  },
  create: ({ tolerance, relative }) => numeric(tolerance, relative),
});
