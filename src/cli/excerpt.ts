import type { Range } from "../dataset/text.ts";

/** A stretch of a line, and the marks that stand under it. */
export interface Excerpt {
  readonly text: string;
  readonly marks: string;
}

const before = 40;
const width = 100;

/** The part of a line around a range that begins on it, at most some hundred characters, with carets under the range. */
export function excerptOf(line: string, { start, end }: Range): Excerpt {
  const last = end.line > start.line ? line.length : end.character;
  const from = wholeCharacter(line, Math.max(0, start.character - before));
  const to = wholeCharacter(line, Math.min(line.length, from + width));
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

function wholeCharacter(line: string, offset: number): number {
  const code = line.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

/** How many columns a terminal gives a text: two for East Asian characters and emoji, none for marks above others. */
function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += /\p{M}/u.test(character) ? 0 : /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u.test(character) ? 2 : 1;
  return sum;
}
