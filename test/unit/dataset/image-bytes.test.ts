import assert from "node:assert/strict";
import fc from "fast-check";
import { base64Fault, byteLengthOf, imageTypeOf } from "../../../src/dataset/image-bytes.ts";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 60 });
const base64 = (data: Uint8Array): string => Buffer.from(data).toString("base64");

describe("base64", () => {
  it("that was encoded has no fault, and as many bytes as were encoded", () => {
    fc.assert(fc.property(bytes, (data) => {
      assert.equal(base64Fault(base64(data)), undefined);
      assert.equal(byteLengthOf(base64(data)), data.length);
    }));
  });

  it("with a foreign character has its fault there", () => {
    fc.assert(fc.property(bytes, fc.nat(), fc.constantFrom("-", "_", " ", "\n", "é", "%"), (data, at, foreign) => {
      const text = base64(data);
      const index = at % text.replace(/=+$/, "").length;
      assert.equal(base64Fault(text.slice(0, index) + foreign + text.slice(index + 1)), index);
    }));
  });

  it("that was cut, is padded inside or is empty has a fault", () => {
    for (const text of ["", "A", "AB", "ABC", "A=BC", "====", "AB==CD==", "ABCD="]) assert.notEqual(base64Fault(text), undefined, text);
  });

  it("of ten megabytes is looked through at once", () => {
    const text = "A".repeat(14_000_000);
    assert.equal(base64Fault(text), undefined);
    assert.equal(base64Fault(`${text}A-=`), text.length + 1);
  });
});

describe("the type of a picture", () => {
  it("is told by its first bytes", () => {
    const known: readonly (readonly [string, readonly number[]])[] = [
      ["jpeg", [0xff, 0xd8, 0xff, 0xe0, 0, 16]],
      ["png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]],
      ["gif", [...Buffer.from("GIF89a"), 1]],
      ["webp", [...Buffer.from("RIFF"), 1, 2, 3, 4, ...Buffer.from("WEBPVP8 ")]],
    ];
    for (const [type, data] of known) assert.equal(imageTypeOf(base64(Uint8Array.from(data))), type);
  });

  it("is not told by others", () => {
    for (const text of ["", "%PDF-1.7", "RIFF1234WAVE", "GIF", "hello"]) assert.equal(imageTypeOf(Buffer.from(text).toString("base64")), undefined, text);
  });
});
