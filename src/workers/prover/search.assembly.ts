/** What texts are searched for, as `prover.ts` lays it out: markers and signs in buckets, and what numbers are written with, by halves of bytes. */

/** Whether seven digits, or three points, stand in a row with nothing else than what numbers are written with; or fifteen digits, capitals, spaces and hyphens, two of them digits. */
export function holdsNumber(at: usize, to: usize, numbers: usize): bool {
  let digits = 0;
  let points = 0;
  let length = 0;
  let lengthDigits = 0;
  for (; at < to; at++) {
    const byte = load<u8>(at);
    const kinds = load<u8>(numbers + (byte & 0x0f)) & load<u8>(numbers + (byte >> 4), 16);
    if (kinds == 0) {
      digits = points = length = lengthDigits = 0;
      continue;
    }
    if (byte == 0x28 || byte == 0x29 || byte == 0x2e || byte == 0x2f) length = lengthDigits = 0;
    else length++;
    if ((kinds & 0x1f) == 0) digits = points = 0;
    else if (byte == 0x2e) points++;
    else if (byte - 0x30 < 10) {
      digits++;
      lengthDigits++;
    }
    if (digits >= 7 || points >= 3 || (length >= 15 && lengthDigits >= 2)) return true;
  }
  return false;
}

/** Whether a marker of one of the `candidates`, a bit for each of the buckets, has its key at `at`; also in capitals, `inAnyCase`. */
@inline
export function hasMarker(list: usize, at: usize, candidates: u32, inAnyCase: bool): bool {
  while (candidates != 0) {
    const bucket = list + <usize>ctz(candidates) * 8;
    let marker: usize = load<u32>(bucket);
    const end: usize = load<u32>(bucket, 4);
    while (marker < end) {
      const length = <usize>load<u32>(marker);
      const start = at - <usize>load<u32>(marker, 4);
      let index: usize = 0;
      while (index < length && (inAnyCase ? lowerCase(load<u8>(start + index)) : load<u8>(start + index)) == load<u8>(marker + 8 + index)) index++;
      if (index == length) return true;
      marker += 40;
    }
    candidates &= candidates - 1;
  }
  return false;
}

@inline
function lowerCase(byte: u8): u8 {
  return byte - 0x41 < 26 ? byte | 0x20 : byte;
}
