import type { Anchor } from "./entry.ts";

/** The records of a file in their order: on which line each stands, and its key's halves. */
export interface KeyedRecords {
  readonly lines: Uint32Array;
  readonly hashes: Float64Array;
  readonly prompts: Float64Array;
}

/** Where something that was said of a record belongs now: by the record's place, and whether that is as it was. Undefined where the record is gone. */
export type Placement = { readonly record: number; readonly isCurrent: boolean } | undefined;

/**
 * Finds the records of which something was said. A record that is as it was is found wherever it stands, of several equal ones the nearest. One that was changed is the
 * nearest that asks the same, or else the one between the same neighbours, or beside one of them where it stood.
 */
export function placeAnchors(anchors: readonly Anchor[], { lines, hashes, prompts }: KeyedRecords): readonly Placement[] {
  const wanted = new Set(anchors.flatMap(({ hash, prompt, before, after }) => [hash, prompt, before, after].flatMap((each) => (each === undefined ? [] : [Number.parseInt(each, 16)]))));
  const byHash = placesOf(hashes, wanted);
  const byPrompt = placesOf(prompts, wanted);
  const distance = (place: number, line: number): number => Math.abs((lines[place] ?? 0) - line);
  /** Of rising places; of two that are as near the first. */
  const nearest = (places: readonly number[] | undefined, line: number): number | undefined => {
    if (!places || places.length === 0) return undefined;
    let [from, to] = [0, places.length - 1];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((lines[places[middle] ?? 0] ?? 0) < line) from = middle + 1;
      else to = middle;
    }
    const [behind = 0, before = behind] = [places[from], places[from - 1]];
    return distance(before, line) <= distance(behind, line) ? before : behind;
  };
  const find = (map: ReadonlyMap<number, readonly number[]>, hash: string | undefined): readonly number[] | undefined => (hash === undefined ? undefined : map.get(Number.parseInt(hash, 16)));

  return anchors.map((anchor) => {
    const same = nearest(find(byHash, anchor.hash), anchor.line);
    if (same !== undefined) return { record: same, isCurrent: true };
    const record = nearest(find(byPrompt, anchor.prompt), anchor.line) ?? between(anchor);
    return record === undefined ? undefined : { record, isCurrent: false };
  });

  function between({ before, after, line }: Anchor): number | undefined {
    const [first, last] = [before, after].map((each) => (each === undefined ? undefined : Number.parseInt(each, 16)));
    // Its neighbours, and what equals them, are other records.
    const isOther = (place: number): boolean => place >= 0 && place < lines.length && hashes[place] !== first && hashes[place] !== last;
    const behind = (find(byHash, before) ?? []).map((place) => place + 1).filter(isOther);
    const both = last === undefined ? undefined : nearest(behind.filter((place) => hashes[place + 1] === last), line);
    if (both !== undefined) return both;
    // Where one neighbour went too, only the place says that it is the same record.
    const ahead = (find(byHash, after) ?? []).map((place) => place - 1).filter(isOther);
    return nearest([...behind, ...ahead].filter((place) => distance(place, line) <= 1).sort((a, b) => a - b), line);
  }
}

function placesOf(hashes: Float64Array, wanted: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [place, hash] of hashes.entries()) {
    if (hash === 0 || !wanted.has(hash)) continue;
    const known = places.get(hash);
    if (known) known.push(place);
    else places.set(hash, [place]);
  }
  return places;
}
