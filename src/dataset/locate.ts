import type { Position } from "./text.ts";
import type { Unit } from "./units.ts";

type Placed = Pick<Unit, "text" | "line" | "start" | "lines">;

/** The position in the file of a character of a record. */
export function locate(unit: Placed, offset: number): Position {
  const { line, start, lines } = unit;
  if (lines === 1) return { line, character: start + offset };
  const breaks = breaksOf(unit);
  let passed = 0;
  for (let end = breaks.length; passed < end; ) {
    const middle = (passed + end) >> 1;
    if ((breaks[middle]?.start ?? offset) < offset) passed = middle + 1;
    else end = middle;
  }
  const last = breaks[passed - 1];
  if (!last) return { line, character: start + offset };
  // Between the two signs of one break the next line begins.
  return { line: line + passed, character: Math.max(0, offset - last.end) };
}

interface Break {
  readonly start: number;
  readonly end: number;
}

/** The line breaks of records over several lines, looked for once: a pretty-printed one has as many edits as lines. */
const kept = new WeakMap<Placed, readonly Break[]>();

function breaksOf(unit: Placed): readonly Break[] {
  let breaks = kept.get(unit);
  if (!breaks) {
    breaks = [...unit.text.matchAll(/\r\n|\n|\r/g)].map(({ 0: found, index }) => ({ start: index, end: index + found.length }));
    kept.set(unit, breaks);
  }
  return breaks;
}
