/**
 * The grammar of plain chat records over bytes, in AssemblyScript: it becomes WebAssembly, whose vectors look at sixteen bytes at once.
 * `prover.ts` lays out the memory, says what each row means, and hands over every list of texts; here stands how bytes are read.
 * Whatever is read past the end of the bytes is a NUL that `prove` writes there, which no record holds.
 */

/** What `configure` was told: addresses of tables, and limits. */
let pairs: usize = 0;
let buckets: usize = 0;
let plainEnds: usize = 0;
let plainSequences: usize = 0;
let plainSequenceCount: i32 = 0;
let spaces: usize = 0;
let spaceCount: i32 = 0;
let nullTexts: usize = 0;
let nullTextCount: i32 = 0;
/** Room for 16 candidates, and for 12 bytes a message. */
let scratch: usize = 0;
let chat: usize = 0;
let roles: u32 = 0;
let mostBytes: u32 = 0;
let mostMessages: u32 = 0;

/** The first byte that `prove` has not judged. */
export let consumed: usize = 0;

export function configure(
  pairsAt: usize, bucketsAt: usize, plainEndsAt: usize, plainSequencesAt: usize, plainSequencesLength: i32, spacesAt: usize, spacesLength: i32,
  nullTextsAt: usize, nullTextsLength: i32, scratchAt: usize, allowedRoles: u32, longestRecord: u32, longestChat: u32,
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
  chat = scratchAt + 16;
  roles = allowedRoles;
  mostBytes = longestRecord;
  mostMessages = longestChat;
}

/** Found of the record that was looked at last. */
let beyondAscii: bool = false;
let lastEscape: usize = 0;
let answerStart: usize = 0;
let answerEnd: usize = 0;
let answerHigh: i32 = 0;
let answerLow: i32 = 0;
let questionHigh: i32 = 0;
let questionLow: i32 = 0;
let hasQuestion: bool = false;
/** The two halves of the last hash. */
let high: i32 = 0;
let low: i32 = 0;

const rowBytes: usize = 52;
const provenFlag: i32 = 1;
const questionFlag: i32 = 2;

/**
 * Judges the lines from `from` up to `to`, and writes a row of 13 integers for each to `rows`, at most `mostRows`. A line that is not ended is judged
 * only where nothing `follows`. Gives the number of rows.
 */
export function prove(from: usize, to: usize, follows: bool, rows: usize, mostRows: i32): i32 {
  store<u64>(to, 0);
  store<u64>(to + 8, 0);
  let at = from;
  let count = 0;
  while (at < to && count < mostRows) {
    const last = record(at);
    let end: usize;
    let next: usize;
    let proven = last != 0;
    if (proven) {
      end = skipSpaces(last);
      const byte = load<u8>(end);
      if (byte == 0x0a) next = end + 1;
      else if (byte == 0x0d && load<u8>(end + 1) == 0x0a) next = end + 2;
      else if (end == to && !follows) next = to;
      else {
        proven = false;
        next = 0;
      }
      if (proven && end - at > mostBytes) proven = false;
    } else {
      end = 0;
      next = 0;
    }
    if (!proven) {
      end = lineEnd(at, to);
      if (end == to) {
        if (follows) break;
        next = to;
      } else if (load<u8>(end) == 0x0a) next = end + 1;
      else if (end + 1 == to && follows) break;
      else next = load<u8>(end + 1) == 0x0a && end + 1 < to ? end + 2 : end + 1;
    }
    const row = rows + <usize>count * rowBytes;
    store<i32>(row, <i32>at);
    store<i32>(row, <i32>end, 4);
    store<i32>(row, <i32>next, 8);
    store<i32>(row, proven ? provenFlag | (hasQuestion ? questionFlag : 0) : 0, 12);
    if (proven) {
      store<i32>(row, beyondAscii ? unitsOf(at, end) : <i32>(end - at), 16);
      store<i32>(row, high, 20);
      store<i32>(row, low, 24);
      store<i32>(row, <i32>answerStart, 28);
      store<i32>(row, <i32>answerEnd, 32);
      store<i32>(row, answerHigh, 36);
      store<i32>(row, answerLow, 40);
      store<i32>(row, questionHigh, 44);
      store<i32>(row, questionLow, 48);
    }
    count++;
    at = next;
  }
  consumed = at;
  return count;
}

/** Where the record that begins at `at` ends, or 0 where it is not proven. Its hash is in `high` and `low`. */
function record(at: usize): usize {
  beyondAscii = false;
  hasQuestion = false;
  if (load<u8>(at) != 0x7b) return 0;
  at = skipSpaces(at + 1);
  // "messages": the quotation marks around eight letters.
  if (load<u8>(at) != 0x22 || load<u64>(at, 1) != 0x736567617373656d || load<u8>(at, 9) != 0x22) return 0;
  at = skipSpaces(at + 10);
  if (load<u8>(at) != 0x3a) return 0;
  at = skipSpaces(at + 1);
  if (load<u8>(at) != 0x5b) return 0;
  at = skipSpaces(at + 1);
  let count: u32 = 0;
  let expected = user;
  let answered = false;
  for (;;) {
    if (count == mostMessages) return 0;
    at = message(at);
    if (at == 0 || (roles & (1 << role)) == 0) return 0;
    const entry = chat + <usize>count * 12;
    store<i32>(entry, <i32>role | (contentFirst ? 0x100 : 0));
    store<i32>(entry, high, 4);
    store<i32>(entry, low, 8);
    if (count > 0 || (role != system && role != developer)) {
      if (role != expected) return 0;
      if (role == user) {
        questionHigh = high;
        questionLow = low;
        hasQuestion = true;
        answered = false;
        expected = assistant;
      } else {
        // What is learnt has no white space at its ends.
        if (opensInSpace || closesInSpace || !endsPlainly()) return 0;
        answerStart = contentStart;
        answerEnd = contentEnd;
        answerHigh = high;
        answerLow = low;
        answered = true;
        expected = user;
      }
    }
    count++;
    at = skipSpaces(at);
    const byte = load<u8>(at);
    if (byte == 0x5d) break;
    if (byte != 0x2c) return 0;
    at = skipSpaces(at + 1);
  }
  if (!answered) return 0;
  at = skipSpaces(at + 1);
  if (load<u8>(at) != 0x7d) return 0;
  hash(chat, chat + <usize>count * 12, 1);
  return at + 1;
}

const system: u32 = 0;
const developer: u32 = 1;
const user: u32 = 2;
const assistant: u32 = 3;

/** Found of the message that was looked at last; the hash of its content is in `high` and `low`. */
let role: u32 = 0;
let contentFirst: bool = false;
let contentStart: usize = 0;
let opensInSpace: bool = false;
let closesInSpace: bool = false;
let contentEnd: usize = 0;

/** Where the message that begins at `at` ends, or 0. */
function message(at: usize): usize {
  if (load<u8>(at) != 0x7b) return 0;
  at = skipSpaces(at + 1);
  contentFirst = load<u8>(at, 1) == 0x63;
  at = contentFirst ? content(at) : roleMember(at);
  if (at == 0) return 0;
  at = skipSpaces(at);
  if (load<u8>(at) != 0x2c) return 0;
  at = skipSpaces(at + 1);
  at = contentFirst ? roleMember(at) : content(at);
  if (at == 0) return 0;
  at = skipSpaces(at);
  return load<u8>(at) == 0x7d ? at + 1 : 0;
}

/** `"role": "…"` */
function roleMember(at: usize): usize {
  if (load<u8>(at) != 0x22 || load<u32>(at, 1) != 0x656c6f72 || load<u8>(at, 5) != 0x22) return 0;
  at = skipSpaces(at + 6);
  if (load<u8>(at) != 0x3a) return 0;
  at = skipSpaces(at + 1);
  if (load<u8>(at) != 0x22) return 0;
  at++;
  if (load<u32>(at) == 0x72657375) {
    role = user;
    at += 4;
  } else if (load<u64>(at) == 0x6e61747369737361 && load<u8>(at, 8) == 0x74) {
    role = assistant;
    at += 9;
  } else if (load<u32>(at) == 0x74737973 && load<u16>(at, 4) == 0x6d65) {
    role = system;
    at += 6;
  } else if (load<u64>(at) == 0x65706f6c65766564 && load<u8>(at, 8) == 0x72) {
    role = developer;
    at += 9;
  } else return 0;
  return load<u8>(at) == 0x22 ? at + 1 : 0;
}

/** `"content": "…"`, whose text is not blank, is no null text and holds no marker. */
function content(at: usize): usize {
  if (load<u8>(at) != 0x22 || load<u32>(at, 1) != 0x746e6f63 || load<u32>(at, 4) != 0x746e6574 || load<u8>(at, 8) != 0x22) return 0;
  at = skipSpaces(at + 9);
  if (load<u8>(at) != 0x3a) return 0;
  at = skipSpaces(at + 1);
  if (load<u8>(at) != 0x22) return 0;
  contentStart = at + 1;
  contentEnd = endOfText(contentStart);
  if (contentEnd <= contentStart || isNullText()) return 0;
  opensInSpace = isSpaceAt(contentStart);
  closesInSpace = endsInSpace();
  // More white space may leave nothing of the text, or a null text.
  if ((opensInSpace || closesInSpace) && contentEnd - contentStart <= 64) return 0;
  if (opensInSpace && !opensInOneSpace()) return 0;
  if (closesInSpace && !endsInOneSpace()) return 0;
  hash(contentStart, contentEnd, 0);
  return contentEnd + 1;
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

/** Of a content that opens in white space, whether that is a single space or escape. */
function opensInOneSpace(): bool {
  const byte = load<u8>(contentStart);
  return byte < 0x80 && !isSpaceAt(contentStart + (byte == 0x20 ? 1 : 2));
}

/** Of a content that ends in white space, whether that is a single space or escape, as far as the bytes before show. */
function endsInOneSpace(): bool {
  if (lastEscape == contentEnd) {
    const before = load<u8>(contentEnd - 3);
    return before > 0x20 && before < 0x80 && load<u8>(contentEnd - 4) != 0x5c;
  }
  const before = load<u8>(contentEnd - 2);
  return load<u8>(contentEnd - 1) == 0x20 && before > 0x20 && before < 0x80 && lastEscape != contentEnd - 1;
}

function endsInSpace(): bool {
  const byte = load<u8>(contentEnd - 1);
  if (byte == 0x20) return true;
  if (lastEscape == contentEnd) return byte != 0x22 && byte != 0x5c;
  return byte >= 0x80 && (isSequence(lastThree(), spaces, spaceCount) || isSequence(load<u16>(contentEnd - 2), spaces, spaceCount));
}

/** The last three bytes of the content, or 0. */
function lastThree(): u32 {
  return contentEnd - contentStart < 3 ? 0 : load<u32>(contentEnd - 3) & 0xffffff;
}

function isSequence(bytes: u32, list: usize, count: i32): bool {
  for (let index = 0; index < count; index++) if (load<u32>(list + <usize>index * 4) == bytes) return true;
  return false;
}

/** Whether the content is short, or ends in a sign that ends sentences. */
function endsPlainly(): bool {
  if (contentEnd - contentStart <= 200) return true;
  const byte = load<u8>(contentEnd - 1);
  if (byte < 0x80) return load<u8>(plainEnds + byte) != 0 && (lastEscape != contentEnd || byte == 0x22);
  return isSequence(lastThree(), plainSequences, plainSequenceCount);
}

function isNullText(): bool {
  const length = contentEnd - contentStart;
  for (let index = 0; index < nullTextCount; index++) {
    const entry = nullTexts + <usize>index * 20;
    if (<usize>load<u32>(entry) != length) continue;
    let same: usize = 0;
    while (same < length && load<u8>(contentStart + same) == load<u8>(entry + 4 + same)) same++;
    if (same == length) return true;
  }
  return false;
}

/** Spaces and tabs: a line break ends the record. */
function skipSpaces(at: usize): usize {
  while (load<u8>(at) == 0x20 || load<u8>(at) == 0x09) at++;
  return at;
}

/** The first line feed or carriage return, or `to`. */
function lineEnd(at: usize, to: usize): usize {
  const feed = i8x16.splat(0x0a);
  const carriage = i8x16.splat(0x0d);
  for (; at < to; at += 16) {
    const block = v128.load(at);
    const stops = i8x16.bitmask(v128.or(i8x16.eq(block, feed), i8x16.eq(block, carriage)));
    if (stops != 0) {
      const end = at + <usize>ctz(stops);
      return end < to ? end : to;
    }
  }
  return to;
}

/** How many UTF-16 units the bytes are: those that continue a character count nothing, those that begin one of four bytes count two. */
function unitsOf(at: usize, to: usize): i32 {
  let units: i32 = 0;
  const continued = i8x16.splat(-64);
  const four = i8x16.splat(-16);
  for (; at + 16 <= to; at += 16) {
    const block = v128.load(at);
    units += 16 - popcnt(i8x16.bitmask(i8x16.lt_s(block, continued))) + popcnt(i8x16.bitmask(i8x16.ge_u(block, four)));
  }
  for (; at < to; at++) {
    const byte = load<u8>(at);
    if ((byte & 0xc0) != 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

/** MurmurHash3's x86 variant of 128 bits (Appleby, public domain), of which 64 are kept: the twin of `dataset/murmur-hash.ts`. */
function hash(at: usize, to: usize, seed: i32): void {
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
