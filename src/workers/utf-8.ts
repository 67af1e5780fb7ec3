const replacement = Buffer.from("\uFFFD");

/** Where U+FFFD in `text` stands for bytes of `content` that are no UTF-8, and not for a U+FFFD that was written. Characters count UTF-16 units. */
export function malformedCharacters(content: Buffer, text: string): number[] {
  const found: number[] = [];
  for (const { character, malformed } of walk(content, text)) if (malformed) found.push(character);
  return found;
}

/** The byte of `content` at which the character `character` of `text`, its decoded form, begins; the length of `content` for the place behind the last. */
export function byteOffset(content: Buffer, text: string, character: number): number {
  for (const step of walk(content, text)) if (step.character >= character) return step.byte;
  return content.length;
}

function* walk(content: Buffer, text: string): Generator<{ readonly character: number; readonly byte: number; readonly malformed: boolean }> {
  let byte = 0;
  for (let character = 0; character < text.length; ) {
    const codePoint = text.codePointAt(character) ?? 0;
    const malformed = codePoint === 0xfffd && !content.subarray(byte, byte + 3).equals(replacement);
    yield { character, byte, malformed };
    byte += malformed ? malformedLength(content, byte) : codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    character += codePoint > 0xffff ? 2 : 1;
  }
}

/** How many bytes one U+FFFD stands for: the longest start of a character that cannot be completed (Unicode 16, table 3-7 and section 3.9, U+FFFD substitution). */
function malformedLength(content: Buffer, start: number): number {
  const lead = content[start] ?? 0;
  const missing = lead >= 0xf0 && lead <= 0xf4 ? 3 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xc2 && lead <= 0xdf ? 1 : 0;
  let [low, high] = secondByte[lead] ?? [0x80, 0xbf];
  let length = 1;
  for (; length <= missing; length++) {
    const next = content[start + length];
    if (next === undefined || next < low || next > high) break;
    [low, high] = [0x80, 0xbf];
  }
  return length;
}

/** The second bytes that these first bytes take, where they are fewer than 80–BF. */
const secondByte: Readonly<Record<number, readonly [number, number]>> = { 0xe0: [0xa0, 0xbf], 0xed: [0x80, 0x9f], 0xf0: [0x90, 0xbf], 0xf4: [0x80, 0x8f] };
