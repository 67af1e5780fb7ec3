import assert from "node:assert/strict";
import fc from "fast-check";
import { constantText, shareBoth, sharedOf } from "../../../../src/dataset/insight/shared-text.ts";

const of = (texts: readonly (string | undefined)[]) => constantText(texts.map(sharedOf).reduce(shareBoth));

describe("text that all records share", () => {
  it("is whole where all say the same, and of one record nothing is told", () => {
    assert.deepEqual(of(["Answer briefly.", "Answer briefly."]), { isWhole: true, parts: ["Answer briefly."] });
    assert.equal(of(["Answer briefly."]), undefined);
    assert.equal(of(["Answer briefly.", undefined]), undefined);
    assert.equal(of([undefined, undefined]), undefined);
  });

  it("is a beginning and an end, cut where words end", () => {
    assert.deepEqual(of(["You answer questions about cards of the bank. Today is Monday. Say nothing about anything else.", "You answer questions about cards of the bank. Today is Friday. Say nothing about anything else."]),
      { isWhole: false, parts: ["You answer questions about cards of the bank. Today is", "Say nothing about anything else."] });
    assert.equal(of(["Where is it?", "Where is he?"]), undefined);
  });

  it("never overlaps: both parts stand in every text, one behind the other", () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: fc.constantFrom("a", "b", " "), maxLength: 80 }), { minLength: 2, maxLength: 3 }), fc.string({ unit: fc.constantFrom("a", " "), maxLength: 60 }), (texts, around) => {
      const all = texts.map((text) => `${around}${text}${around}`);
      const found = of(all);
      for (const text of found ? all : []) {
        let at = 0;
        for (const part of found?.parts ?? []) {
          at = text.indexOf(part, at);
          assert.ok(at >= 0);
          at += part.length;
        }
      }
    }), { numRuns: 100 });
  });
});
