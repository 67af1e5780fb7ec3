import type { Line, Source } from "../../src/dataset/source.ts";
import { splitLines } from "../../src/dataset/lines.ts";

/** The small decoder of the fixture tests: what `src/workers` does for real files, done plainly for short ones. */
export function decode(bytes: Uint8Array): { text: string; source: Source } {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  const text = new TextDecoder(encoding).decode(bytes);
  const byteOrderMark = encoding !== "utf-8" || (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf);
  return { text, source: { encoding, byteOrderMark, lines: withMalformed(text), again: () => withMalformed(text) } };
}

function* withMalformed(text: string): Generator<Line> {
  for (const line of splitLines(text)) {
    const malformed = [...line.text.matchAll(/\uFFFD/g)].map(({ index }) => index);
    yield malformed.length > 0 ? { ...line, malformed } : line;
  }
}
