import assert from "node:assert/strict";
import fc from "fast-check";
import { hashNumber, hashText, hashWords } from "../../../src/dataset/murmur-hash.ts";

const hexadecimal = (text: string, seed?: number): string => {
  const { high, low } = hashText(text, seed);
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
};

describe("the hash of a text", () => {
  it("is MurmurHash3's x86 variant of 128 bits, of which the first 64 are kept", () => {
    assert.equal(hexadecimal(""), "0000000000000000");
    assert.equal(hexadecimal("The quick brown fox jumps over the lazy dog"), "2f1583c3ecee2c67");
    assert.equal(hexadecimal("I will not buy this record, it is scratched."), "a0a9683b25ac5e40");
  });

  it("is of its UTF-8, whatever was hashed before", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.string({ unit: "binary", maxLength: 200 }), (text, other) => {
      const hash = hashText(text);
      hashText(other);
      assert.deepEqual(hashText(Buffer.from(text).toString()), hash);
    }));
  });

  it("differs between texts that differ in one character or in their length", () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `question ${index}`).concat(Array.from({ length: 200 }, (_, length) => "\0".repeat(length)));
    assert.equal(new Set(texts.map((text) => hexadecimal(text))).size, texts.length);
    assert.equal(new Set(texts.map((text) => hashNumber(hashText(text)))).size, texts.length);
  });

  it("of words is that of their bytes, and another with another seed", () => {
    assert.deepEqual(hashWords([0x64636261, 0x68676665]), hashText("abcdefgh"));
    assert.notDeepEqual(hashWords([1], 1), hashWords([1]));
  });
});
