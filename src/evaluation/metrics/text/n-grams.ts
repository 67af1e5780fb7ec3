/** How often each run of `order` parts occurs. Parts are joined by `separator`, which no part holds. */
export function countNGrams(parts: readonly string[], order: number, separator: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + order <= parts.length; start++) {
    const gram = parts.slice(start, start + order).join(separator);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** How many runs both have, each as often as the one that has it less often. */
export function countShared(first: ReadonlyMap<string, number>, second: ReadonlyMap<string, number>): number {
  let shared = 0;
  for (const [gram, count] of first) shared += Math.min(count, second.get(gram) ?? 0);
  return shared;
}
