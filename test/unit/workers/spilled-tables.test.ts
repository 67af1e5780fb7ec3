import assert from "node:assert/strict";
import { existsSync, truncateSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { createNumberTable } from "../../../src/dataset/number-table.ts";
import { FileError } from "../../../src/workers/file-error.ts";
import { createSpilledTables } from "../../../src/workers/spilled-tables.ts";
import { watchUnfinished } from "../../../src/workers/unfinished-files.ts";
import { scratchFolder } from "../../support/scratch.ts";

/** More rows than a block has. */
const many = 9000;
const numberAt = (row: number, column: number): number => (Math.imul(row + 1, 2654435761) ^ column) >>> 0;

/** What is told as there and not yet gone meanwhile. */
function watched(act: (told: ReadonlySet<string>) => void): void {
  const told = new Set<string>();
  const stop = watchUnfinished(({ path, exists }) => void (exists ? told.add(path) : told.delete(path)));
  try {
    act(told);
  } finally {
    stop();
  }
}

describe("a table of numbers", () => {
  const scratch = scratchFolder();

  it("gives its columns as they were pushed, in memory and on disk, however many rows and columns there are", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: many }), fc.integer({ min: 1, max: 5 }), fc.constantFrom(0, 100_000, Infinity), (rows, width, most) => {
      const tables = createSpilledTables({ most });
      try {
        for (const table of [tables.create(width), createNumberTable(width)]) {
          const row = new Uint32Array(width);
          for (let at = 0; at < rows; at++) table.push(row.map((_, column) => numberAt(at, column)));
          assert.equal(table.length, rows);
          for (let column = 0; column < width; column++) assert.deepEqual(table.column(column), Uint32Array.from({ length: rows }, (_, at) => numberAt(at, column)));
          assert.deepEqual(table.column(0, new Uint32Array(rows).fill(7)), table.column(0));
        }
      } finally {
        tables.close();
      }
    }), { numRuns: 30, examples: [[0, 1, 0], [4096, 2, 0], [4097, 1, 0], [8192, 1, 0]] });
  });

  it("stands on disk only once there is much of it, is told of, and is gone when it is closed", () => {
    watched((told) => {
      const tables = createSpilledTables({ most: 20_000 });
      const table = tables.create(1);
      for (let at = 0; at < 5000; at++) table.push([at]);
      assert.deepEqual([...told], []);
      for (let at = 5000; at < many; at++) table.push([at]);
      const [folder = ""] = told;
      assert.ok(existsSync(folder));
      assert.equal(table.column(0)[many - 1], many - 1);
      tables.close();
      assert.deepEqual([[...told], existsSync(folder)], [[], false]);
    });
  });

  it("says so when the disk does not give back what was written", () => {
    watched((told) => {
      const tables = createSpilledTables({ most: 0 });
      const table = tables.create(1);
      for (let at = 0; at < many; at++) table.push([at]);
      truncateSync(join([...told][0] ?? "", "0"), 10_000);
      assert.throws(() => table.column(0), FileError);
      tables.close();
    });
  });

  it("stays in memory where nothing can be written", () => {
    const place = scratch.path("absent");
    const tables = createSpilledTables({ most: 0, place });
    const table = tables.create(1);
    for (let at = 0; at < many; at++) table.push([at]);
    assert.equal(existsSync(place), false);
    assert.deepEqual(table.column(0), Uint32Array.from({ length: many }, (_, at) => at));
    tables.close();
  });
});
