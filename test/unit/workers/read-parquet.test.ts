import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { readEntries } from "../../../src/workers/read-entries.ts";
import type { Entry } from "../../../src/workers/entry.ts";
import { scratchFolder } from "../../support/scratch.ts";

type Table = Parameters<typeof parquetWriteBuffer>[0];

describe("reading a Parquet file", () => {
  const scratch = scratchFolder();
  const batches = async (name: string, content: Uint8Array): Promise<readonly (readonly Entry[])[]> => {
    const all: (readonly Entry[])[] = [];
    for await (const batch of readEntries(scratch.file(name, content))) all.push(batch);
    return all;
  };
  const read = async (table: Table) => batches("table.parquet", new Uint8Array(parquetWriteBuffer(table)));

  it("names the columns, and gives each row as JSON under its number", async () => {
    assert.deepEqual(await read({ columnData: [{ name: "text", data: ['say "hi"\n', "é"], type: "STRING" }, { name: "n", data: [12345678901234567n, 2n], type: "INT64" }, { name: "x", data: [0.5, null], type: "DOUBLE" }] }), [
      [{ line: 1, columns: ["text", "n", "x"] }],
      [{ line: 1, text: '{"text":"say \\"hi\\"\\n","n":12345678901234567,"x":0.5}' }, { line: 2, text: '{"text":"é","n":2,"x":null}' }],
    ]);
  });

  it("holds one group of rows at a time", async () => {
    const read3 = await read({ columnData: [{ name: "n", data: [1, 2, 3], type: "INT32" }], rowGroupSize: 2 });
    assert.deepEqual(read3.map((batch) => batch.map(({ line }) => line)), [[1], [1, 2], [3]]);
  });

  it("keeps the JSON of a JSON column as it is written, times and bytes as text", async () => {
    const columnData = [{ name: "item", data: [{ n: 1111 }] }, { name: "at", data: [new Date(0)] }, { name: "bytes", data: [new Uint8Array([0xff, 2])] }];
    const written = Buffer.from(parquetWriteBuffer({ columnData, codec: "UNCOMPRESSED" })).toString("latin1").replaceAll("1111", "1.00");
    const [, rows] = await batches("json.parquet", Buffer.from(written, "latin1"));
    assert.deepEqual(rows, [{ line: 1, text: '{"item":{"n":1.00},"at":"1970-01-01T00:00:00.000Z","bytes":"/wI="}' }]);
  });

  it("reads lists of structures, as datasets of chats have", async () => {
    const [, rows] = await read({ columnData: [{ name: "messages", data: [[{ role: "user", content: "q" }, { role: "assistant", content: "a" }]] }], schema: [
      { name: "root", num_children: 1 },
      { name: "messages", repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
      { name: "list", repetition_type: "REPEATED", num_children: 1 },
      { name: "element", repetition_type: "OPTIONAL", num_children: 2 },
      { name: "role", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
      { name: "content", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
    ] });
    assert.deepEqual(rows, [{ line: 1, text: '{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}' }]);
  });

  it("unpacks what other programs compress", async () => {
    const text = "x".repeat(1000);
    const [, rows] = await read({ columnData: [{ name: "text", data: [text], type: "STRING" }], codec: "GZIP", compressors: { GZIP: (bytes) => gzipSync(bytes) } });
    assert.deepEqual(rows, [{ line: 1, text: JSON.stringify({ text }) }]);
  });

  it("refuses a number that JSON does not have, and a file that is no Parquet", async () => {
    const [, rows] = await read({ columnData: [{ name: "x", data: [NaN], type: "DOUBLE" }] });
    assert.deepEqual(rows, [{ line: 1, fault: "it has the number NaN, which JSON cannot hold" }]);
    await assert.rejects(batches("no.parquet", Buffer.from("text,label\na,b\n")), /^FileError: Cannot read .*no\.parquet: /);
  });
});
