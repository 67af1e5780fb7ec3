import { splitLines } from "./lines.ts";
import type { Line } from "./source.ts";

/** The lines of a text that is edited. A line stays the same object until an edit changes it, so that what is known of it can be kept with it. */
export interface TextLines<Kept extends Line> {
  /** All lines as they are now, in a list of its own. */
  all(): readonly Kept[];
  /** Puts `text` in the place of `length` UTF-16 units from `offset` on; what of it lies behind the end of the text is left out. Only the lines there are split anew. */
  replace(offset: number, length: number, text: string): void;
  text(): string;
  /** The same lines, which are edited on their own. */
  fork(): TextLines<Kept>;
}

/** Lines side by side, and the UTF-16 units that they hold with their breaks: an edit counts blocks, and then the lines of one. */
interface Block<Kept extends Line> {
  readonly lines: readonly Kept[];
  readonly length: number;
}

/** A line, where it stands (its block, and its number there), and the offset at which it begins. */
interface Place<Kept extends Line> {
  readonly kept: Kept;
  readonly block: number;
  readonly line: number;
  readonly start: number;
}

/** In lines. Both a block's lines and the blocks of a text of 50 MB are then counted in microseconds. */
const longestBlock = 1024;

/** The lines of `text`. `toLine` makes what is kept of a line; a line that an edit leaves as it is keeps that, a new one gets the former line of the same text. */
export function createTextLines<Kept extends Line>(text: string, toLine: (line: Line, former: Kept | undefined) => Kept): TextLines<Kept> {
  return linesOf(toBlocks(Array.from(splitLines(text), (line) => toLine(line, undefined))), toLine);
}

function linesOf<Kept extends Line>(first: readonly Block<Kept>[], toLine: (line: Line, former: Kept | undefined) => Kept): TextLines<Kept> {
  let blocks = first;

  /** The line that holds the character at `offset`, its break included; undefined behind the last one. */
  function placeOf(offset: number): Place<Kept> | undefined {
    let start = 0;
    for (const [block, { lines, length }] of blocks.entries()) {
      if (start + length <= offset) {
        start += length;
        continue;
      }
      for (const [line, kept] of lines.entries()) {
        if (offset < start + sizeOf(kept)) return { kept, block, line, start };
        start += sizeOf(kept);
      }
    }
    return undefined;
  }

  /** The first line that an edit at `offset` changes: what is put at the start of a line may go on the line before, where that has no break or ends in a carriage return. */
  function firstTouched(offset: number, total: number): Place<Kept> | undefined {
    const place = placeOf(offset);
    const previous = offset > 0 && offset === (place?.start ?? total) ? placeOf(offset - 1) : undefined;
    return previous && ["", "\r"].includes(previous.kept.lineBreak) ? previous : place;
  }

  return {
    all: () => blocks.flatMap(({ lines }) => lines),
    fork: () => linesOf(blocks, toLine),
    text: () => blocks.map(({ lines }) => lines.map(wholeOf).join("")).join(""),
    replace(offset, length, text) {
      const total = blocks.reduce((sum, block) => sum + block.length, 0);
      const from = Math.min(offset, total);
      const to = Math.min(offset + length, total);
      const first = firstTouched(from, total);
      const last = placeOf(to);
      const prefix = first ? wholeOf(first.kept).slice(0, from - first.start) : "";
      const suffix = last ? wholeOf(last.kept).slice(to - last.start) : "";
      // What stands behind the last line goes into the last block.
      const begin = first ?? { block: Math.max(0, blocks.length - 1), line: blocks.at(-1)?.lines.length ?? 0 };
      const endBlock = last?.block ?? blocks.length - 1;
      const around = blocks.slice(begin.block, endBlock + 1).flatMap(({ lines }) => lines);
      const behind = last ? (blocks[last.block]?.lines.length ?? 0) - last.line - 1 : 0;
      const old = around.slice(begin.line, around.length - behind);
      const lines = keepUnchanged(old, [...splitLines(prefix + text + suffix)], toLine);
      blocks = [...blocks.slice(0, begin.block), ...toBlocks([...around.slice(0, begin.line), ...lines, ...around.slice(around.length - behind)]), ...blocks.slice(endBlock + 1)];
    },
  };
}

/** New lines in the place of old ones: those at both ends that are equal stay as they are. */
function keepUnchanged<Kept extends Line>(old: readonly Kept[], lines: readonly Line[], toLine: (line: Line, former: Kept | undefined) => Kept): readonly Kept[] {
  const equal = (a: Line | undefined, b: Line | undefined): boolean => a?.text === b?.text && a?.lineBreak === b?.lineBreak;
  const shorter = Math.min(old.length, lines.length);
  let head = 0;
  while (head < shorter && equal(old[head], lines[head])) head++;
  let tail = 0;
  while (tail < shorter - head && equal(old[old.length - 1 - tail], lines[lines.length - 1 - tail])) tail++;
  const formerly = new Map(old.slice(head, old.length - tail).map((line) => [line.text, line]));
  return [...old.slice(0, head), ...lines.slice(head, lines.length - tail).map((line) => toLine(line, formerly.get(line.text))), ...old.slice(old.length - tail)];
}

/** Blocks of about the same length. */
function toBlocks<Kept extends Line>(lines: readonly Kept[]): readonly Block<Kept>[] {
  const count = Math.ceil(lines.length / longestBlock);
  return Array.from({ length: count }, (_, block) => {
    const own = lines.slice(Math.floor((block * lines.length) / count), Math.floor(((block + 1) * lines.length) / count));
    return { lines: own, length: own.reduce((sum, line) => sum + sizeOf(line), 0) };
  });
}

function sizeOf({ text, lineBreak }: Line): number {
  return text.length + lineBreak.length;
}

function wholeOf({ text, lineBreak }: Line): string {
  return text + lineBreak;
}
