import fc from "fast-check";
import { checkDataset, mutatedDatasets } from "../../support/mutated-datasets.ts";

describe("mutated records of every format, at every target", () => {
  it("are linted and fixed without a crash, without a change outside an edit, and once and for all", () => {
    fc.assert(fc.property(mutatedDatasets(), checkDataset), { numRuns: 1500 });
  }).timeout(240_000);
});
