import { createFirstLines } from "../first-lines.ts";

/** What speaks against a record's label. */
export interface LabelVerdict {
  /** The place of the nearest record with the label that most of its neighbours have. */
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
export const nearest = 10;
/** With fewer records a label has too few neighbours to be judged by. */
const fewestOfLabel = 4;
/** Words that a larger share of the records have, and more of them than so many, tell none from another. */
const common = { share: 0.05, records: 20 };

/** Whether no neighbour is looked for by a word that so many of the records have. */
export function isCommon(count: number, records: number): boolean {
  return count > Math.max(common.records, common.share * records);
}

/**
 * Makes a judge of labels out of records whose labels are believed to be mostly right: `words` are the features of each, `labels` the number of its label from 0. Questions are vectors of their words and pairs of
 * words, weighted by TF-IDF (each counts once, by 1 + ln(n / records that have it)), and compared by cosine. Two judges must agree on another label: the ten nearest records, weighted
 * by their cosine, and the middle of each label's records (Rocchio's classifier). The score is the product of by how much each prefers it. `place` is where the record stands itself among
 * those, so that it is left out.
 */
export function createLabelJudge(words: readonly Int32Array[], labels: Int32Array): (words: Int32Array, label: number, place?: number) => LabelVerdict | undefined {
  const { weigh, features, weights, frequencies } = weighing(words);
  const postings = invert(features, weights, frequencies, (count) => count > 1 && !isCommon(count, words.length));
  const middles = middlesOf(features, weights, labels, frequencies);
  const cosines = new Float64Array(words.length);
  const counts = new Map<number, number>();
  const sizes = new Map<number, number>();
  for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  return (own, label, place) => {
    if ((sizes.get(label) ?? 0) < fewestOfLabel) return undefined;
    const vector = place === undefined ? weigh(own) : { features: features[place] ?? new Int32Array(), weights: weights[place] ?? new Float64Array() };
    const near = nearestTo(place, vector, postings, cosines);
    counts.clear();
    for (const { at, cosine } of near) counts.set(labels[at] ?? 0, (counts.get(labels[at] ?? 0) ?? 0) + cosine);
    const other = [...counts].filter(([each]) => each !== label).reduce<readonly [number, number]>((best, each) => (each[1] > best[1] ? each : best), [-1, 0]);
    const preferred = other[1] - (counts.get(label) ?? 0);
    if (preferred <= 0) return undefined;
    const middle = middles(vector, label, place !== undefined);
    if (middle.best !== other[0] || middle.by <= 0) return undefined;
    const agreeing = near.filter(({ at }) => labels[at] === other[0]);
    const [first] = agreeing;
    return first && { neighbour: first.at, similarity: first.cosine, votes: agreeing.length, own: near.filter(({ at }) => labels[at] === label).length, nearest: near.length, score: preferred * middle.by };
  };
}

/** The numbers of features that are known, and how much each counts: a vector of length 1 with those that are not. */
interface Vector {
  readonly features: Int32Array;
  readonly weights: Float64Array;
}

interface Weighing {
  readonly features: readonly Int32Array[];
  readonly weights: readonly Float64Array[];
  /** How many records have each feature. */
  readonly frequencies: Uint32Array;
  /** The vector of another record: words that none has count as if it alone had them. */
  weigh(words: Int32Array): Vector;
}

function weighing(words: readonly Int32Array[]): Weighing {
  const numbers = createFirstLines();
  let count = 0;
  const features = words.map((own) => own.map((word) => numbers.before({ high: word, low: 0 }, count) ?? count++));
  const frequencies = new Uint32Array(count);
  for (const own of features) for (const feature of own) frequencies[feature] = (frequencies[feature] ?? 0) + 1;
  const weightsOf = (own: Int32Array): Float64Array => {
    const raw = Float64Array.from(own, (feature) => 1 + Math.log(words.length / (frequencies[feature] ?? 1)));
    const length = Math.hypot(...raw) || 1;
    return raw.map((weight) => weight / length);
  };
  return {
    features, frequencies, weights: features.map(weightsOf),
    weigh(own) {
      const known = own.map((word) => numbers.lineOf({ high: word, low: 0 }) ?? -1);
      return { features: known, weights: weightsOf(known) };
    },
  };
}

interface Postings {
  /** Where the records of each feature begin; none of a feature that too many or only one have. */
  readonly starts: Uint32Array;
  readonly records: Uint32Array;
  readonly weights: Float64Array;
}

function invert(features: readonly Int32Array[], weights: readonly Float64Array[], frequencies: Uint32Array, isKept: (count: number) => boolean): Postings {
  const starts = new Uint32Array(frequencies.length + 1);
  frequencies.forEach((count, feature) => (starts[feature + 1] = (starts[feature] ?? 0) + (isKept(count) ? count : 0)));
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

interface Neighbour {
  readonly at: number;
  readonly cosine: number;
}

/** The nearest records, the nearest first; `cosines` is room for one number of each. */
function nearestTo(record: number | undefined, { features, weights }: Vector, { starts, records, weights: posted }: Postings, cosines: Float64Array): readonly Neighbour[] {
  cosines.fill(0);
  for (let place = 0; place < features.length; place++) {
    const weight = weights[place] as number;
    const feature = features[place] as number;
    const end = starts[feature + 1] as number;
    for (let at = starts[feature] ?? 0; at < end; at++) (cosines[records[at] as number] as number) += weight * (posted[at] as number);
  }
  const best: Neighbour[] = [];
  let least = 0;
  for (let at = 0; at < cosines.length; at++) {
    const cosine = cosines[at] as number;
    if (cosine <= least || at === record) continue;
    if (best.length === nearest) best.pop();
    const place = best.findIndex((each) => each.cosine < cosine);
    best.splice(place < 0 ? best.length : place, 0, { at, cosine });
    if (best.length === nearest) least = best.at(-1)?.cosine ?? 0;
  }
  return best;
}

/** Compares a vector with the middle of each label's records: which other label is nearest, and by how much it is nearer than its own. */
function middlesOf(features: readonly Int32Array[], weights: readonly Float64Array[], labels: Int32Array, frequencies: Uint32Array): (vector: Vector, label: number, isAmong: boolean) => { readonly best: number; readonly by: number } {
  const { starts, records: labelOf, weights: sums } = invert(features, weights, frequencies, () => true);
  const numbers = new Map<number, number>();
  for (const label of labels) if (!numbers.has(label)) numbers.set(label, numbers.size);
  const names = [...numbers.keys()];
  const squares = new Float64Array(names.length);
  // What stands there of records is summed up by their labels, in the same room.
  let end = 0;
  for (let feature = 0; feature < frequencies.length; feature++) {
    const sum = new Map<number, number>();
    for (let at = starts[feature] ?? 0; at < (starts[feature + 1] ?? 0); at++) {
      const label = numbers.get(labels[labelOf[at] ?? 0] ?? 0) ?? 0;
      sum.set(label, (sum.get(label) ?? 0) + (sums[at] ?? 0));
    }
    starts[feature] = end;
    for (const [label, weight] of sum) {
      squares[label] = (squares[label] ?? 0) + weight * weight;
      labelOf[end] = label;
      sums[end++] = weight;
    }
  }
  starts[frequencies.length] = end;
  const products = new Float64Array(names.length);
  return (vector, label, isAmong) => {
    products.fill(0);
    vector.features.forEach((feature, place) => {
      const weight = vector.weights[place] ?? 0;
      const last = starts[feature + 1] ?? 0;
      for (let at = starts[feature] ?? 0; at < last; at++) {
        const each = labelOf[at] ?? 0;
        products[each] = (products[each] ?? 0) + (sums[at] ?? 0) * weight;
      }
    });
    const number = numbers.get(label) ?? -1;
    const [product, square] = [products[number] ?? 0, squares[number] ?? 0];
    // Without the record itself, whose vector has the length 1.
    const own = isAmong ? { product: product - 1, square: square - 2 * product + 1 } : { product, square };
    const ownCosine = own.product / Math.sqrt(Math.max(1e-9, own.square));
    let best = -1;
    let highest = 0;
    for (let each = 0; each < products.length; each++) {
      if (each === number || products[each] === 0) continue;
      const cosine = (products[each] ?? 0) / Math.sqrt(squares[each] ?? 1);
      if (cosine > highest) [best, highest] = [each, cosine];
    }
    return { best: names[best] ?? -1, by: highest - ownCosine };
  };
}
