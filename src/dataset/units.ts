import { createNesting } from "./nesting.ts";
import type { Line, Source } from "./source.ts";

/**
 * One record as it stands in a source: usually one line. A record that is written over several lines, or is an element of one JSON array, is a
 * unit too, so that its findings stand where they belong.
 */
export interface Unit {
  /** As it was read; line breaks within it stay. */
  readonly text: string;
  /** The line and the character at which it begins, from 0. */
  readonly line: number;
  readonly start: number;
  /** How many lines it takes. */
  readonly lines: number;
  /** The break behind its last line. */
  readonly lineBreak: Line["lineBreak"];
  /** Characters of `text` at which bytes that are no UTF-8 stand. */
  readonly malformed: readonly number[];
  /** Whether it is an element of an array that holds the records. */
  readonly element: boolean;
}

/** The units of a source, and how they are laid out, which is known once all have been read. */
export interface Units {
  readonly units: Iterable<Unit>;
  /** `broken-array`: an array that never ends, or has something behind it. */
  readonly layout: () => "lines" | "array" | "broken-array";
  /** Whether the last record was not closed where the lines ended. */
  readonly isOpen: () => boolean;
}

/** More lines than this are no record: whatever opened a bracket there, was cut. */
const longestGroup = 100_000;

/**
 * Reads the units of a source. Lines that hold a whole record each, which is what a dataset should have, are handed over as they are; only where
 * the first record opens an array, or a record is not closed on its line, are lines put together. A part of a file that begins at another line than
 * the first, behind records, opens no array.
 */
export function unitsOf(source: Pick<Source, "lines">, { line: firstLine = 0, isBehindRecords = false }: { readonly line?: number; readonly isBehindRecords?: boolean } = {}): Units {
  const reader = createLineReader(source.lines, firstLine);
  let layout: "lines" | "array" | "broken-array" = "lines";
  let open = false;
  function* read(): Generator<Unit> {
    let blank = !isBehindRecords;
    try {
      for (let line = reader.next(); line; line = reader.next()) {
        const begin = line.text.trimStart();
        if (blank && opensArray(line.text)) {
          layout = "broken-array";
          if (yield* readArray(line, reader)) layout = "array";
        } else if (opensRecord(line.text)) yield readGroup(line, reader, () => (open = true));
        else {
          yield toUnit([line], reader.number);
          if (begin !== "" && layout === "array") layout = "broken-array";
        }
        blank &&= begin === "";
      }
    } finally {
      reader.close();
    }
  }
  return { units: read(), layout: () => layout, isOpen: () => open };
}

/** Whether a line, as the first that is not blank, opens an array that holds the records. */
export function opensArray(text: string): boolean {
  return /^\s*\[\s*(?:\{|$)/.test(text);
}

/** Whether a record begins on a line that may go on behind it. */
export function opensRecord(text: string): boolean {
  return text.trimStart().startsWith("{") && !text.trimEnd().endsWith("}");
}

/** Lines one after the other, which can be given back. */
export interface LineReader {
  /** The number of the line that was read last, from 0. */
  readonly number: number;
  next(): Line | undefined;
  giveBack(lines: readonly Line[]): void;
  close(): void;
}

/** Reads lines one after the other; the first is the line `firstLine`. */
export function createLineReader(source: Iterable<Line>, firstLine = 0): LineReader {
  const lines = source[Symbol.iterator]();
  let held: Line[] = [];
  let number = firstLine - 1;
  return {
    get number() {
      return number;
    },
    next() {
      const line = held.pop() ?? nextOf(lines);
      if (line) number++;
      return line;
    },
    giveBack(some) {
      held = [...held, ...[...some].reverse()];
      number -= some.length;
    },
    close: () => void lines.return?.(),
  };
}

function nextOf(lines: Iterator<Line>): Line | undefined {
  const step = lines.next();
  return step.done === true ? undefined : step.value;
}

/**
 * The record that `first` begins, with the lines on which it goes on; `first` alone where another record begins, or the text ends, before it is closed:
 * `cutOff` is told when it is the end.
 */
export function readGroup(first: Line, reader: LineReader, cutOff: () => void): Unit {
  const { number } = reader;
  const nesting = createNesting();
  const lines = [first];
  let readsOn = nesting.take(first.text);
  while (readsOn && nesting.depth > 0 && lines.length < longestGroup) {
    const line = reader.next();
    if (!line) {
      cutOff();
      break;
    }
    lines.push(line);
    // A record that begins in the first column is the next one: this one was cut.
    readsOn = !line.text.startsWith("{") && nesting.take(line.text);
  }
  if (readsOn && nesting.depth === 0) return toUnit(lines, number);
  reader.giveBack(lines.slice(1));
  return toUnit([first], number);
}

/**
 * The elements of the array that `first` opens. What is no element (the brackets, the commas between, blank lines) belongs to no unit. Returns
 * whether the array was closed.
 */
function* readArray(first: Line, reader: LineReader): Generator<Unit, boolean> {
  let open: Line[] = [];
  let openAt = 0;
  let openLine = 0;
  let nesting = createNesting();
  let at = first.text.indexOf("[") + 1;
  for (let line: Line | undefined = first; line; line = reader.next(), at = 0) {
    const { text } = line;
    if (open.length > 0) open.push(line);
    for (;;) {
      if (open.length === 0) {
        const start = text.slice(at).search(/[^\s,]/);
        if (start < 0) break;
        at += start;
        if (text[at] === "]" && text.slice(at + 1).trim() === "") return true;
        open = [line];
        openAt = at;
        openLine = reader.number;
        nesting = createNesting();
      }
      const end = nesting.takeElement(text, at);
      if (end === undefined) break;
      // What does not read on ends with its line, so that what follows is read on its own.
      const stop = end < 0 ? Math.max(lastOf(text), at) : end;
      yield cutUnit(open, openLine, openAt, stop, line);
      open = [];
      at = end < 0 ? text.length : end;
    }
  }
  const last = open.at(-1);
  if (last) yield cutUnit(open, openLine, openAt, last.text.length, last);
  return false;
}

/** The end of what a line holds besides white space and commas behind it. */
function lastOf(text: string): number {
  let end = text.length;
  while (end > 0 && /[\s,]/.test(text[end - 1] ?? "")) end--;
  return end;
}

function toUnit(lines: readonly Line[], line: number): Unit {
  const [only] = lines;
  if (only && lines.length === 1) return { text: only.text, line, start: 0, lines: 1, lineBreak: only.lineBreak, malformed: only.malformed ?? [], element: false };
  const last = lines.at(-1);
  return { ...joined(lines, 0, last?.text.length ?? 0), line, start: 0, lines: lines.length, lineBreak: last?.lineBreak ?? "", element: false };
}

/** An element from the character `from` of its first line to the character `to` of its last. */
function cutUnit(lines: readonly Line[], line: number, from: number, to: number, last: Line): Unit {
  return { ...joined(lines, from, to), line, start: from, lines: lines.length, lineBreak: last.lineBreak, element: true };
}

function joined(lines: readonly Line[], from: number, to: number): Pick<Unit, "text" | "malformed"> {
  let text = "";
  const malformed: number[] = [];
  for (const [index, line] of lines.entries()) {
    const start = index === 0 ? from : 0;
    const end = index === lines.length - 1 ? to : line.text.length;
    for (const character of line.malformed ?? []) if (character >= start && character < end) malformed.push(text.length + character - start);
    text += line.text.slice(start, end) + (index === lines.length - 1 ? "" : line.lineBreak);
  }
  return { text, malformed };
}

/**
 * The record on a line of its own: line breaks between its tokens, and the spaces beside them, are left out; within a string no line break
 * can stand. Number literals, escapes and the order of keys stay.
 */
export function onOneLine(text: string): string {
  return text.split(/\r\n|\n|\r/).map(withoutSpaces).join("").trim();
}

/** A line without the spaces and tabs at its ends, in one pass: a pattern would try each of a million spaces anew. */
function withoutSpaces(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && " \t".includes(line[start] ?? "")) start++;
  while (end > start && " \t".includes(line[end - 1] ?? "")) end--;
  return line.slice(start, end);
}
