/** Words of a shingle. */
const width = 5;

/** What a UTF-16 unit is to words. */
const unknown = 0;
const letter = 1;
const dropped = 2;
const space = 3;
const ideograph = 4;
const kinds = new Uint8Array(1 << 16);

function kindOf(unit: number): number {
  const character = String.fromCharCode(unit);
  if (/\s/u.test(character)) return space;
  if (/[\p{P}\p{S}]/u.test(character)) return dropped;
  // Languages that are written without spaces between words.
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(character) ? ideograph : letter;
}

/** Room for the hashes of words, which grows and is used again. */
let words = new Int32Array(1024);

/**
 * Hashes of the runs of five words in a text, of 32 bits, in their order, some perhaps twice: lower-cased, without punctuation, white space collapsed. A text of
 * fewer words is one run; one without words has none. What is given stands until the next call.
 */
export function shinglesOf(text: string): Int32Array {
  const count = readWords(text.toLowerCase());
  if (count === 0) return words.subarray(0, 0);
  const runs = Math.max(1, count - width + 1);
  const length = Math.min(width, count);
  for (let first = 0; first < runs; first++) {
    let hash = 0x9747b28c;
    for (let place = first; place < first + length; place++) {
      hash = Math.imul(hash ^ (words[place] ?? 0), 0x5bd1e995);
      hash ^= hash >>> 15;
    }
    // The words of a run are needed no more once the next run has begun behind the first of them.
    words[first] = mix(hash);
  }
  return words.subarray(0, runs);
}

function readWords(text: string): number {
  const { length } = text;
  let count = 0;
  let hash = 0;
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at);
    let kind = kinds[unit];
    if (kind === unknown) kind = kinds[unit] = kindOf(unit);
    if (kind === letter) hash = Math.imul((hash ^ unit) + 0x7f4a7c15, 0x01000193);
    else if (kind !== dropped) {
      // One word that ends here, and one for the next, or for what is left at the end.
      if (count + 2 >= words.length) makeRoom();
      if (hash !== 0) words[count++] = hash;
      hash = 0;
      if (kind === ideograph) words[count++] = Math.imul(unit + 0x7f4a7c15, 0x01000193);
    }
  }
  if (hash !== 0) words[count++] = hash;
  return count;
}

function makeRoom(): void {
  const larger = new Int32Array(2 * words.length);
  larger.set(words);
  words = larger;
}

/** MurmurHash3's final mix (Appleby, public domain). */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** The same as a set: sorted, each once, in memory of its own. */
export function shingleSet(text: string): Int32Array {
  const sorted = shinglesOf(text).slice().sort();
  let kept = 0;
  for (let at = 0; at < sorted.length; at++) if (at === 0 || sorted[at] !== sorted[at - 1]) sorted[kept++] = sorted[at] ?? 0;
  return sorted.slice(0, kept);
}

/** Jaccard's measure of two sets: what both have, as a share of what either has; 0 for two empty ones. */
export function jaccard(a: Int32Array, b: Int32Array): number {
  let common = 0;
  for (let left = 0, right = 0; left < a.length && right < b.length; ) {
    const difference = (a[left] ?? 0) - (b[right] ?? 0);
    if (difference === 0) common++;
    if (difference <= 0) left++;
    if (difference >= 0) right++;
  }
  const all = a.length + b.length - common;
  return all === 0 ? 0 : common / all;
}
