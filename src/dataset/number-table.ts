/** Rows of a fixed number of unsigned numbers of 32 bits, one for each record, which are read again column by column. */
export interface NumberTable {
  readonly length: number;
  /** Copies what it is given. */
  push(row: ArrayLike<number>): void;
  /** A column of all rows, in memory of its own, or in `into`, which has room for as many. */
  column(index: number, into?: Uint32Array): Uint32Array;
}

/** Makes a table of so many columns. */
export type CreateTable = (width: number) => NumberTable;

/** What full blocks are kept in: the columns of each, one behind the other. */
export interface KeptBlocks {
  push(block: Uint32Array): void;
  /** Writes the numbers from a place of a block on into `into`, as many as it takes. */
  read(block: number, from: number, into: Uint32Array): void;
}

/** Rows of a block: a column of one is a page of 16 KB. */
const blockBits = 12;
const blockRows = 1 << blockBits;

/** A table in memory. */
export const createNumberTable: CreateTable = (width) => createTableIn(width, createBlocksInMemory());

/** A table whose full blocks are kept by `blocks`. */
export function createTableIn(width: number, blocks: KeptBlocks): NumberTable {
  let length = 0;
  /** The last block, which grows until it is full, so that a few rows take little. */
  let rows = 64;
  let last = new Uint32Array(rows * width);
  const grow = (): void => {
    const larger = new Uint32Array(2 * rows * width);
    for (let column = 0; column < width; column++) larger.set(last.subarray(column * rows, (column + 1) * rows), column * 2 * rows);
    last = larger;
    rows *= 2;
  };
  return {
    get length() {
      return length;
    },
    push(row) {
      const at = length & (blockRows - 1);
      if (at === rows) grow();
      for (let column = 0; column < width; column++) last[column * rows + at] = row[column] ?? 0;
      length++;
      if (at < blockRows - 1) return;
      blocks.push(last);
      last = new Uint32Array(rows * width);
    },
    column(index, numbers = new Uint32Array(length)) {
      const full = length >> blockBits;
      for (let block = 0; block < full; block++) blocks.read(block, index * blockRows, numbers.subarray(block << blockBits, (block + 1) << blockBits));
      numbers.set(last.subarray(index * rows, index * rows + (length & (blockRows - 1))), full << blockBits);
      return numbers;
    },
  };
}

export function createBlocksInMemory(): KeptBlocks {
  const kept: Uint32Array[] = [];
  return {
    push: (block) => void kept.push(block),
    read: (block, from, into) => into.set(kept[block]?.subarray(from, from + into.length) ?? []),
  };
}
