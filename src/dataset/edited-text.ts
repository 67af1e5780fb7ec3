import { applyEdits, lineStarts, toReplacements, type Edit, type Position, type Replacement } from "./text.ts";

/** A stretch of the first text that is still there, in offsets, or text that was put between. */
type Piece = { readonly start: number; readonly end: number } | string;

/** A text that is edited several times, one round after the other, and remembers what was made of the first text. */
export interface EditedText {
  readonly text: string;
  /** The text after further edits, whose positions are of the text as it is now and which do not overlap. A position outside of it throws a RangeError. */
  edit(edits: readonly Edit[]): EditedText;
  /** The edits that make the first text what it is now, all at once, in the order of the text. */
  edits(): readonly Edit[];
}

/** A text that nobody has edited yet. */
export function editedText(first: string): EditedText {
  return ofPieces(first, first.length === 0 ? [] : [{ start: 0, end: first.length }], first);
}

function ofPieces(first: string, pieces: readonly Piece[], text: string): EditedText {
  return {
    text,
    edit(edits) {
      return edits.length === 0 ? ofPieces(first, pieces, text) : ofPieces(first, replace(pieces, toReplacements(text, edits)), applyEdits(text, edits));
    },
    edits: () => editsOf(first, pieces),
  };
}

function replace(pieces: readonly Piece[], replacements: readonly Replacement[]): readonly Piece[] {
  const next: Piece[] = [];
  let index = 0;
  /** How much of the piece at `index` has been passed, and the offset of that place. */
  let inside = 0;
  let offset = 0;
  const advance = (to: number, keep: boolean): void => {
    while (offset < to) {
      const piece = pieces[index];
      if (piece === undefined) return;
      const length = lengthOf(piece);
      const step = Math.min(length - inside, to - offset);
      if (keep) next.push(typeof piece === "string" ? piece.slice(inside, inside + step) : { start: piece.start + inside, end: piece.start + inside + step });
      inside += step;
      offset += step;
      if (inside < length) return;
      index++;
      inside = 0;
    }
  };
  for (const { start, end, text } of replacements) {
    advance(start, true);
    if (text !== "") next.push(text);
    advance(end, false);
  }
  advance(Infinity, true);
  return next;
}

function lengthOf(piece: Piece): number {
  return typeof piece === "string" ? piece.length : piece.end - piece.start;
}

function editsOf(first: string, pieces: readonly Piece[]): readonly Edit[] {
  const starts = lineStarts(first);
  let line = 0;
  const positionOf = (offset: number): Position => {
    while ((starts[line + 1] ?? Infinity) <= offset) line++;
    return { line, character: offset - (starts[line] ?? 0) };
  };
  const edits: Edit[] = [];
  let kept = 0;
  let between = "";
  for (const piece of [...pieces, { start: first.length, end: first.length }]) {
    if (typeof piece === "string") {
      between += piece;
      continue;
    }
    if (piece.start > kept || between !== "") edits.push({ range: { start: positionOf(kept), end: positionOf(piece.start) }, text: between });
    kept = piece.end;
    between = "";
  }
  return edits;
}
