/** A line whose place in the file is known: its number, from 0, and the byte at which it begins. */
export interface Landmark {
  readonly line: number;
  readonly offset: number;
}

/**
 * Where the lines of a file are: some of them exactly, each other one within `mostBytes` behind the one before it. So it takes 16 bytes for 64 lines or
 * more, whatever the file's size, and no line's beginning needs more than one short read.
 */
export interface LineIndex {
  /** Lines that have begun so far. */
  readonly lines: number;
  /** Lines are added in their order. */
  add(offset: number): void;
  /** The last landmark at or before a line that has been added, and where the next one is; undefined behind the last. */
  find(line: number): { readonly at: Landmark; readonly next: Landmark | undefined };
}

/** The most lines from one landmark to the next. */
const mostLines = 64;
/** The most bytes between a landmark and the beginning of any line before the next landmark. */
export const mostBytes = 1 << 18;

export function createLineIndex(): LineIndex {
  let offsets = new Float64Array(1024);
  let numbers = new Float64Array(1024);
  let marks = 0;
  let lines = 0;

  function mark(offset: number): void {
    if (marks === offsets.length) {
      offsets = grown(offsets);
      numbers = grown(numbers);
    }
    offsets[marks] = offset;
    numbers[marks] = lines;
    marks++;
  }
  const landmark = (index: number): Landmark => ({ line: numbers[index] ?? 0, offset: offsets[index] ?? 0 });

  return {
    get lines() {
      return lines;
    },
    add(offset) {
      const last = marks - 1;
      if (last < 0 || lines - (numbers[last] ?? 0) >= mostLines || offset - (offsets[last] ?? 0) >= mostBytes) mark(offset);
      lines++;
    },
    find(line) {
      if (line < 0 || line >= lines) throw new RangeError(`There is no line ${line + 1}.`);
      let low = 0;
      let high = marks - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((numbers[middle] ?? 0) <= line) low = middle;
        else high = middle - 1;
      }
      return { at: landmark(low), next: low + 1 < marks ? landmark(low + 1) : undefined };
    },
  };
}

function grown(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
