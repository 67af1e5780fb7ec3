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

/** From the most frequent on, in English prose and code. */
const frequent = " etaoinsrhldcumfgpwybv,.k'I-TSA0j1xqz\"";

/**
 * Lays out texts for a search that looks at sixteen bytes at once for pairs of bytes that a text may have (Teddy, as in Hyperscan: Wang et al., NSDI 2019).
 * Each text is looked for by its rarest pair. Throws a RangeError for a text of fewer than 2 or more than 32 bytes, and for one with a quotation mark, at
 * which texts end.
 */
export function layOutMarkers(texts: readonly string[]): MarkerTables {
  const keyed = texts.map((text) => {
    const bytes = Buffer.from(text);
    if (bytes.length < 2 || bytes.length > longest || text.includes('"')) throw new RangeError(`"${text}" is no marker: expected 2 to ${longest} bytes without a quotation mark.`);
    return { bytes, key: rarestPair(bytes) };
  }).sort((a, b) => (a.bytes[a.key] ?? 0) - (b.bytes[b.key] ?? 0) || (a.bytes[a.key + 1] ?? 0) - (b.bytes[b.key + 1] ?? 0));
  const pairs = new Uint8Array(64);
  const list = new Uint8Array(keyed.length * entryBytes);
  const view = new DataView(list.buffer);
  const buckets = Array.from({ length: bucketCount }, (_, bucket) => {
    const from = Math.ceil((bucket * keyed.length) / bucketCount);
    const to = Math.ceil(((bucket + 1) * keyed.length) / bucketCount);
    for (let index = from; index < to; index++) {
      const marker = keyed[index];
      if (!marker) continue;
      view.setUint32(index * entryBytes, marker.bytes.length, true);
      view.setUint32(index * entryBytes + 4, marker.key, true);
      list.set(marker.bytes, index * entryBytes + 8);
      for (const [table, byte] of [marker.bytes[marker.key] ?? 0, marker.bytes[marker.key + 1] ?? 0].entries()) {
        for (const [half, nibble] of [byte & 0x0f, byte >> 4].entries()) {
          const at = table * 32 + half * 16 + nibble;
          pairs[at] = (pairs[at] ?? 0) | (1 << bucket);
        }
      }
    }
    return { start: from * entryBytes, end: to * entryBytes };
  });
  return { pairs, buckets, list };
}

function rarestPair(bytes: Uint8Array): number {
  const rarity = (at: number): number => {
    const place = frequent.indexOf(String.fromCharCode(bytes[at] ?? 0));
    return place < 0 ? frequent.length : place;
  };
  let rarest = 0;
  for (let at = 1; at + 1 < bytes.length; at++) if (rarity(at) + rarity(at + 1) > rarity(rarest) + rarity(rarest + 1)) rarest = at;
  return rarest;
}
