/** Numbers of one kind, in memory that doubles when it is full. */
export interface GrowingArray<Numbers> {
  readonly length: number;
  push(value: number): void;
  /** One of those that were pushed, by its place. */
  at(place: number): number;
  /** What was pushed, in memory of its own. */
  finish(): Numbers;
  /** Forgets what was pushed, and keeps the room for it. */
  clear(): void;
}

interface TypedArray {
  [index: number]: number;
  set(values: this): void;
  slice(start: number, end: number): this;
}

/** Makes a growing array of the kind that `create` makes. */
export function createGrowingArray<Numbers extends TypedArray>(create: (length: number) => Numbers): GrowingArray<Numbers> {
  let capacity = 64;
  let values = create(capacity);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === capacity) {
        capacity *= 2;
        const larger = create(capacity);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    at: (place) => values[place] ?? 0,
    finish: () => values.slice(0, length),
    clear() {
      length = 0;
    },
  };
}
