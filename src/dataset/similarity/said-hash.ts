import type { Hash } from "../murmur-hash.ts";

/** Names that link calls with their results differ between records that say the same. */
const unsaid = new Set(["id", "tool_call_id"]);
const open = 0x10001;
const close = 0x10002;
const end = 0x10003;

/** The halves as they stand while a value is read. */
let high = 0;
let low = 0;

function begin(): void {
  high = 0x2545f491;
  low = 0x1b873593;
}

function finish(): Hash {
  return { high: mix(high ^ low), low: mix(low) };
}

/** A hash of what a value of JSON says: letter case, white space but between words, and full stops and exclamation marks at the end of a text do not count. */
export function hashOfSaid(value: unknown): Hash {
  begin();
  takeValue(value);
  return finish();
}

/** One hash of several, in their order. */
export function combinedHash(hashes: readonly Hash[]): Hash {
  begin();
  for (const each of hashes) {
    take(each.high);
    take(each.low);
  }
  return finish();
}

function take(unit: number): void {
  high = nextHigh(high, unit);
  low = nextLow(low, unit);
}

function takeValue(value: unknown): void {
  if (typeof value === "string") takeText(value);
  else if (typeof value === "object" && value !== null) {
    take(open);
    if (Array.isArray(value)) for (const each of value as readonly unknown[]) takeValue(each);
    else for (const key in value) {
      if (unsaid.has(key)) continue;
      takeText(key);
      takeValue((value as Readonly<Record<string, unknown>>)[key]);
    }
    take(close);
  } else takeText(String(value));
}

function takeText(text: string): void {
  const lower = text.toLowerCase();
  let { length } = lower;
  while (length > 0 && (isSpace(lower.charCodeAt(length - 1)) || isEndMark(lower.charCodeAt(length - 1)))) length--;
  let isBetween = false;
  let isBegun = false;
  // Locals, because what functions share is written to memory for each unit.
  let ownHigh = high;
  let ownLow = low;
  for (let at = 0; at < length; at++) {
    const unit = lower.charCodeAt(at);
    if (isSpace(unit)) {
      isBetween = isBegun;
      continue;
    }
    if (isBetween) {
      ownHigh = nextHigh(ownHigh, 0x20);
      ownLow = nextLow(ownLow, 0x20);
    }
    isBetween = false;
    isBegun = true;
    ownHigh = nextHigh(ownHigh, unit);
    ownLow = nextLow(ownLow, unit);
  }
  high = nextHigh(ownHigh, end);
  low = nextLow(ownLow, end);
}

function nextHigh(hash: number, unit: number): number {
  return Math.imul(((hash << 13) | (hash >>> 19)) ^ unit, 0x5bd1e995);
}

function nextLow(hash: number, unit: number): number {
  return Math.imul(((hash << 17) | (hash >>> 15)) ^ unit, 0x85ebca6b);
}

function isSpace(unit: number): boolean {
  if (unit > 0x20 && unit < 0xa0) return false;
  return unit === 0x20 || (unit >= 9 && unit <= 13) || unit === 0xa0 || unit === 0x3000 || (unit >= 0x2000 && unit <= 0x200a) || unit === 0x2028 || unit === 0x2029;
}

function isEndMark(unit: number): boolean {
  return unit === 0x2e || unit === 0x21;
}

/** MurmurHash3's final mix (Appleby, public domain). */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
