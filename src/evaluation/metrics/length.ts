import * as z from "zod";
import type { Metric } from "./metric.ts";
import { parameterised } from "./parameterised.ts";
import { splitWords } from "./text/white-space.ts";

const units = ["characters", "words"] as const;
type Unit = (typeof units)[number];

/** The length of the prediction as a multiple of the reference's, in code points or in words between white space; white space around both is not counted. NaN for an empty reference. */
export function lengthRatio({ prediction, reference, unit = "characters" }: { prediction: string; reference: string; unit?: Unit }): { ratio: number } {
  const [given, wanted] = [lengthOf(prediction, unit), lengthOf(reference, unit)];
  return { ratio: wanted === 0 ? Number.NaN : given / wanted };
}

function lengthOf(text: string, unit: Unit): number {
  return unit === "words" ? splitWords(text).length : Array.from(text.trim()).length;
}

function similar(unit: Unit): Omit<Metric, "id"> {
  return {
    title: `Length in ${unit}`,
    explanation: `How near the answer's length is to the reference's, in ${unit}: the shorter of both as a share of the longer.`,
    kind: "score",
    measure(answer, reference) {
      const { ratio } = lengthRatio({ prediction: answer, reference, unit });
      return Math.min(ratio, 1 / ratio);
    },
    unsuited,
  };
}

function unsuited(reference: string): string | undefined {
  return reference.trim() === "" ? "the reference is empty" : undefined;
}

/** How near the answer's length is to the reference's. */
export const lengthMetric: Metric = { id: "length", ...similar("characters") };

/** The same in another unit; or whether the length is within limits. */
export const lengthLimitMetric = parameterised({
  id: "length",
  explanation: "How near the answer's length is to the reference's, from 0 to 1; with `least` or `most`, an answer is right when its length is within these.",
  parameters: {
    unit: z.enum(units).optional().meta({ description: "What is counted. Without it: characters." }),
    least: z.number().min(0).optional().meta({ description: "The least length that is right, as a multiple of the reference's: 0.5 is half as long." }),
    most: z.number().min(0).optional().meta({ description: "The greatest length that is right, as a multiple of the reference's: 2 is twice as long." }),
  },
  faults: ({ least = 0, most = Infinity }) => (least > most ? [{ key: "least", message: `The least length, ${least}, is more than the most, ${most}: no answer would be right.` }] : []),
  create({ unit = "characters", least, most }) {
    if (least === undefined && most === undefined) return similar(unit);
    const limits = [...(least === undefined ? [] : [`at least ${least}`]), ...(most === undefined ? [] : [`at most ${most}`])].join(" and ");
    return {
      title: `Length in ${unit}, ${limits} times the reference's`,
      explanation: `An answer is right when it has ${limits} times as many ${unit} as the reference, whatever it says.`,
      kind: "pass-fail",
      measure(answer, reference) {
        const { ratio } = lengthRatio({ prediction: answer, reference, unit });
        return Number(ratio >= (least ?? 0) && ratio <= (most ?? Infinity));
      },
      unsuited,
    };
  },
});
