import assert from "node:assert/strict";
import { fingerprint } from "../../../src/dataset/fingerprint.ts";

describe("the fingerprint of a text", () => {
  it("is 16 hexadecimal digits, the same for the same text", () => {
    for (const text of ["", "a", "é", "😀", "x".repeat(10_001)]) {
      assert.match(fingerprint(text), /^[0-9a-f]{16}$/);
      assert.equal(fingerprint(text), fingerprint([...text].join("")));
    }
  });

  it("differs between texts that differ in a single unit, their length, or their order", () => {
    const texts = ["", "\0", "\0\0", "\0\0\0", "a", "a\0", "ab", "ba", "abc", "abcd", "bacd", "cdab"];
    for (let number = 0; number < 200_000; number++) texts.push(`{"messages":[{"role":"user","content":"question ${number}"}]}`);
    for (let unit = 1; unit < 50_000; unit++) texts.push(String.fromCharCode(unit), `ab${String.fromCharCode(unit)}cd`);
    assert.equal(new Set(texts.map(fingerprint)).size, new Set(texts).size);
  });

  it("spreads over all its bits", () => {
    const ones = new Array<number>(64).fill(0);
    const number = 4000;
    for (let index = 0; index < number; index++) {
      const bits = BigInt(`0x${fingerprint(String(index))}`);
      for (let bit = 0; bit < 64; bit++) ones[bit] = (ones[bit] ?? 0) + Number((bits >> BigInt(bit)) & 1n);
    }
    for (const count of ones) assert.ok(Math.abs(count / number - 0.5) < 0.05, `${count} of ${number}`);
  });
});
