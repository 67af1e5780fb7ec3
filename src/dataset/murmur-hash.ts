/** 64 bits, in two signed halves. */
export interface Hash {
  readonly high: number;
  readonly low: number;
}

/**
 * MurmurHash3's x86 variant of 128 bits over a text's UTF-8, of which the first 64 are kept (Appleby, public domain). Two different texts of a file
 * of a million records share one with a chance of about 3 in 10⁸. Lone surrogates are written as UTF-8 would write them.
 */
export function hashText(text: string, seed = 0): Hash {
  const length = encode(text);
  return hashBytes(room, length, seed);
}

/** The same of 32-bit words, the lowest byte first. */
export function hashWords(words: readonly number[], seed = 0): Hash {
  makeRoom(words.length * 4);
  for (const [index, word] of words.entries()) for (let byte = 0; byte < 4; byte++) room[index * 4 + byte] = word >>> (8 * byte);
  return hashBytes(room, words.length * 4, seed);
}

/** 53 of the bits as a number, for what compares hashes and needs no certainty. */
export function hashNumber({ high, low }: Hash): number {
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}

let room = new Uint8Array(1 << 12);

function makeRoom(bytes: number): void {
  if (room.length < bytes) room = new Uint8Array(Math.max(bytes, room.length * 2));
}

/** Writes the text to `room` and gives its length in bytes. */
function encode(text: string): number {
  makeRoom(text.length * 3);
  const bytes = room;
  let at = 0;
  for (let index = 0; index < text.length; index++) {
    let point = text.charCodeAt(index);
    if (point >= 0xd800 && point < 0xdc00) {
      const low = text.charCodeAt(index + 1);
      if (low >= 0xdc00 && low < 0xe000) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        index++;
      }
    }
    if (point < 0x80) bytes[at++] = point;
    else {
      if (point < 0x800) bytes[at++] = 0xc0 | (point >> 6);
      else {
        if (point < 0x10000) bytes[at++] = 0xe0 | (point >> 12);
        else {
          bytes[at++] = 0xf0 | (point >> 18);
          bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
        }
        bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
      }
      bytes[at++] = 0x80 | (point & 0x3f);
    }
  }
  return at;
}

function hashBytes(bytes: Uint8Array, length: number, seed: number): Hash {
  let h1 = seed | 0;
  let h2 = h1;
  let h3 = h1;
  let h4 = h1;
  const whole = length & ~15;
  // Behind the end stand the bytes of a longer text.
  const word = (at: number): number => {
    let value = 0;
    for (let byte = 3; byte >= 0; byte--) value = (value << 8) | (at + byte < length ? (bytes[at + byte] ?? 0) : 0);
    return value;
  };
  for (let at = 0; at < whole; at += 16) {
    h1 = (Math.imul(rotate(h1 ^ scatter(word(at), c1, 15, c2), 19) + h2, 5) + 0x561ccd1b) | 0;
    h2 = (Math.imul(rotate(h2 ^ scatter(word(at + 4), c2, 16, c3), 17) + h3, 5) + 0x0bcaa747) | 0;
    h3 = (Math.imul(rotate(h3 ^ scatter(word(at + 8), c3, 17, c4), 15) + h4, 5) + 0x96cd1c35) | 0;
    h4 = (Math.imul(rotate(h4 ^ scatter(word(at + 12), c4, 18, c1), 13) + h1, 5) + 0x32ac3b17) | 0;
  }
  h1 ^= scatter(word(whole), c1, 15, c2) ^ length;
  h2 ^= scatter(word(whole + 4), c2, 16, c3) ^ length;
  h3 ^= scatter(word(whole + 8), c3, 17, c4) ^ length;
  h4 ^= scatter(word(whole + 12), c4, 18, c1) ^ length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = avalanche((h2 + h1) | 0);
  h3 = avalanche((h3 + h1) | 0);
  h4 = avalanche((h4 + h1) | 0);
  h1 = (avalanche(h1) + h2 + h3 + h4) | 0;
  return { high: h1, low: (h2 + h1) | 0 };
}

const c1 = 0x239b961b;
const c2 = 0xab0e9789;
const c3 = 0x38b34ae5;
const c4 = 0xa1e38b93;

function scatter(word: number, before: number, turn: number, after: number): number {
  return Math.imul(rotate(Math.imul(word, before), turn), after);
}

function rotate(value: number, turn: number): number {
  return (value << turn) | (value >>> (32 - turn));
}

function avalanche(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
