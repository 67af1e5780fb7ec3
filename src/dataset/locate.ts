import type { Position } from "./text.ts";
import type { Unit } from "./units.ts";

/** The position in the file of a character of a record. */
export function locate({ text, line, start, lines }: Pick<Unit, "text" | "line" | "start" | "lines">, offset: number): Position {
  if (lines === 1) return { line, character: start + offset };
  const breaks = [...text.slice(0, offset).matchAll(/\r\n|\n|\r/g)];
  const last = breaks.at(-1);
  if (!last) return { line, character: start + offset };
  // Between the two signs of one break is its beginning.
  return { line: line + breaks.length, character: offset - (last.index + last[0].length) };
}
