/** Where so many of the records may be nearly equal to one before, what they share may be a template; of so many of them it is taken. */
export const sampled = { share: 0.1, fewest: 20, most: 200 };
/** What two records must share besides a template. */
export const leastBeside = 0.5;

/** The shingles that stand in at least half of some records: a prompt that all are written into, with other words for a few of its own. */
export function templateOf(records: readonly Int32Array[]): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const shingles of records) for (const shingle of shingles) counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= records.length / 2).map(([shingle]) => shingle));
}

/** A set of shingles without those of a template. */
export function withoutTemplate(shingles: Int32Array, template: ReadonlySet<number>): Int32Array {
  return template.size === 0 ? shingles : shingles.filter((shingle) => !template.has(shingle));
}
