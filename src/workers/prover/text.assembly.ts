/** Texts as JSON writes them, without quotation marks: where they end, what stands in them, and what they begin and end with. */

/** What `configureTexts` was told: the tables of `marker-tables.ts`, and lists of what is looked for. */
let pairs: usize = 0;
let buckets: usize = 0;
let plainEnds: usize = 0;
let plainSequences: usize = 0;
let plainSequenceCount: i32 = 0;
let spaces: usize = 0;
let spaceCount: i32 = 0;
let nullTexts: usize = 0;
let nullTextCount: i32 = 0;
/** Room for 16 candidates. */
let scratch: usize = 0;

export function configureTexts(
  pairsAt: usize, bucketsAt: usize, plainEndsAt: usize, plainSequencesAt: usize, plainSequencesLength: i32, spacesAt: usize, spacesLength: i32,
  nullTextsAt: usize, nullTextsLength: i32, scratchAt: usize,
): void {
  pairs = pairsAt;
  buckets = bucketsAt;
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

export function forgetSigns(): void {
  beyondAscii = false;
}

/** The quotation mark that closes the text which begins at `at`; 0 where it is blank or a null text, or holds what a rule must look at. */
export function readText(at: usize): usize {
  textStart = at;
  textEnd = endOfText(at);
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
function endOfText(at: usize): usize {
  const nibble = i8x16.splat(0x0f);
  const firstLow = v128.load(pairs);
  const firstHigh = v128.load(pairs, 16);
  const secondLow = v128.load(pairs, 32);
  const secondHigh = v128.load(pairs, 48);
  const space = i8x16.splat(0x20);
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const none = i8x16.splat(0);
  let signs = none;
  lastEscape = 0;
  while (true) {
    const block = v128.load(at);
    const next = v128.load(at, 1);
    signs = v128.or(signs, block);
    const candidates = v128.and(
      v128.and(i8x16.swizzle(firstLow, v128.and(block, nibble)), i8x16.swizzle(firstHigh, i8x16.shr_u(block, 4))),
      v128.and(i8x16.swizzle(secondLow, v128.and(next, nibble)), i8x16.swizzle(secondHigh, i8x16.shr_u(next, 4))),
    );
    const special = v128.or(v128.or(i8x16.lt_u(block, space), i8x16.eq(block, quote)), i8x16.eq(block, backslash));
    let stops = i8x16.bitmask(v128.or(special, i8x16.ne(candidates, none)));
    if (stops == 0) {
      at += 16;
      continue;
    }
    v128.store(scratch, candidates);
    let further: usize = 16;
    do {
      const index = <usize>ctz(stops);
      const byte = load<u8>(at + index);
      if (byte == 0x22) {
        if (i8x16.bitmask(signs) != 0) beyondAscii = true;
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
      } else if (isMarker(at + index, load<u8>(scratch + index))) return 0;
      stops &= stops - 1;
    } while (stops != 0);
    at += further;
  }
}

/** Whether a marker of one of the `candidates`, a bit for each bucket, has its key at `at`. */
function isMarker(at: usize, candidates: u32): bool {
  while (candidates != 0) {
    const bucket = buckets + <usize>ctz(candidates) * 8;
    let marker: usize = load<u32>(bucket);
    const end: usize = load<u32>(bucket, 4);
    while (marker < end) {
      const length = <usize>load<u32>(marker);
      const start = at - <usize>load<u32>(marker, 4);
      let index: usize = 0;
      while (index < length && load<u8>(start + index) == load<u8>(marker + 8 + index)) index++;
      if (index == length) return true;
      marker += 40;
    }
    candidates &= candidates - 1;
  }
  return false;
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
