import type { Hash } from "./murmur-hash.ts";

/** Where each fingerprint was met first. */
export interface FirstLines {
  /** The line on which the fingerprint was met before; undefined, and kept, where it is new. */
  before(fingerprint: Hash, line: number): number | undefined;
  /** The line on which the fingerprint was met; nothing is kept. */
  lineOf(fingerprint: Hash): number | undefined;
  /**
   * Tells which fingerprints come next, as pairs of halves. Nothing is kept of them, but their places are looked at in a row, so that the waits for memory
   * overlap that each alone would wait for.
   */
  expect(fingerprints: Int32Array): void;
}

/** 2 to the power of this many entries make a block. */
const blockBits = 14;
const blockMask = (1 << blockBits) - 1;

/**
 * An open-addressed table in typed arrays, of at most 30 bytes a fingerprint: 8 for its second half and its line, in blocks, so that growing copies nothing
 * of them; and 11 to 22 for its place, where its first half stands too, so that most places are passed over without a look elsewhere.
 */
export function createFirstLines(): FirstLines {
  const blocks: Int32Array[] = [];
  let count = 0;
  let mask = (1 << 10) - 1;
  /** Two numbers a place: the first half, and the entry's number from 1 on; 0 where there is none. */
  let places = new Int32Array(2 * (mask + 1));

  const grow = (): void => {
    const old = places;
    mask = 2 * mask + 1;
    places = new Int32Array(2 * (mask + 1));
    for (let at = 0; at < old.length; at += 2) {
      const high = old[at] ?? 0;
      if (old[at + 1] === 0) continue;
      let place = high & mask;
      while (places[2 * place + 1] !== 0) place = (place + 1) & mask;
      places[2 * place] = high;
      places[2 * place + 1] = old[at + 1] ?? 0;
    }
  };

  /** The place where a fingerprint stands, or would stand. */
  const find = ({ high, low }: Hash): number => {
    let place = high & mask;
    for (; places[2 * place + 1] !== 0; place = (place + 1) & mask) {
      if (places[2 * place] !== high) continue;
      const entry = (places[2 * place + 1] ?? 0) - 1;
      if (blocks[entry >> blockBits]?.[2 * (entry & blockMask)] === low) break;
    }
    return place;
  };
  const lineAt = (place: number): number | undefined => {
    const entry = (places[2 * place + 1] ?? 0) - 1;
    return entry < 0 ? undefined : blocks[entry >> blockBits]?.[2 * (entry & blockMask) + 1];
  };

  let touched = 0;
  return {
    lineOf: (fingerprint) => lineAt(find(fingerprint)),
    expect(fingerprints) {
      for (let at = 0; at < fingerprints.length; at += 2) touched ^= places[2 * ((fingerprints[at] ?? 0) & mask)] ?? 0;
    },
    before(fingerprint, line) {
      const place = find(fingerprint);
      const known = lineAt(place);
      if (known !== undefined) return known;
      const { high, low } = fingerprint;
      if ((count & blockMask) === 0) blocks.push(new Int32Array(2 << blockBits));
      const block = blocks[count >> blockBits];
      if (block) {
        block[2 * (count & blockMask)] = low;
        block[2 * (count & blockMask) + 1] = line;
      }
      places[2 * place] = high;
      places[2 * place + 1] = ++count;
      if (count > 0.75 * (mask + 1)) grow();
      return undefined;
    },
  };
}
