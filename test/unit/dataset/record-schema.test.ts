import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { Validator } from "jsonschema";
import { findFormat, formats } from "../../../src/dataset/formats/index.ts";
import { recordJsonSchema, recordSchemas } from "../../../src/dataset/formats/record-schema.ts";

const faults = (format: Parameters<typeof recordJsonSchema>[0], record: unknown): readonly string[] => new Validator().validate(record, recordJsonSchema(format) as object).errors.map(({ property }) => property);

describe("the JSON Schemas of records", () => {
  it("take each format's example, and list all keys that its records may have", () => {
    for (const { id, example, keys } of formats) {
      assert.deepEqual(faults(id, JSON.parse(example)), [], id);
      const { properties } = recordJsonSchema(id) as { properties: object };
      assert.deepEqual(keys.filter((key) => !(key in properties)), [], id);
    }
  });

  it("refuse what the format's own schema refuses, in its words", () => {
    for (const [format, record] of [["chat", { messages: "none" }], ["chat", { messages: [{ content: "x" }] }], ["alpaca", { instruction: 1, output: "" }], ["trl-preference", { prompt: "x" }]] as const) {
      assert.equal(findFormat(format).schema.safeParse(record).success, false);
      assert.ok(faults(format, record).length > 0, JSON.stringify(record));
    }
    const { properties } = recordJsonSchema("chat") as { properties: { messages: { errorMessage: string } } };
    assert.match(properties.messages.errorMessage, /^Expected a list such as \[\{"role": "user"/);
  });

  it("offer roles where who speaks is to be written", () => {
    assert.match(JSON.stringify(recordJsonSchema("chat")), /"examples":\["system","user","assistant","tool"\]/);
  });

  it("are each named in the manifest for the documents of their format; UPDATE_GOLDENS=1 writes them", () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { contributes: { jsonValidation: { fileMatch: string; url: string }[] } };
    const others = manifest.contributes.jsonValidation.filter(({ fileMatch }) => !fileMatch.startsWith("tunesmith-record:"));
    const wanted = [...others, ...recordSchemas.map(({ file, pattern }) => ({ fileMatch: pattern, url: `./dist/records/${file}` }))];
    if (process.env["UPDATE_GOLDENS"] !== "1") return assert.deepEqual(manifest.contributes.jsonValidation, wanted);
    manifest.contributes.jsonValidation = wanted;
    writeFileSync("package.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
  });
});
