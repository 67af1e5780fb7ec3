import { hashText } from "../murmur-hash.ts";

/** A value that records have: a label, a system message, the set of those who speak. */
export interface Value {
  /** What is the same for equal values and for no others. */
  readonly key: string;
  /** How it is shown; its beginning where it is long. */
  readonly text: string;
  /** What it is a set of, where it is one. */
  readonly members?: readonly string[];
}

/** Which value each record has: 0 for none, 1 for one that came when the table was full, else the place in the table and 2. */
export interface Values {
  readonly ids: Uint16Array;
  readonly table: readonly Value[];
}

export const noValue = 0;
export const furtherValue = 1;
export const firstValue = 2;

/** Values that are told apart. */
export const mostValues = 1000;
/** Characters that are kept of a value. */
const mostShown = 200;

/** Numbers the values that are met, in the order in which they are. */
export interface ValueTable {
  readonly table: readonly Value[];
  /** The number of a value. */
  number(value: Value | undefined): number;
}

export function createValueTable(): ValueTable {
  const table: Value[] = [];
  const numbers = new Map<string, number>();
  return {
    table,
    number(value) {
      if (!value) return noValue;
      const known = numbers.get(value.key);
      if (known !== undefined) return known;
      if (table.length === mostValues) return furtherValue;
      table.push(value);
      numbers.set(value.key, table.length - 1 + firstValue);
      return table.length - 1 + firstValue;
    },
  };
}

/** A text as a value; of a long one only the beginning is kept. */
export function textValue(text: string): Value {
  if (text.length <= mostShown) return { key: text, text };
  const { high, low } = hashText(text);
  // A character outside the Basic Multilingual Plane must not be cut in half.
  return { key: `${text.length} ${high} ${low}`, text: `${text.slice(0, mostShown).replace(/[\uD800-\uDBFF]$/, "")}…` };
}

/** A set as a value. */
export function setValue(members: readonly string[]): Value {
  return { ...textValue(members.join(" ")), key: JSON.stringify(members), members };
}
