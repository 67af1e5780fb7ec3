/** The two halves of the last hash. */
export let high: i32 = 0;
export let low: i32 = 0;

/** MurmurHash3's x86 variant of 128 bits (Appleby, public domain), of which 64 are kept: the twin of `dataset/murmur-hash.ts`. */
export function hash(at: usize, to: usize, seed: i32): void {
  const length = <i32>(to - at);
  let h1 = seed;
  let h2 = seed;
  let h3 = seed;
  let h4 = seed;
  for (; at + 16 <= to; at += 16) {
    h1 = rotl<i32>(h1 ^ scatter1(load<i32>(at)), 19) + h2;
    h1 = h1 * 5 + 0x561ccd1b;
    h2 = rotl<i32>(h2 ^ scatter2(load<i32>(at, 4)), 17) + h3;
    h2 = h2 * 5 + 0x0bcaa747;
    h3 = rotl<i32>(h3 ^ scatter3(load<i32>(at, 8)), 15) + h4;
    h3 = h3 * 5 + <i32>0x96cd1c35;
    h4 = rotl<i32>(h4 ^ scatter4(load<i32>(at, 12)), 13) + h1;
    h4 = h4 * 5 + 0x32ac3b17;
  }
  h1 ^= scatter1(rest(at, to));
  h2 ^= scatter2(rest(at + 4, to));
  h3 ^= scatter3(rest(at + 8, to));
  h4 ^= scatter4(rest(at + 12, to));
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 += h2 + h3 + h4;
  h2 += h1;
  h3 += h1;
  h4 += h1;
  h1 = avalanche(h1);
  h2 = avalanche(h2);
  h3 = avalanche(h3);
  h4 = avalanche(h4);
  h1 += h2 + h3 + h4;
  high = h1;
  low = h2 + h1;
}

/** Up to four bytes from `at`, the others nought. */
function rest(at: usize, to: usize): i32 {
  if (at >= to) return 0;
  const bytes = to - at;
  const word = load<i32>(at);
  return bytes >= 4 ? word : word & ((1 << (<i32>bytes * 8)) - 1);
}

function scatter1(word: i32): i32 {
  return rotl<i32>(word * 0x239b961b, 15) * <i32>0xab0e9789;
}

function scatter2(word: i32): i32 {
  return rotl<i32>(word * <i32>0xab0e9789, 16) * 0x38b34ae5;
}

function scatter3(word: i32): i32 {
  return rotl<i32>(word * 0x38b34ae5, 17) * <i32>0xa1e38b93;
}

function scatter4(word: i32): i32 {
  return rotl<i32>(word * <i32>0xa1e38b93, 18) * 0x239b961b;
}

function avalanche(hash: i32): i32 {
  hash ^= hash >>> 16;
  hash *= <i32>0x85ebca6b;
  hash ^= hash >>> 13;
  hash *= <i32>0xc2b2ae35;
  return hash ^ (hash >>> 16);
}
