/** A search for several texts at once, as `prove.assembly.ts` reads it. */
export interface MarkerTables {
  /** Four tables of sixteen bytes: by the low and the high half of a key's first byte, then of its second, a bit for each bucket that has such a key. */
  readonly pairs: Uint8Array;
  /** Where the texts of each of the eight buckets stand in `list`. */
  readonly buckets: readonly { readonly start: number; readonly end: number }[];
  /** Each text in 40 bytes: its length, the place of its key, and its bytes. */
  readonly list: Uint8Array;
}

const bucketCount = 8;
const entryBytes = 40;
const longest = 32;

/** A text and the place of its key, the pair of bytes by which it is looked for. */
interface Marker {
  readonly bytes: Uint8Array;
  readonly key: number;
}

/**
 * Lays out texts for a search that looks at sixteen bytes at once for pairs of bytes that a text may have (Teddy, as in Hyperscan: Wang et al., NSDI 2019).
 * Each text is looked for by its rarest pair. Throws a RangeError for a text of fewer than 2 or more than 32 bytes, and for one with a quotation mark, at
 * which texts end.
 */
export function layOutMarkers(texts: readonly string[]): MarkerTables {
  const markers = texts.map((text): Marker => {
    const bytes = Buffer.from(text);
    if (bytes.length < 2 || bytes.length > longest || text.includes('"')) throw new RangeError(`"${text}" is no marker: expected 2 to ${longest} bytes without a quotation mark.`);
    return { bytes, key: rarestPair(bytes) };
  });
  const pairs = new Uint8Array(64);
  const list = new Uint8Array(markers.length * entryBytes);
  const view = new DataView(list.buffer);
  let entry = 0;
  const buckets = fillBuckets(markers).map((bucket, number) => {
    const start = entry * entryBytes;
    for (const { bytes, key } of bucket) {
      view.setUint32(entry * entryBytes, bytes.length, true);
      view.setUint32(entry * entryBytes + 4, key, true);
      list.set(bytes, entry * entryBytes + 8);
      entry++;
    }
    for (const [place, set] of halvesOf(bucket).entries()) for (const nibble of set) pairs[place * 16 + nibble] = (pairs[place * 16 + nibble] ?? 0) | (1 << number);
    return { start, end: entry * entryBytes };
  });
  return { pairs, buckets, list };
}

/** Puts those markers into one bucket whose halves of bytes, mixed with one another, make the fewest pairs that texts have. */
function fillBuckets(markers: readonly Marker[]): readonly (readonly Marker[])[] {
  let buckets: (readonly Marker[])[] = markers.map((marker) => [marker]);
  while (buckets.length > bucketCount) {
    let best = { cost: Infinity, first: 0, second: 1 };
    for (const [first, one] of buckets.entries()) {
      for (let second = first + 1; second < buckets.length; second++) {
        const other = buckets[second] ?? [];
        const cost = frequencyOf([...one, ...other]) - frequencyOf(one) - frequencyOf(other);
        if (cost < best.cost) best = { cost, first, second };
      }
    }
    const merged = [...(buckets[best.first] ?? []), ...(buckets[best.second] ?? [])];
    buckets = [...buckets.filter((_, index) => index !== best.first && index !== best.second), merged];
  }
  return [...buckets, ...Array.from({ length: bucketCount - buckets.length }, () => [])];
}

/** The low and high halves of the first bytes of keys, and those of the second. */
function halvesOf(bucket: readonly Marker[]): readonly ReadonlySet<number>[] {
  const halves = [new Set<number>(), new Set<number>(), new Set<number>(), new Set<number>()];
  for (const { bytes, key } of bucket) {
    for (const place of [0, 1]) {
      const byte = bytes[key + place] ?? 0;
      halves[place * 2]?.add(byte & 0x0f);
      halves[place * 2 + 1]?.add(byte >> 4);
    }
  }
  return halves;
}

/** How often a pair of bytes is stopped at that has these halves, if one byte says nothing of the next. */
function frequencyOf(bucket: readonly Marker[]): number {
  const [firstLow, firstHigh, secondLow, secondHigh] = halvesOf(bucket);
  const sum = (low: ReadonlySet<number> = new Set(), high: ReadonlySet<number> = new Set()): number => {
    let total = 0;
    for (const upper of high) for (const lower of low) total += frequencies[upper * 16 + lower] ?? 0;
    return total;
  };
  return sum(firstLow, firstHigh) * sum(secondLow, secondHigh);
}

/** How frequent each byte is in English prose and code, from the most frequent on: each is an eighth rarer than the one before. */
const frequencies = (() => {
  const frequent = " etaoinsrhldcumfgpwybv,.k'I-TSA0j1xqz\"";
  const values = new Float64Array(256).fill(0.0002);
  for (const [rank, sign] of [...frequent].entries()) values[sign.charCodeAt(0)] = 0.15 * 0.875 ** rank;
  return values;
})();

function rarestPair(bytes: Uint8Array): number {
  const frequency = (at: number): number => (frequencies[bytes[at] ?? 0] ?? 0) * (frequencies[bytes[at + 1] ?? 0] ?? 0);
  let rarest = 0;
  for (let at = 1; at + 1 < bytes.length; at++) if (frequency(at) < frequency(rarest)) rarest = at;
  return rarest;
}
