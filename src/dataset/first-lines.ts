import type { Hash } from "./murmur-hash.ts";

/** Where each fingerprint was met first. */
export interface FirstLines {
  /** The line on which the fingerprint was met before; undefined, and kept, where it is new. */
  before(fingerprint: Hash, line: number): number | undefined;
}

const blockLength = 1 << 14;
const fieldsOfEntry = 3;

/**
 * An open-addressed table in typed arrays: 12 bytes for each fingerprint and its line, in blocks, so that growing copies nothing of them, and 5 to 11 bytes
 * for its place.
 */
export function createFirstLines(): FirstLines {
  const blocks: Int32Array[] = [];
  let count = 0;
  let places = new Uint32Array(1 << 10);

  const fieldOf = (entry: number, field: number): number => blocks[Math.floor(entry / blockLength)]?.[(entry % blockLength) * fieldsOfEntry + field] ?? 0;
  const insert = (entry: number, high: number): void => {
    const mask = places.length - 1;
    let place = high & mask;
    while (places[place] !== 0) place = (place + 1) & mask;
    places[place] = entry + 1;
  };

  return {
    before({ high, low }, line) {
      const mask = places.length - 1;
      for (let place = high & mask; places[place] !== 0; place = (place + 1) & mask) {
        const entry = (places[place] ?? 0) - 1;
        if (fieldOf(entry, 0) === high && fieldOf(entry, 1) === low) return fieldOf(entry, 2);
      }
      if (count % blockLength === 0) blocks.push(new Int32Array(blockLength * fieldsOfEntry));
      blocks[Math.floor(count / blockLength)]?.set([high, low, line], (count % blockLength) * fieldsOfEntry);
      count++;
      if (count > places.length * 0.75) {
        places = new Uint32Array(places.length * 2);
        for (let entry = 0; entry < count; entry++) insert(entry, fieldOf(entry, 0));
      } else insert(count - 1, high);
      return undefined;
    },
  };
}
