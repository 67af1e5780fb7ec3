import assert from "node:assert/strict";
import fc from "fast-check";
import { createTokenCount, mostNamed, type TokenCount } from "../../../../src/dataset/insight/token-count.ts";

function countOf(tokens: readonly number[], limit?: number): TokenCount {
  const count = createTokenCount(limit);
  for (const [line, each] of tokens.entries()) count.add(line, { tokens: each, more: each === 7 });
  return count.result();
}

describe("the tokens of a file", () => {
  it("are summed, with the longest record, and those that are cut at the limit by their lines", () => {
    assert.deepEqual(countOf([5, 0, 12, 7, 11], 10), {
      records: 4, tokens: 35, kept: 5 + 10 + 7 + 10, longest: { line: 2, tokens: 12 }, withMore: 1,
      cut: { records: 2, first: [{ line: 2, tokens: 12 }, { line: 4, tokens: 11 }] },
    });
  });

  it("are none in a file without records", () => assert.deepEqual(countOf([0, 0]), { records: 0, tokens: 0, kept: 0, cut: { records: 0, first: [] }, withMore: 0 }));

  it("never keep more than there is, lose nothing without a limit, and stay in bounds whatever the file", () => {
    fc.assert(fc.property(fc.array(fc.nat(50), { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (tokens, limit) => {
      const cut = countOf(tokens, limit);
      const whole = countOf(tokens);
      assert.equal(whole.kept, whole.tokens);
      assert.equal(cut.tokens, whole.tokens);
      assert.ok(cut.kept <= cut.tokens && cut.kept <= cut.records * limit && cut.cut.first.length <= mostNamed);
      assert.equal(cut.cut.records, tokens.filter((each) => each > limit).length);
    }));
  });
});
