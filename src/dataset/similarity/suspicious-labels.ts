/** A record whose label is probably wrong. */
export interface SuspiciousLabel {
  readonly record: number;
  /** The nearest record with the label that most of its neighbours have. */
  readonly neighbour: number;
  /** The cosine between the two. */
  readonly similarity: number;
  /** How many of its nearest records share that label, and how many have its own. */
  readonly votes: number;
  readonly own: number;
  readonly nearest: number;
  /** The higher, the more suspicious. */
  readonly score: number;
}

/** Records that a record is compared with. */
const nearest = 10;
/** With fewer records a label has too few neighbours to be judged by. */
const fewestOfLabel = 4;
/** Words that more of the records have tell none from another; no neighbour is looked for by them. */
const commonShare = 0.05;

/**
 * Records whose neighbours have another label, the most suspicious first. Questions are vectors of their words and pairs of words, weighted by TF-IDF (each counts once, by
 * 1 + ln(n / records that have it)), and compared by cosine. Two judges must agree on the other label: the ten nearest records, weighted by their cosine, and the
 * middle of each label's records (Rocchio's classifier, the record itself left out). The score is the product of by how much each prefers it.
 * `words` are the features of each record, `labels` the number of its label from 0.
 */
export function suspiciousLabels(words: readonly Int32Array[], labels: Int32Array): readonly SuspiciousLabel[] {
  const { features, weights, frequencies } = weigh(words);
  const counts = new Map<number, number>();
  const postings = invert(features, weights, frequencies, Math.max(20, commonShare * words.length));
  const middles = middlesOf(features, weights, labels, frequencies.length);
  const cosines = new Float64Array(words.length);
  const found: SuspiciousLabel[] = [];
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  for (let record = 0; record < words.length; record++) {
    if ((sizes.get(labels[record] ?? 0) ?? 0) < fewestOfLabel) continue;
    const near = nearestTo(record, features, weights, postings, cosines);
    const label = labels[record] ?? 0;
    counts.clear();
    for (const { at, cosine } of near) counts.set(labels[at] ?? 0, (counts.get(labels[at] ?? 0) ?? 0) + cosine);
    const other = [...counts].filter(([each]) => each !== label).reduce<readonly [number, number]>((best, each) => (each[1] > best[1] ? each : best), [-1, 0]);
    const preferred = other[1] - (counts.get(label) ?? 0);
    if (preferred <= 0) continue;
    const middle = middles.compare(features[record] ?? new Int32Array(), weights[record] ?? new Float64Array(), label);
    if (middle.best !== other[0] || middle.by <= 0) continue;
    const agreeing = near.filter(({ at }) => labels[at] === other[0]);
    const [first] = agreeing;
    if (first) found.push({ record, neighbour: first.at, similarity: first.cosine, votes: agreeing.length, own: near.filter(({ at }) => labels[at] === label).length, nearest: near.length, score: preferred * middle.by });
  }
  return found.sort((a, b) => b.score - a.score || a.record - b.record);
}

interface Weighted {
  /** Of each record the numbers of its features, and how much each counts: vectors of length 1. */
  readonly features: readonly Int32Array[];
  readonly weights: readonly Float64Array[];
  /** How many records have each feature. */
  readonly frequencies: Uint32Array;
}

function weigh(words: readonly Int32Array[]): Weighted {
  const numbers = new Map<number, number>();
  const features = words.map((own) => own.map((word) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  }));
  const frequencies = new Uint32Array(numbers.size);
  for (const own of features) for (const feature of own) frequencies[feature] = (frequencies[feature] ?? 0) + 1;
  const weights = features.map((own) => {
    const raw = Float64Array.from(own, (feature) => 1 + Math.log(words.length / (frequencies[feature] ?? 1)));
    const length = Math.hypot(...raw) || 1;
    return raw.map((weight) => weight / length);
  });
  return { features, weights, frequencies };
}

interface Postings {
  /** Where the records of each feature begin; none of a feature that too many or only one have. */
  readonly starts: Uint32Array;
  readonly records: Uint32Array;
  readonly weights: Float64Array;
}

function invert(features: readonly Int32Array[], weights: readonly Float64Array[], frequencies: Uint32Array, most: number): Postings {
  const starts = new Uint32Array(frequencies.length + 1);
  frequencies.forEach((count, feature) => (starts[feature + 1] = (starts[feature] ?? 0) + (count > 1 && count <= most ? count : 0)));
  const total = starts.at(-1) ?? 0;
  const made: Postings = { starts, records: new Uint32Array(total), weights: new Float64Array(total) };
  const next = starts.slice();
  features.forEach((own, record) => own.forEach((feature, place) => {
    const at = next[feature] ?? 0;
    if (at >= (starts[feature + 1] ?? 0)) return;
    made.records[at] = record;
    made.weights[at] = weights[record]?.[place] ?? 0;
    next[feature] = at + 1;
  }));
  return made;
}

/** The nearest records, the nearest first; `cosines` is room of zeros, and is left so. */
function nearestTo(record: number, features: readonly Int32Array[], weights: readonly Float64Array[], { starts, records, weights: posted }: Postings, cosines: Float64Array): readonly { readonly at: number; readonly cosine: number }[] {
  const touched: number[] = [];
  features[record]?.forEach((feature, place) => {
    const weight = weights[record]?.[place] ?? 0;
    const end = starts[feature + 1] ?? 0;
    for (let at = starts[feature] ?? 0; at < end; at++) {
      const other = records[at] ?? 0;
      if (cosines[other] === 0) touched.push(other);
      cosines[other] = (cosines[other] ?? 0) + weight * (posted[at] ?? 0);
    }
  });
  const best: { at: number; cosine: number }[] = [];
  for (const at of touched) {
    const cosine = cosines[at] ?? 0;
    cosines[at] = 0;
    if (at === record || (best.length === nearest && cosine <= (best.at(-1)?.cosine ?? 0))) continue;
    if (best.length === nearest) best.pop();
    const place = best.findIndex((each) => each.cosine < cosine);
    best.splice(place < 0 ? best.length : place, 0, { at, cosine });
  }
  return best;
}

/** The middle of each label's records. */
function middlesOf(features: readonly Int32Array[], weights: readonly Float64Array[], labels: Int32Array, size: number): { compare(own: Int32Array, weights: Float64Array, label: number): { readonly best: number; readonly by: number } } {
  const sums: Map<number, number>[] = Array.from({ length: size }, () => new Map<number, number>());
  features.forEach((own, record) => own.forEach((feature, place) => {
    const label = labels[record] ?? 0;
    const sum = sums[feature];
    sum?.set(label, (sum.get(label) ?? 0) + (weights[record]?.[place] ?? 0));
  }));
  const squares = new Map<number, number>();
  for (const sum of sums) for (const [label, weight] of sum) squares.set(label, (squares.get(label) ?? 0) + weight * weight);
  return {
    compare(own, ownWeights, label) {
      const products = new Map<number, number>();
      own.forEach((feature, place) => {
        for (const [each, weight] of sums[feature] ?? []) products.set(each, (products.get(each) ?? 0) + weight * (ownWeights[place] ?? 0));
      });
      const product = products.get(label) ?? 0;
      // Without the record itself, whose vector has the length 1.
      const left = Math.max(1e-9, (squares.get(label) ?? 0) - 2 * product + 1);
      const ownCosine = (product - 1) / Math.sqrt(left);
      let best = -1;
      let highest = 0;
      for (const [each, sum] of products) {
        const cosine = sum / Math.sqrt(squares.get(each) ?? 1);
        if (each !== label && cosine > highest) [best, highest] = [each, cosine];
      }
      return { best, by: highest - ownCosine };
    },
  };
}
