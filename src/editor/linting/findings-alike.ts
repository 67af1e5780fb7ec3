import type { ShownFinding } from "../../workers/file-check.ts";

/** Whether two lists hold the same findings at the same places. */
export function areSame(some: readonly ShownFinding[], others: readonly ShownFinding[]): boolean {
  return areAlike(some, others, (one, other) => isAt(one.range.start, other.range.start) && isAt(one.range.end, other.range.end));
}

/** Whether two lists hold the same findings in the same order, though perhaps at other places. */
export function areMoved(some: readonly ShownFinding[], others: readonly ShownFinding[]): boolean {
  return areAlike(some, others, () => true);
}

function areAlike(some: readonly ShownFinding[], others: readonly ShownFinding[], areAlikePlaces: (one: ShownFinding, other: ShownFinding) => boolean): boolean {
  return some.length === others.length && some.every((one, index) => {
    const other = others[index];
    return other !== undefined && one.rule === other.rule && one.severity === other.severity && one.message === other.message && one.superfluous === other.superfluous && areAlikePlaces(one, other);
  });
}

function isAt(one: ShownFinding["range"]["start"], other: ShownFinding["range"]["start"]): boolean {
  return one.line === other.line && one.character === other.character;
}
