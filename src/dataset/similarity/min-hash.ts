/** How signatures are cut: a pair is looked at where all rows of one band agree. */
export interface BandPlan {
  readonly rows: number;
  readonly bands: number;
}

/** Hash functions at most. */
const mostHashes = 64;
/** How likely a pair that is just as similar as asked for has to be found. */
const recall = 0.99;

/**
 * The plan with the most rows, and so the fewest pairs looked at in vain, and then the fewest bands, by which a pair of that similarity s is found with a
 * probability of 0.99 at least: 1 − (1 − s^rows)^bands (Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4). For 0.80: 12 bands of 5 rows, 0.991.
 */
export function bandPlan(similarity: number): BandPlan {
  if (known?.similarity !== similarity) known = { similarity, plan: searchPlan(similarity) };
  return known.plan;
}

/** The plan that was asked for last: it is asked for each record. */
let known: { readonly similarity: number; readonly plan: BandPlan } | undefined;

function searchPlan(similarity: number): BandPlan {
  for (let rows = 16; rows > 1; rows--) {
    for (let bands = 1; bands * rows <= mostHashes; bands++) if (foundWith(similarity, { rows, bands }) >= recall) return { rows, bands };
  }
  return { rows: 1, bands: mostHashes };
}

/** How likely a pair of a similarity is looked at. */
export function foundWith(similarity: number, { rows, bands }: BandPlan): number {
  return 1 - (1 - similarity ** rows) ** bands;
}

/** Odd factors and summands of the hash functions, of a fixed seed: the same file has the same findings everywhere. */
const factors = new Int32Array(mostHashes);
const summands = new Int32Array(mostHashes);
for (let index = 0, state = 0x2545f491; index < mostHashes; index++) {
  for (const into of [factors, summands]) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    into[index] = state;
  }
  factors[index] = (factors[index] ?? 0) | 1;
}

const smallest = new Int32Array(mostHashes);

/** Writes a hash for each band of the MinHash signature (Broder 1997) of some shingles into `into`. */
export function writeBands(shingles: Int32Array, { rows, bands }: BandPlan, into: Uint32Array): void {
  const hashes = rows * bands;
  const { length } = shingles;
  // Four functions at once: a processor computes them side by side, and each shingle is read once for all.
  for (let index = 0; index < hashes; index += 4) {
    const [f0, f1, f2, f3] = [factors[index] ?? 1, factors[index + 1] ?? 1, factors[index + 2] ?? 1, factors[index + 3] ?? 1];
    const [s0, s1, s2, s3] = [summands[index] ?? 0, summands[index + 1] ?? 0, summands[index + 2] ?? 0, summands[index + 3] ?? 0];
    let least0 = 0x7fffffff;
    let least1 = 0x7fffffff;
    let least2 = 0x7fffffff;
    let least3 = 0x7fffffff;
    for (let at = 0; at < length; at++) {
      const shingle = shingles[at] as number;
      // The upper bits, which decide, are those that a multiplication mixes.
      const value0 = (Math.imul(shingle, f0) + s0) | 0;
      const value1 = (Math.imul(shingle, f1) + s1) | 0;
      const value2 = (Math.imul(shingle, f2) + s2) | 0;
      const value3 = (Math.imul(shingle, f3) + s3) | 0;
      if (value0 < least0) least0 = value0;
      if (value1 < least1) least1 = value1;
      if (value2 < least2) least2 = value2;
      if (value3 < least3) least3 = value3;
    }
    smallest[index] = least0;
    smallest[index + 1] = least1;
    smallest[index + 2] = least2;
    smallest[index + 3] = least3;
  }
  for (let band = 0; band < bands; band++) {
    let hash = band;
    for (let row = 0; row < rows; row++) {
      hash = Math.imul(hash ^ (smallest[band * rows + row] ?? 0), 0x5bd1e995);
      hash ^= hash >>> 15;
    }
    into[band] = Math.imul(hash, 0x85ebca6b);
  }
}
