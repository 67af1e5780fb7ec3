/** Texts as JSON writes them, without quotation marks: where they end, what stands in them, and what they begin and end with. */

import { hasMarker, holdsNumber } from "./search.assembly";

/** What `configureTexts` was told: the tables of `marker-tables.ts`, and lists of what is looked for. */
let pairs: usize = 0;
let buckets: usize = 0;
/** The same of signs; and two tables of sixteen bytes, by the low and the high half of a byte, of what numbers are written with. 0 where texts are not searched. */
let signPairs: usize = 0;
let signBuckets: usize = 0;
let numbers: usize = 0;
let plainEnds: usize = 0;
let plainSequences: usize = 0;
let plainSequenceCount: i32 = 0;
let spaces: usize = 0;
let spaceCount: i32 = 0;
let nullTexts: usize = 0;
let nullTextCount: i32 = 0;
/** Room for 16 candidates of markers, and of signs. */
let scratch: usize = 0;

export function configureTexts(
  pairsAt: usize, bucketsAt: usize, signPairsAt: usize, signBucketsAt: usize, numbersAt: usize, plainEndsAt: usize, plainSequencesAt: usize, plainSequencesLength: i32, spacesAt: usize, spacesLength: i32,
  nullTextsAt: usize, nullTextsLength: i32, scratchAt: usize,
): void {
  pairs = pairsAt;
  buckets = bucketsAt;
  signPairs = signPairsAt;
  signBuckets = signBucketsAt;
  numbers = numbersAt;
  plainEnds = plainEndsAt;
  plainSequences = plainSequencesAt;
  plainSequenceCount = plainSequencesLength;
  spaces = spacesAt;
  spaceCount = spacesLength;
  nullTexts = nullTextsAt;
  nullTextCount = nullTextsLength;
  scratch = scratchAt;
}

/** Found of the text that was read last. */
export let textStart: usize = 0;
export let textEnd: usize = 0;
export let opensInSpace: bool = false;
export let closesInSpace: bool = false;
/** Behind its last escape. */
let lastEscape: usize = 0;

/** Whether a text that was read since `forgetSigns` holds signs beyond ASCII. */
export let beyondAscii: bool = false;
/** Whether such a text holds a sign, or an `@`; and whether it holds what may be a number of a person, or an `@`. */
export let hasSign: bool = false;
export let hasNumber: bool = false;

export function forgetSigns(): void {
  beyondAscii = false;
  hasSign = false;
  hasNumber = false;
}

/** The quotation mark that closes the text which begins at `at`; 0 where it is blank or a null text, or holds what a rule must look at. */
export function readText(at: usize): usize {
  textStart = at;
  textEnd = numbers == 0 ? endOfText(at, false) : endOfText(at, true);
  if (textEnd <= textStart || isNullText()) return 0;
  opensInSpace = isSpaceAt(textStart);
  closesInSpace = endsInSpace();
  // More white space may leave nothing of the text, or a null text.
  if ((opensInSpace || closesInSpace) && textEnd - textStart <= 64) return 0;
  if (opensInSpace && !opensInOneSpace()) return 0;
  if (closesInSpace && !endsInOneSpace()) return 0;
  return textEnd;
}

/** The quotation mark that closes the text, or 0 where it holds a marker, a control character or an escape of another kind than a single letter. */
@inline
function endOfText(at: usize, searching: bool): usize {
  const nibble = i8x16.splat(0x0f);
  const firstLow = v128.load(pairs);
  const firstHigh = v128.load(pairs, 16);
  const secondLow = v128.load(pairs, 32);
  const secondHigh = v128.load(pairs, 48);
  const signFirstLow = v128.load(signPairs);
  const signFirstHigh = v128.load(signPairs, 16);
  const signSecondLow = v128.load(signPairs, 32);
  const signSecondHigh = v128.load(signPairs, 48);
  const numbersLow = v128.load(numbers);
  const numbersHigh = v128.load(numbers, 16);
  const space = i8x16.splat(0x20);
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const none = i8x16.splat(0);
  const numeral = i8x16.splat(0x1f);
  let ofNumbers = none;
  let numerals: u32 = 0;
  let mayBeNumber = false;
  const start = at;
  let signs = none;
  lastEscape = 0;
  while (true) {
    const block = v128.load(at);
    const next = v128.load(at, 1);
    signs = v128.or(signs, block);
    const low = v128.and(block, nibble);
    const high = i8x16.shr_u(block, 4);
    const nextLow = v128.and(next, nibble);
    const nextHigh = i8x16.shr_u(next, 4);
    const candidates = v128.and(
      v128.and(i8x16.swizzle(firstLow, low), i8x16.swizzle(firstHigh, high)), v128.and(i8x16.swizzle(secondLow, nextLow), i8x16.swizzle(secondHigh, nextHigh)),
    );
    let stopping = v128.or(v128.or(v128.or(i8x16.lt_u(block, space), i8x16.eq(block, quote)), i8x16.eq(block, backslash)), i8x16.ne(candidates, none));
    let signCandidates = none;
    if (searching) {
      signCandidates = v128.and(
        v128.and(i8x16.swizzle(signFirstLow, low), i8x16.swizzle(signFirstHigh, high)), v128.and(i8x16.swizzle(signSecondLow, nextLow), i8x16.swizzle(signSecondHigh, nextHigh)),
      );
      stopping = v128.or(stopping, i8x16.ne(signCandidates, none));
    }
    let stops = i8x16.bitmask(stopping);
    if (searching) {
      const kinds = v128.and(i8x16.swizzle(numbersLow, low), i8x16.swizzle(numbersHigh, high));
      ofNumbers = v128.or(ofNumbers, kinds);
      // Seven in a row, also across blocks; or eight with capitals, which fifteen in a row always have between two multiples of eight.
      numerals = (numerals >>> 16) | (<u32>i8x16.bitmask(i8x16.ne(v128.and(kinds, numeral), none)) << 16);
      const two = numerals & (numerals >>> 1);
      const four = two & (two >>> 2);
      const capitals = i8x16.bitmask(i8x16.ne(kinds, none));
      if ((four & (four >>> 3)) != 0 || (capitals & 0xff) == 0xff || capitals >>> 8 == 0xff) mayBeNumber = true;
    }
    if (stops == 0) {
      at += 16;
      continue;
    }
    v128.store(scratch, candidates);
    if (searching) v128.store(scratch, signCandidates, 16);
    let further: usize = 16;
    do {
      const index = <usize>ctz(stops);
      const byte = load<u8>(at + index);
      if (byte == 0x22) {
        if (i8x16.bitmask(signs) != 0) beyondAscii = true;
        if (searching) {
          // The bit that an `@` has.
          if (i8x16.bitmask(ofNumbers) != 0) hasSign = hasNumber = true;
          else if (mayBeNumber && !hasNumber) hasNumber = holdsNumber(start, at + index, numbers);
        }
        return at + index;
      }
      if (byte < 0x20) return 0;
      if (byte == 0x5c) {
        const letter = load<u8>(at + index, 1);
        // n r t b f " \
        if (letter != 0x6e && letter != 0x22 && letter != 0x5c && letter != 0x74 && letter != 0x72 && letter != 0x62 && letter != 0x66) return 0;
        lastEscape = at + index + 2;
        if (index == 15) further = 17;
        // What is escaped is passed over; a marker that begins there is still one.
        else if (letter == 0x22 || letter == 0x5c) stops &= ~(1 << (<i32>index + 1));
      } else {
        if (hasMarker(buckets, at + index, load<u8>(scratch + index), false)) return 0;
        if (searching && !hasSign) hasSign = hasMarker(signBuckets, at + index, load<u8>(scratch + index, 16), true);
      }
      stops &= stops - 1;
    } while (stops != 0);
    at += further;
  }
}

function isSpaceAt(at: usize): bool {
  const byte = load<u8>(at);
  if (byte == 0x20) return true;
  if (byte == 0x5c) {
    const letter = load<u8>(at, 1);
    return letter != 0x22 && letter != 0x5c;
  }
  return byte >= 0x80 && (isSequence(load<u32>(at) & 0xffffff, spaces, spaceCount) || isSequence(load<u16>(at), spaces, spaceCount));
}

/** Of a text that opens in white space, whether that is a single space or escape. */
function opensInOneSpace(): bool {
  const byte = load<u8>(textStart);
  return byte < 0x80 && !isSpaceAt(textStart + (byte == 0x20 ? 1 : 2));
}

/** Of a text that ends in white space, whether that is a single space or escape, as far as the bytes before show. */
function endsInOneSpace(): bool {
  if (lastEscape == textEnd) {
    const before = load<u8>(textEnd - 3);
    return before > 0x20 && before < 0x80 && load<u8>(textEnd - 4) != 0x5c;
  }
  const before = load<u8>(textEnd - 2);
  return load<u8>(textEnd - 1) == 0x20 && before > 0x20 && before < 0x80 && lastEscape != textEnd - 1;
}

function endsInSpace(): bool {
  const byte = load<u8>(textEnd - 1);
  if (byte == 0x20) return true;
  if (lastEscape == textEnd) return byte != 0x22 && byte != 0x5c;
  return byte >= 0x80 && (isSequence(lastThree(), spaces, spaceCount) || isSequence(load<u16>(textEnd - 2), spaces, spaceCount));
}

/** The last three bytes of the text, or 0. */
function lastThree(): u32 {
  return textEnd - textStart < 3 ? 0 : load<u32>(textEnd - 3) & 0xffffff;
}

function isSequence(bytes: u32, list: usize, count: i32): bool {
  for (let index = 0; index < count; index++) if (load<u32>(list + <usize>index * 4) == bytes) return true;
  return false;
}

/** Whether the text is short, or ends in a sign that ends sentences. */
export function endsPlainly(): bool {
  if (textEnd - textStart <= 200) return true;
  const byte = load<u8>(textEnd - 1);
  if (byte < 0x80) return load<u8>(plainEnds + byte) != 0 && (lastEscape != textEnd || byte == 0x22);
  return isSequence(lastThree(), plainSequences, plainSequenceCount);
}

function isNullText(): bool {
  const length = textEnd - textStart;
  for (let index = 0; index < nullTextCount; index++) {
    const entry = nullTexts + <usize>index * 20;
    if (<usize>load<u32>(entry) != length) continue;
    let same: usize = 0;
    while (same < length && load<u8>(textStart + same) == load<u8>(entry + 4 + same)) same++;
    if (same == length) return true;
  }
  return false;
}
