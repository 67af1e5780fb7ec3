import assert from "node:assert/strict";
import { layOutMarkers } from "../../../../src/workers/prover/marker-tables.ts";
import { markers } from "../../../support/plain-chats.ts";

const textsIn = ({ list }: ReturnType<typeof layOutMarkers>, { start, end }: { readonly start: number; readonly end: number }) =>
  Array.from({ length: (end - start) / 40 }, (_, index) => {
    const entry = Buffer.from(list.subarray(start + index * 40, start + (index + 1) * 40));
    return { text: entry.toString("utf8", 8, 8 + entry.readUInt32LE(0)), key: entry.subarray(8 + entry.readUInt32LE(4), 10 + entry.readUInt32LE(4)) };
  });

describe("the tables of markers", () => {
  it("hold each marker in one of eight buckets, whose halves let its key through", () => {
    const tables = layOutMarkers(markers);
    assert.equal(tables.buckets.length, 8);
    const found = tables.buckets.flatMap((bucket, number) => textsIn(tables, bucket).map((marker) => ({ ...marker, bit: 1 << number })));
    assert.deepEqual(found.map(({ text }) => text).sort(), [...markers].sort());
    for (const { text, key, bit } of found) {
      const [first = 0, second = 0] = key;
      for (const [place, nibble] of [first & 15, first >> 4, second & 15, second >> 4].entries()) assert.ok(((tables.pairs[place * 16 + nibble] ?? 0) & bit) !== 0, text);
    }
  });

  it("look for a text by its rarest pair", () => {
    const tables = layOutMarkers(["the quiz", "an <| end"]);
    assert.deepEqual(tables.buckets.flatMap((bucket) => textsIn(tables, bucket)).map(({ key }) => key.toString()).sort(), ["<|", "qu"]);
  });

  it("take no text of one byte, none of more than 32, and none with a quotation mark", () => {
    for (const text of ["a", "x".repeat(33), 'a"b']) assert.throws(() => layOutMarkers([text]), RangeError);
  });
});
