/** Bytes, whatever they mean. What is read behind their end is a NUL or whatever stands there, and never told. */

/** Spaces and tabs: a line break ends the record. */
export function skipSpaces(at: usize): usize {
  while (load<u8>(at) == 0x20 || load<u8>(at) == 0x09) at++;
  return at;
}

/** The first line feed or carriage return, or `to`. */
export function lineEnd(at: usize, to: usize): usize {
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
export function unitsOf(at: usize, to: usize): i32 {
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
