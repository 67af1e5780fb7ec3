import assert from "node:assert/strict";
import fc from "fast-check";
import { time } from "../../../../src/providers/wire/time.ts";

describe("a moment as servers write it", () => {
  it("is the same in seconds, milliseconds, ISO 8601 and as a numeral", () => {
    const moments = fc.integer({ min: 1e8, max: 4e9 }).map((seconds) => seconds * 1000);
    fc.assert(fc.property(moments, (moment) => {
      const iso = new Date(moment).toISOString();
      for (const written of [moment / 1000, moment, iso, iso.replace("Z", ""), String(moment / 1000)]) assert.equal(time.parse(written), moment);
    }));
  });

  it("is none for what says nothing", () => {
    for (const value of [undefined, null, 0, "", "soon", -5, {}, [], true, 1e300]) assert.equal(time.parse(value), undefined);
  });
});
