/**
 * The grammar of plain chat records over bytes, in AssemblyScript: it becomes WebAssembly, whose vectors look at sixteen bytes at once.
 * `prover.ts` lays out the memory, says what each row means, and hands over every list of texts; here stands how bytes are read.
 * Whatever is read past the end of the bytes is a NUL that `prove` writes there, which no record holds.
 */

import { lineEnd, skipSpaces, unitsOf } from "./bytes.assembly";
import { hash, high, low } from "./hash.assembly";
import { beyondAscii, closesInSpace, endsPlainly, forgetSigns, hasNumber, hasSign, opensInSpace, readText, textEnd, textStart } from "./text.assembly";

export { configureTexts } from "./text.assembly";

/** What `configureChats` was told. */
let roles: u32 = 0;
let mostBytes: u32 = 0;
let mostMessages: u32 = 0;
/** Room for 12 bytes a message. */
let chat: usize = 0;

/** The first byte that `prove` has not judged. */
export let consumed: usize = 0;

export function configureChats(allowedRoles: u32, longestRecord: u32, longestChat: u32, chatAt: usize): void {
  roles = allowedRoles;
  mostBytes = longestRecord;
  mostMessages = longestChat;
  chat = chatAt;
}

/** Found of the record that was looked at last. */
let answerStart: usize = 0;
let answerEnd: usize = 0;
let answerHigh: i32 = 0;
let answerLow: i32 = 0;
let questionHigh: i32 = 0;
let questionLow: i32 = 0;
let hasQuestion: bool = false;
const rowBytes: usize = 52;
const provenFlag: i32 = 1;
const questionFlag: i32 = 2;
const signFlag: i32 = 4;
const numberFlag: i32 = 8;

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
    store<i32>(row, proven ? provenFlag | (hasQuestion ? questionFlag : 0) | (hasSign ? signFlag : 0) | (hasNumber ? numberFlag : 0) : 0, 12);
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
  forgetSigns();
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
        answerStart = textStart;
        answerEnd = textEnd;
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
  const end = readText(at + 1);
  if (end == 0) return 0;
  hash(textStart, textEnd, 0);
  return end + 1;
}
