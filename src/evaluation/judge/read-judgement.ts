import * as z from "zod";
import { scale } from "./questions.ts";

const score = z.object({ score: z.int().min(scale.least).max(scale.most) });
const winner = z.object({ winner: z.enum(["A", "B", "tie"]) });

/** The mark in a judge's answer; undefined where it gives none. */
export function readScore(text: string): number | undefined {
  const read = score.safeParse(objectIn(text));
  return read.success ? read.data.score : undefined;
}

/** Which answer a judge prefers; undefined where it does not say. */
export function readWinner(text: string): "A" | "B" | "tie" | undefined {
  const read = winner.safeParse(objectIn(text));
  return read.success ? read.data.winner : undefined;
}

/** The JSON object of a text, which may stand in a code fence or between words. */
function objectIn(text: string): unknown {
  const [start, end] = [text.indexOf("{"), text.lastIndexOf("}")];
  try {
    return start < 0 ? undefined : JSON.parse(text.slice(start, end + 1));
  } catch {
    return undefined;
  }
}
