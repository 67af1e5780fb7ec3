/** A place in a text: line and character count from 0, characters in UTF-16 units, as VS Code counts them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A half-open stretch of text: `end` is the first position that no longer belongs to it. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Replaces the text of `range` by `text`. */
export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** The range from `start` to `end` on one line. */
export function rangeOnLine(line: number, start: number, end: number): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}

/** The range of a whole text. */
export function wholeRange(text: string): Range {
  const starts = lineStarts(text);
  return { start: { line: 0, character: 0 }, end: { line: starts.length - 1, character: text.length - (starts.at(-1) ?? 0) } };
}

/** Negative when `a` stands before `b`, positive when behind it, 0 when they are the same place. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

/** Whether `a` and `b` share a character, or are insertions at the same place. */
export function overlaps(a: Range, b: Range): boolean {
  if (comparePositions(a.start, b.start) === 0 && comparePositions(a.end, b.end) === 0) return true;
  return comparePositions(a.start, b.end) < 0 && comparePositions(b.start, a.end) < 0;
}

/** An edit in offsets of UTF-16 units. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text after `edits`, which may come in any order and do not overlap. A position behind the end of its line, or of the text, throws a
 * RangeError: such an edit belongs to another text.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  const pieces: string[] = [];
  let offset = 0;
  for (const { start, end, text: replacement } of toReplacements(text, edits)) {
    pieces.push(text.slice(offset, start), replacement);
    offset = end;
  }
  pieces.push(text.slice(offset));
  return pieces.join("");
}

/** The edits of a text in offsets, in the order of the text. Throws as `applyEdits` does. */
export function toReplacements(text: string, edits: readonly Edit[]): readonly Replacement[] {
  const starts = lineStarts(text);
  const offsetOf = ({ line, character }: Position): number => {
    const start = starts[line];
    if (start === undefined || start + character > text.length) throw new RangeError(`The text has no position ${line + 1}:${character + 1}.`);
    return start + character;
  };
  const sorted = [...edits].sort((a, b) => comparePositions(a.range.start, b.range.start) || comparePositions(a.range.end, b.range.end));
  let behind = 0;
  return sorted.map(({ range, text: replacement }) => {
    const start = offsetOf(range.start);
    if (start < behind) throw new RangeError("Two edits overlap.");
    behind = offsetOf(range.end);
    return { start, end: behind, text: replacement };
  });
}

/** The offset at which each line starts; lines end as in VS Code, at `\n`, `\r\n` and `\r`. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}
