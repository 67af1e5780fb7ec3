import assert from "node:assert/strict";
import { defaultEpochs } from "../../../../src/dataset/insight/default-epochs.ts";

describe("defaultEpochs", () => {
  it("is 3, more for few records and fewer for many, as the cookbook has it", () => {
    const expected: readonly [records: number, epochs: number][] = [[1, 25], [4, 25], [5, 20], [10, 10], [33, 3], [34, 3], [50, 3], [8333, 3], [8334, 2], [12_500, 2], [12_501, 1], [25_001, 1], [1_000_000, 1]];
    assert.deepEqual(expected.map(([records]) => [records, defaultEpochs(records)]), expected);
  });
});
