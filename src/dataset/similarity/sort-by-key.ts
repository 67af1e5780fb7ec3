/** Fewer keys than this are sorted faster than the digits of a radix sort are counted. */
const fewest = 1 << 14;

/** Room that is used for one sort after the other. */
export interface SortRoom {
  readonly order: Uint32Array;
  readonly spare: Uint32Array;
}

export function createSortRoom(count: number): SortRoom {
  return { order: new Uint32Array(count), spare: new Uint32Array(count) };
}

/** The places of keys so that equal keys stand together, rising, each in the order of their places: of many by two rounds of a radix sort. What is given stands until the next sort. */
export function sortByKey(keys: Uint32Array, { order, spare }: SortRoom): Uint32Array {
  if (keys.length < fewest) {
    const sorted = Float64Array.from(keys, (key, place) => key * fewest + place).sort();
    for (let at = 0; at < sorted.length; at++) order[at] = (sorted[at] ?? 0) % fewest;
    return order;
  }
  for (let place = 0; place < keys.length; place++) order[place] = place;
  let [from, to] = [order, spare];
  for (const shift of [0, 16]) {
    const starts = new Uint32Array((1 << 16) + 1);
    for (let place = 0; place < keys.length; place++) starts[(((keys[place] ?? 0) >>> shift) & 0xffff) + 1] = (starts[(((keys[place] ?? 0) >>> shift) & 0xffff) + 1] ?? 0) + 1;
    for (let digit = 1; digit <= 1 << 16; digit++) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
    for (let at = 0; at < keys.length; at++) {
      const place = from[at] ?? 0;
      const digit = ((keys[place] ?? 0) >>> shift) & 0xffff;
      to[starts[digit] ?? 0] = place;
      starts[digit] = (starts[digit] ?? 0) + 1;
    }
    [from, to] = [to, from];
  }
  return order;
}
