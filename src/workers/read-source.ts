import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import type { Encoding, Line, Source } from "../dataset/source.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const sliceLength = 1 << 20;

/** A line together with the bytes that it was read from, line break included. */
export interface RawLine extends Line {
  readonly bytes: Buffer;
}

/** A dataset file that is open for reading; whoever opened it closes it. Its lines can be read once. */
export interface OpenSource extends Source {
  readonly lines: Iterable<RawLine>;
  readonly byteLength: number;
  /** Bytes that have been read so far. */
  readonly position: () => number;
  close(): void;
}

/**
 * Opens a dataset and reads it in slices, so that memory holds one line and never the file. Finds out the encoding by the
 * byte-order mark, or by the NUL bytes that UTF-16 leaves in JSON. Throws Node's own error when the file cannot be opened or read.
 */
export function openSource(path: string, sliceBytes = sliceLength): OpenSource {
  const file = openSync(path, "r");
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw Object.assign(new Error("it is a directory"), { code: "EISDIR" });
    const head = Buffer.alloc(4);
    const { encoding, markLength } = detectEncoding(head.subarray(0, readSync(file, head, 0, 4, 0)));
    let position = 0;
    const slices = readSlices(file, markLength, sliceBytes, (read) => {
      position = read;
    });
    const lines = encoding === "utf-8" ? utf8Lines(slices) : utf16Lines(slices, encoding);
    return { encoding, byteOrderMark: markLength > 0, lines, byteLength: stat.size, position: () => position, close: () => closeSync(file) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** The encoding that the first four bytes of a file show, and the length of its byte-order mark. */
export function detectEncoding(head: Uint8Array): { encoding: Encoding; markLength: number } {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", markLength: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", markLength: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", markLength: 2 };
  // JSON begins with an ASCII character, whose other byte is NUL in UTF-16 (RFC 4627, section 3).
  if (a !== undefined && b !== undefined && a !== 0 && b === 0) return { encoding: "utf-16le", markLength: 0 };
  if (a === 0 && b !== undefined && b !== 0) return { encoding: "utf-16be", markLength: 0 };
  return { encoding: "utf-8", markLength: 0 };
}

function* readSlices(file: number, start: number, sliceBytes: number, report: (position: number) => void): Generator<Buffer> {
  for (let position = start; ; ) {
    const slice = Buffer.allocUnsafe(sliceBytes);
    const length = readSync(file, slice, 0, sliceBytes, position);
    if (length === 0) return;
    position += length;
    report(position);
    yield slice.subarray(0, length);
  }
}

/** Lines of UTF-8 are split as bytes: no byte of a longer character equals a line break. */
function* utf8Lines(slices: Iterable<Buffer>): Generator<RawLine> {
  let rest: Buffer[] = [];
  let endedInReturn = false;
  const take = (bytes: Buffer): RawLine => {
    const whole = rest.length > 0 ? Buffer.concat([...rest, bytes]) : bytes;
    rest = [];
    return toLine(whole);
  };
  for (const slice of slices) {
    let start = 0;
    if (endedInReturn) {
      // Only now it shows whether the return at the end of the slice before was half of `\r\n`.
      start = slice[0] === lineFeed ? 1 : 0;
      yield take(slice.subarray(0, start));
      endedInReturn = false;
    }
    let feed = slice.indexOf(lineFeed, start);
    let carriage = slice.indexOf(carriageReturn, start);
    while (feed >= 0 || carriage >= 0) {
      const isReturn = carriage >= 0 && (feed < 0 || carriage < feed);
      const at = isReturn ? carriage : feed;
      if (isReturn && at === slice.length - 1) {
        rest.push(slice.subarray(start));
        start = slice.length;
        endedInReturn = true;
        break;
      }
      const end = isReturn && slice[at + 1] === lineFeed ? at + 2 : at + 1;
      yield take(slice.subarray(start, end));
      start = end;
      if (feed >= 0 && feed < start) feed = slice.indexOf(lineFeed, start);
      if (carriage >= 0 && carriage < start) carriage = slice.indexOf(carriageReturn, start);
    }
    if (start < slice.length) rest.push(slice.subarray(start));
  }
  if (rest.length > 0) yield take(Buffer.alloc(0));
}

function toLine(bytes: Buffer): RawLine {
  const last = bytes.at(-1);
  const breakLength = last === lineFeed ? (bytes.at(-2) === carriageReturn ? 2 : 1) : last === carriageReturn ? 1 : 0;
  const content = bytes.subarray(0, bytes.length - breakLength);
  const lineBreak = bytes.toString("latin1", bytes.length - breakLength) as Line["lineBreak"];
  const text = decode(content);
  return isUtf8(content) ? { text, lineBreak, bytes } : { text, lineBreak, bytes, malformed: malformedCharacters(content, text) };
}

function decode(content: Buffer): string {
  try {
    return content.toString("utf8");
  } catch (cause) {
    throw new Error(`one line has ${Math.round(content.length / 1e6)} MB, more than a JavaScript string can hold; no provider takes such a record`, { cause });
  }
}

/** Where U+FFFD in `text` stands for bytes that are no UTF-8, and not for a U+FFFD that was written. */
function malformedCharacters(content: Buffer, text: string): number[] {
  const found: number[] = [];
  const replacement = Buffer.from("\uFFFD");
  let byte = 0;
  for (let index = 0; index < text.length; ) {
    const codePoint = text.codePointAt(index) ?? 0;
    const width = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    if (codePoint === 0xfffd && !content.subarray(byte, byte + 3).equals(replacement)) {
      found.push(index);
      byte += malformedLength(content, byte);
    } else byte += width;
    index += codePoint > 0xffff ? 2 : 1;
  }
  return found;
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

function* utf16Lines(slices: Iterable<Buffer>, encoding: "utf-16le" | "utf-16be"): Generator<RawLine> {
  // Lone surrogates stay as they are: a lone half is the dataset's own fault, and told by its own rule.
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let rest = "";
  for (const slice of slices) {
    rest += decoder.decode(slice, { stream: true });
    const breaks = /\r\n|\n|\r(?!$)/g;
    let start = 0;
    for (let match = breaks.exec(rest); match; match = breaks.exec(rest)) {
      yield fromText(rest.slice(start, match.index), match[0] as Line["lineBreak"]);
      start = breaks.lastIndex;
    }
    rest = rest.slice(start);
  }
  rest += decoder.decode();
  if (rest.endsWith("\r")) yield fromText(rest.slice(0, -1), "\r");
  else if (rest !== "") yield fromText(rest, "");
}

function fromText(text: string, lineBreak: Line["lineBreak"]): RawLine {
  return { text, lineBreak, bytes: Buffer.from(text + lineBreak) };
}
