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
 * Each text is looked for by its rarest pair, `inAnyCase` also where that is in capitals; such texts are in lower case. Throws a RangeError for a text of fewer than 2 or more than 32 bytes, and for one with a quotation mark, at
 * which texts end.
 */
export function layOutMarkers(texts: readonly string[], inAnyCase = false): MarkerTables {
  const markers = texts.map((text): Marker => {
    const bytes = Buffer.from(text);
    if (bytes.length < 2 || bytes.length > longest || text.includes('"')) throw new RangeError(`"${text}" is no marker: expected 2 to ${longest} bytes without a quotation mark.`);
    return { bytes, key: rarestPair(bytes) };
  });
  const pairs = new Uint8Array(64);
  const list = new Uint8Array(markers.length * entryBytes);
  const view = new DataView(list.buffer);
  let entry = 0;
  const filled = fillBuckets(markers, inAnyCase);
  const buckets = Array.from({ length: bucketCount }, (_, number) => {
    const start = entry * entryBytes;
    const { markers: members = [], first = 0, second = 0 } = filled[number] ?? {};
    for (const { bytes, key } of members) {
      view.setUint32(entry * entryBytes, bytes.length, true);
      view.setUint32(entry * entryBytes + 4, key, true);
      list.set(bytes, entry * entryBytes + 8);
      entry++;
    }
    for (const [table, halves] of [first & 0xffff, first >>> 16, second & 0xffff, second >>> 16].entries()) {
      for (let half = 0; half < 16; half++) if ((halves & (1 << half)) !== 0) pairs[table * 16 + half] = (pairs[table * 16 + half] ?? 0) | (1 << number);
    }
    return { start, end: entry * entryBytes };
  });
  return { pairs, buckets, list };
}

/** Markers that are looked for together. */
interface Bucket {
  readonly markers: readonly Marker[];
  /** The halves that first bytes of keys have, and second bytes: a bit for each low half, and sixteen bits higher one for each high half. */
  readonly first: number;
  readonly second: number;
}

/** Puts those markers into one bucket whose halves of bytes, mixed with one another, make the fewest pairs that texts have. */
function fillBuckets(markers: readonly Marker[], inAnyCase: boolean): readonly Bucket[] {
  const halvesAt = ({ bytes, key }: Marker, place: 0 | 1): number => {
    const byte = bytes[key + place] ?? 0;
    const isLetter = byte >= 0x61 && byte <= 0x7a;
    return halvesOf(byte) | (inAnyCase && isLetter ? halvesOf(byte - 0x20) : 0);
  };
  const frequencyOf = createFrequencies();
  /** How often a pair of bytes is stopped at that has these halves, if one byte says nothing of the next. */
  const stops = (first: number, second: number): number => frequencyOf(first) * frequencyOf(second);
  let buckets = markers.map((marker): Bucket => ({ markers: [marker], first: halvesAt(marker, 0), second: halvesAt(marker, 1) }));
  while (buckets.length > bucketCount) {
    let cheapest = Infinity;
    let parts: readonly Bucket[] = [];
    for (const [index, one] of buckets.entries()) {
      for (let next = index + 1; next < buckets.length; next++) {
        const other = buckets[next] ?? one;
        const cost = stops(one.first | other.first, one.second | other.second) - stops(one.first, one.second) - stops(other.first, other.second);
        if (cost >= cheapest) continue;
        cheapest = cost;
        parts = [one, other];
      }
    }
    const merged = parts.reduce((one, other) => ({ markers: [...one.markers, ...other.markers], first: one.first | other.first, second: one.second | other.second }));
    buckets = [...buckets.filter((bucket) => !parts.includes(bucket)), merged];
  }
  return buckets;
}

function halvesOf(byte: number): number {
  return (1 << (byte & 0x0f)) | (1 << (16 + (byte >> 4)));
}

/** Makes what gives how frequent the bytes are together that are mixed of such halves; it is asked for the same again and again. */
function createFrequencies(): (halves: number) => number {
  const known = new Map<number, number>();
  const sum = (halves: number): number => {
    let total = 0;
    for (let byte = 0; byte < 256; byte++) if ((halvesOf(byte) & ~halves) === 0) total += frequencies[byte] ?? 0;
    known.set(halves, total);
    return total;
  };
  return (halves) => known.get(halves) ?? sum(halves);
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
