/**
 * Counts pairs of labels: `matrix[i][j]` is how often `first` has label i where `second` has label j. Labels are those given, in their order, or else all that
 * occur: numbers by size, strings by code point. A pair with a label that is not given is left out. Throws a RangeError for lists of different lengths.
 */
export function countPairs<Label extends string | number>(given: readonly Label[] | undefined, first: readonly Label[], second: readonly Label[]): { labels: Label[]; matrix: number[][] } {
  if (first.length !== second.length) throw new RangeError(`Two lists of labels are compared one by one, and these have ${first.length} and ${second.length} labels.`);
  const labels = given ? [...new Set(given)] : [...new Set([...first, ...second])].sort(inOrder);
  const places = new Map(labels.map((label, index) => [label, index]));
  const matrix = labels.map(() => labels.map(() => 0));
  for (const [index, label] of first.entries()) {
    const row = matrix[places.get(label) ?? -1];
    const column = places.get(second[index] as Label);
    if (row && column !== undefined) row[column] = (row[column] ?? 0) + 1;
  }
  return { labels, matrix };
}

function inOrder(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : byCodePoint(String(a), String(b));
}

/** JavaScript compares UTF-16 units, which puts what is outside the Basic Multilingual Plane before U+E000. */
function byCodePoint(a: string, b: string): number {
  const [first, second] = [Array.from(a), Array.from(b)];
  for (const [index, character] of first.entries()) {
    const other = second[index];
    if (other === undefined) return 1;
    if (character !== other) return (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
  }
  return first.length - second.length;
}
