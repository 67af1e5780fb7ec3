import assert from "node:assert/strict";
import fc from "fast-check";
import { createFirstLines } from "../../../src/dataset/first-lines.ts";
import { hashText } from "../../../src/dataset/murmur-hash.ts";

describe("the lines on which fingerprints were met first", () => {
  it("are those of a map", () => {
    const hash = fc.record({ high: fc.constantFrom(0, 1, -1, 1024), low: fc.constantFrom(0, 1, -1) });
    fc.assert(fc.property(fc.array(hash), (hashes) => {
      const lines = createFirstLines();
      const map = new Map<string, number>();
      for (const [line, { high, low }] of hashes.entries()) {
        assert.equal(lines.before({ high, low }, line), map.get(`${high} ${low}`));
        if (!map.has(`${high} ${low}`)) map.set(`${high} ${low}`, line);
      }
    }));
  });

  it("are found among many", () => {
    const lines = createFirstLines();
    const count = 100_000;
    for (let line = 0; line < count; line++) assert.equal(lines.before(hashText(String(line)), line), undefined);
    for (let line = 0; line < count; line += 997) assert.equal(lines.before(hashText(String(line)), count), line);
  });
});
