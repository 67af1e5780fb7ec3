import { constants, isUtf8 } from "node:buffer";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { splitLines } from "../dataset/lines.ts";
import type { Encoding, Line, Source } from "../dataset/source.ts";
import { attempt, FileError } from "./file-error.ts";
import { malformedCharacters } from "./utf-8.ts";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const sliceLength = 1 << 20;

/** A line together with its bytes, line break included: as they were read, or in UTF-8 where the file is in UTF-16. */
export interface RawLine extends Line {
  readonly bytes: Buffer;
}

/** A dataset file that is open for reading; whoever opened it closes it. Its lines can be read once. */
export interface OpenSource extends Source {
  readonly lines: Iterable<RawLine>;
  /** 0 for what has no length, such as a pipe. */
  readonly byteLength: number;
  /** Whether it is a file whose bytes can be read in any order. */
  readonly isRegular: boolean;
  /** Bytes that have been read so far. */
  readonly position: () => number;
  close(): void;
}

/**
 * Opens a dataset and reads it in slices, so that memory holds one line and never the file. Finds out the encoding by the
 * byte-order mark, or by the NUL bytes that UTF-16 leaves in JSON. Throws a FileError when the file cannot be opened or read.
 */
export function openSource(path: string, sliceBytes = sliceLength): OpenSource {
  const file = attempt("read", path, () => openSync(path, "r"));
  try {
    const status = attempt("read", path, () => fstatSync(file));
    const { size } = status;
    let position = 0;
    // Reading goes on from where it stands, because a pipe knows no other position.
    const read = (bytes: number): Buffer => {
      const slice = Buffer.allocUnsafe(bytes);
      const length = attempt("read", path, () => readSync(file, slice, 0, bytes, null));
      position += length;
      return slice.subarray(0, length);
    };
    const head = readHead(read);
    if (isUtf32(head)) throw new FileError("read", path, new Error("it is written in UTF-32, which no provider reads; save it as UTF-8 from the program that wrote it"));
    const { encoding, markLength } = detectEncoding(head);
    const slices = readSlices(head.subarray(markLength), () => read(sliceBytes));
    const tooLong = (bytes: number): FileError => new FileError("read", path, new Error(`one line of it has more than ${Math.floor(bytes / 1e6)} MB, more than can be read; a JSONL dataset has one record a line`));
    const lines = encoding === "utf-8" ? utf8Lines(slices, tooLong, toLine) : utf16Lines(slices, encoding, tooLong);
    return { encoding, byteOrderMark: markLength > 0, lines, byteLength: size, isRegular: status.isFile(), ...(status.isFile() ? { again: () => linesAgain(path) } : {}), position: () => position, close: () => closeSync(file) };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** The lines of a file, read anew. Throws a FileError when it cannot be read. */
export function* linesAgain(path: string): Generator<RawLine> {
  const source = openSource(path);
  try {
    yield* source.lines;
  } finally {
    source.close();
  }
}

/** The lines of a file of UTF-8, of which each is decoded when it is asked for its text. Throws a FileError when the file cannot be read. */
export function* linesUnread(path: string): Generator<Line> {
  const tooLong = (): FileError => new FileError("read", path, new Error("a line of it was changed while it was checked, and is longer than can be read"));
  function* slices(): Generator<Buffer> {
    let isFirst = true;
    for (const slice of readBytes(path)) {
      yield isFirst ? slice.subarray(detectEncoding(slice.subarray(0, 4)).markLength) : slice;
      isFirst = false;
    }
  }
  yield* utf8Lines(slices(), tooLong, (bytes) => new UnreadLine(bytes));
}

class UnreadLine implements Line {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get text(): string {
    return toLine(this.#bytes).text;
  }

  get lineBreak(): Line["lineBreak"] {
    return toLine(this.#bytes).lineBreak;
  }
}

/** The bytes of a file, slice by slice. Throws a FileError when it cannot be read. */
export function* readBytes(path: string): Generator<Buffer> {
  const file = attempt("read", path, () => openSync(path, "r"));
  try {
    for (;;) {
      const slice = Buffer.allocUnsafe(sliceLength);
      const length = attempt("read", path, () => readSync(file, slice, 0, sliceLength, null));
      if (length === 0) return;
      yield slice.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

/** The lines of some bytes of UTF-8. */
export function linesOf(bytes: Buffer): readonly RawLine[] {
  return [...utf8Lines([bytes], () => new RangeError("The line is too long."), toLine)];
}

/** The encoding that the first four bytes of a file show, and the length of its byte-order mark. */
function detectEncoding(head: Uint8Array): { encoding: Encoding; markLength: number } {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: "utf-8", markLength: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: "utf-16le", markLength: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: "utf-16be", markLength: 2 };
  // A record begins with two ASCII characters, each of which has a NUL beside it in UTF-16 (RFC 4627, section 3).
  const nulAt = (parity: number): boolean => head.length >= 2 && head.length % 2 === 0 && head.every((byte, index) => (byte === 0) === (index % 2 === parity));
  if (nulAt(1)) return { encoding: "utf-16le", markLength: 0 };
  if (nulAt(0)) return { encoding: "utf-16be", markLength: 0 };
  return { encoding: "utf-8", markLength: 0 };
}

/** Whether the first four bytes of a file are those of UTF-32: its byte-order mark, or an ASCII character with its three NUL bytes. */
function isUtf32(head: Buffer): boolean {
  return head.length === 4 && [head.readUInt32LE(), head.readUInt32BE()].some((character) => character === 0xfeff || (character > 0 && character < 0x80));
}

function readHead(read: (bytes: number) => Buffer): Buffer {
  let head = Buffer.alloc(0);
  while (head.length < 4) {
    const more = read(4 - head.length);
    if (more.length === 0) break;
    head = Buffer.concat([head, more]);
  }
  return head;
}

function* readSlices(head: Buffer, read: () => Buffer): Generator<Buffer> {
  if (head.length > 0) yield head;
  for (let slice = read(); slice.length > 0; slice = read()) yield slice;
}

/** Lines of UTF-8 are split as bytes: no byte of a longer character equals a line break. */
function* utf8Lines<Made>(slices: Iterable<Buffer>, tooLong: (bytes: number) => Error, make: (bytes: Buffer) => Made): Generator<Made> {
  let rest: Buffer[] = [];
  let restLength = 0;
  let endedInReturn = false;
  const keep = (bytes: Buffer): void => {
    rest.push(bytes);
    restLength += bytes.length;
    if (restLength > constants.MAX_STRING_LENGTH) throw tooLong(constants.MAX_STRING_LENGTH);
  };
  const take = (bytes: Buffer): Made => {
    const whole = rest.length > 0 ? Buffer.concat([...rest, bytes]) : bytes;
    rest = [];
    restLength = 0;
    return make(whole);
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
        endedInReturn = true;
        break;
      }
      const end = isReturn && slice[at + 1] === lineFeed ? at + 2 : at + 1;
      yield take(slice.subarray(start, end));
      start = end;
      if (feed >= 0 && feed < start) feed = slice.indexOf(lineFeed, start);
      if (carriage >= 0 && carriage < start) carriage = slice.indexOf(carriageReturn, start);
    }
    if (start < slice.length) keep(slice.subarray(start));
  }
  if (rest.length > 0) yield take(Buffer.alloc(0));
}

/** The line that some bytes of UTF-8 are, with its break. */
export function toLine(bytes: Buffer): RawLine {
  const last = bytes.at(-1);
  const breakLength = last === lineFeed ? (bytes.at(-2) === carriageReturn ? 2 : 1) : last === carriageReturn ? 1 : 0;
  const content = bytes.subarray(0, bytes.length - breakLength);
  const lineBreak = bytes.toString("latin1", bytes.length - breakLength) as Line["lineBreak"];
  const text = content.toString("utf8");
  return isUtf8(content) ? { text, lineBreak, bytes } : { text, lineBreak, bytes, malformed: malformedCharacters(content, text) };
}

/** Halves of surrogate pairs without their other half, and half a unit at the end, are malformed: UTF-8 has no way to write them. */
function* utf16Lines(slices: Iterable<Buffer>, encoding: "utf-16le" | "utf-16be", tooLong: (bytes: number) => Error): Generator<RawLine> {
  let rest = "";
  let half: Buffer = Buffer.alloc(0);
  for (const slice of slices) {
    const bytes = Buffer.concat([half, slice]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
    half = bytes.subarray(whole.length);
    if (rest.length + whole.length / 2 > constants.MAX_STRING_LENGTH) throw tooLong(constants.MAX_STRING_LENGTH * 2);
    const breaks = /\r\n|\n|\r(?!$)/g;
    breaks.lastIndex = Math.max(0, rest.length - 1);
    rest += (encoding === "utf-16be" ? whole.swap16() : whole).toString("utf16le");
    let start = 0;
    for (let match = breaks.exec(rest); match; match = breaks.exec(rest)) {
      yield fromUnits(rest.slice(start, match.index), match[0] as Line["lineBreak"]);
      start = breaks.lastIndex;
    }
    rest = rest.slice(start);
  }
  // A lone half is no character, so that it becomes U+FFFD and is told as malformed.
  if (half.length > 0) rest += "\uD800";
  for (const { text, lineBreak } of splitLines(rest)) yield fromUnits(text, lineBreak);
}

function fromUnits(units: string, lineBreak: Line["lineBreak"]): RawLine {
  const malformed = Array.from(units.matchAll(/\p{Surrogate}/gu), ({ index }) => index);
  const text = malformed.length > 0 ? units.replace(/\p{Surrogate}/gu, "\uFFFD") : units;
  const line = { text, lineBreak, bytes: Buffer.from(text + lineBreak) };
  return malformed.length > 0 ? { ...line, malformed } : line;
}
