import { fingerprint } from "../../dataset/fingerprint.ts";
import { xoshiro128 } from "../statistics/random.ts";

/** What a person is shown next to each other, or alone: candidates by their place in the report, in the order in which they are shown. */
export interface ReviewItem {
  readonly line: number;
  readonly candidates: readonly number[];
}

/** What can be reviewed: records with, for each candidate, whether it answered. */
export type Reviewable = readonly { readonly line: number; readonly answered: readonly boolean[] }[];

/**
 * The items of a review in the order of one person: two answers of each record that both candidates answered, or one answer at a time. Records come in an order of chance, so that those
 * reviewed so far are a fair sample, and answers in another one for each record; both follow from the seed alone.
 */
export function reviewItems(records: Reviewable, [first, second]: readonly [number, number], mode: "pair" | "rating", seed: string): readonly ReviewItem[] {
  const items: ReviewItem[] = records.flatMap(({ line, answered }) => {
    if (mode === "rating") return [first, second].filter((each) => answered[each]).map((each) => ({ line, candidates: [each] }));
    if (!answered[first] || !answered[second]) return [];
    return [{ line, candidates: isSwapped(seed, line) ? [second, first] : [first, second] }];
  });
  return shuffled(items, seed);
}

function isSwapped(seed: string, line: number): boolean {
  return xoshiro128(numberOf(`${seed} ${line}`))(2) === 1;
}

/** Fisher and Yates. */
function shuffled<Item>(items: Item[], seed: string): readonly Item[] {
  const next = xoshiro128(numberOf(seed));
  for (let last = items.length - 1; last > 0; last--) {
    const at = next(last + 1);
    const [one, other] = [items[at], items[last]];
    if (one !== undefined && other !== undefined) [items[at], items[last]] = [other, one];
  }
  return items;
}

function numberOf(seed: string): number {
  return Number.parseInt(fingerprint(seed).slice(0, 8), 16);
}
