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

/** Negative when `a` stands before `b`, positive when behind it, 0 when they are the same place. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
