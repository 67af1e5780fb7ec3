import type { Metric } from "./metric.ts";
import { distance } from "fastest-levenshtein";

/** Levenshtein's distance over code points: the fewest characters to insert, delete or replace that make `a` of `b`. Throws a RangeError where both share more than 65,534 different characters. */
export function editDistance({ a, b }: { a: string; b: string }): { distance: number } {
  const [first, second] = oneUnitEach(Array.from(a), Array.from(b));
  return { distance: distance(first, second) };
}

/** 1 − distance ÷ the longer text's code points: 1 for equal texts, two empty ones among them, and 0 where nothing is shared. */
export function editSimilarity({ a, b }: { a: string; b: string }): { similarity: number } {
  const longer = Math.max(Array.from(a).length, Array.from(b).length);
  return { similarity: longer === 0 ? 1 : 1 - editDistance({ a, b }).distance / longer };
}

/** Both texts with one UTF-16 unit for each code point, because the library compares units: one for each character that both have, and two for all that only one has. */
function oneUnitEach(first: readonly string[], second: readonly string[]): [string, string] {
  const inSecond = new Set(second);
  const shared = [...new Set(first)].filter((character) => inSecond.has(character));
  if (shared.length > 0xfffe) throw new RangeError("These two texts share more than 65,534 different characters: too many to compare.");
  const units = new Map(shared.map((character, index) => [character, String.fromCharCode(index + 2)]));
  const rewrite = (text: readonly string[], strange: string): string => text.map((character) => units.get(character) ?? strange).join("");
  return [rewrite(first, "\u0000"), rewrite(second, "\u0001")];
}

/** How little has to be changed to make the reference of the answer. */
export const editSimilarityMetric: Metric = {
  id: "edit-similarity",
  title: "Edit similarity",
  explanation: "One minus the characters to insert, delete or replace to make the reference of the answer, as a share of the longer text; white space around both is not counted.",
  kind: "score",
  measure: (answer, reference) => editSimilarity({ a: answer.trim(), b: reference.trim() }).similarity,
};
