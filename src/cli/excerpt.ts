import type { Range } from "../dataset/text.ts";

/** A stretch of a line, and the marks that stand under it. */
export interface Excerpt {
  readonly text: string;
  readonly marks: string;
}

/** The least that shows something of a place in its line. */
const narrowest = 20;

/** The part of a line around a range that begins on it, in at most so many columns of a terminal, with carets under the range. */
export function excerptOf(line: string, { start, end }: Range, width: number): Excerpt {
  const last = end.line > start.line ? line.length : end.character;
  // The cuts on both sides take a column each.
  const room = Math.max(narrowest, width) - 2;
  const from = startOf(line, start.character, Math.floor(room * 0.4));
  const to = endOf(line, from, room);
  const lead = (from > 0 ? "…" : "") + line.slice(from, start.character);
  const marked = line.slice(start.character, Math.min(last, to));
  return {
    text: visible((from > 0 ? "…" : "") + line.slice(from, to) + (to < line.length ? "…" : "")),
    marks: " ".repeat(columns(lead)) + "^".repeat(Math.max(1, columns(marked))),
  };
}

/** A text in which nothing moves the cursor, changes colours or turns the direction of writing: a dataset may hold anything. */
export function visible(text: string): string {
  return text.replace(/\t/g, " ").replace(/[\u0000-\u001f]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\uFEFF]/g, "\uFFFD");
}

/** Where the last characters before `end` begin that fit into so many columns. */
function startOf(line: string, end: number, room: number): number {
  let left = room;
  let start = end;
  while (start > 0) {
    const before = start - (/[\uDC00-\uDFFF]/.test(line.charAt(start - 1)) && /[\uD800-\uDBFF]/.test(line.charAt(start - 2)) ? 2 : 1);
    left -= columns(line.slice(before, start));
    if (left < 0) break;
    start = before;
  }
  return start;
}

/** Where the first characters from `start` end that fit into so many columns. */
function endOf(line: string, start: number, room: number): number {
  let left = room;
  let end = start;
  while (end < line.length) {
    const character = String.fromCodePoint(line.codePointAt(end) ?? 0);
    left -= columns(character);
    if (left < 0) break;
    end += character.length;
  }
  return end;
}

/** How many columns a terminal gives a text: two for East Asian characters and emoji, none for marks above others. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += /\p{M}/u.test(character) ? 0 : /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u.test(character) ? 2 : 1;
  return sum;
}
