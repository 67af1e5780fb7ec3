/** The ranks of values, from 1; equal values share the average of theirs. Also how many values share each rank, in ascending order. */
export function averageRanks(values: readonly number[]): { readonly ranks: readonly number[]; readonly ties: readonly number[] } {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  const ties: number[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (const index of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2;
    ties.push(end - start);
    start = end;
  }
  return { ranks, ties };
}
