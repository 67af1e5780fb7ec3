import assert from "node:assert/strict";
import fc from "fast-check";
import { compileSchema } from "../../../src/dataset/json-schema.ts";

const words = (schema: unknown, value: unknown, openApi = false): readonly string[] | undefined => compileSchema(JSON.stringify(schema), openApi).check(JSON.stringify(value))?.map((fault) => `${fault.path.join(".")} ${fault.words}`);
const wrongWith = (schema: unknown): readonly string[] => compileSchema(JSON.stringify(schema)).faults.map((fault) => `${fault.path.join(".")} ${fault.words}`);

describe("a JSON Schema", () => {
  it("says in words what a value breaks, and where", () => {
    const schema = { type: "object", properties: { unit: { enum: ["c", "f"] }, days: { type: "integer", minimum: 1 }, when: { const: "now" }, to: { items: { type: ["string", "null"] } } }, required: ["city"], additionalProperties: false };
    assert.deepEqual(words(schema, {}), [' has no "city", which is required']);
    assert.deepEqual(words(schema, { city: 1 }), [' has "city", which is not declared; expected only "unit", "days", "when", "to"']);
    const open = { ...schema, required: [], additionalProperties: true };
    assert.deepEqual(words(open, { unit: "k" }), ['unit is "k"; expected one of "c", "f"']);
    assert.deepEqual(words(open, { days: "2" }), ['days is "2"; expected a whole number']);
    assert.deepEqual(words(open, { days: 0 }), ["days is 0 and must be greater than or equal to 1"]);
    assert.deepEqual(words(open, { when: "then" }), ['when is "then"; expected "now"']);
    assert.deepEqual(words(open, { to: ["a", 5] }), ["to.1 is 5; expected a string or null"]);
    assert.deepEqual(words({ uniqueItems: true }, [1, 1]), [" is a list and contains duplicate items"]);
    assert.deepEqual(words({ anyOf: [{ type: "string" }, { type: "null" }] }, 5), [" is 5, which fits none of the forms that are allowed"]);
  });

  it("follows references within itself, in the words of old and new drafts", () => {
    for (const key of ["definitions", "$defs"]) assert.deepEqual(words({ properties: { a: { $ref: `#/${key}/n` } }, [key]: { n: { type: "number" } } }, { a: "1" }), ['a is "1"; expected a number']);
  });

  it("is held to the meta-schema, and a faulty one judges nothing", () => {
    assert.deepEqual(wrongWith({ type: "object", required: "a" }), ['required is "a"; expected a list']);
    assert.equal(wrongWith({ type: "strin" }).length, 1);
    assert.deepEqual(wrongWith({ type: "object", $defs: {}, prefixItems: [true], unevaluatedProperties: false }), []);
    assert.equal(words({ type: "strin" }, 5), undefined);
  });

  it("does not assert formats", () => {
    assert.deepEqual(words({ type: "string", format: "date" }, "tomorrow"), []);
  });

  it("may be written as OpenAPI does", () => {
    const schema = { type: "OBJECT", properties: { a: { type: "STRING", nullable: true }, b: { type: "INTEGER" } } };
    assert.deepEqual(words(schema, { a: null, b: "x" }, true), ['b is "x"; expected a whole number']);
  });

  it("allows what it cannot judge: patterns that no linear matcher takes, keys by pattern; and says where it cannot tell", () => {
    for (const pattern of ["^(?=a)b", "(a)\\1", "["]) assert.deepEqual(words({ pattern }, "x"), []);
    assert.deepEqual(words({ patternProperties: { "^x": {} }, additionalProperties: false }, { x: 1 }), []);
    for (const $ref of ["#", "#/nowhere", "https://example.com/schema.json"]) assert.equal(words({ $ref }, {}), undefined);
  });

  it("ends, whoever wrote it", function () {
    // Most of these would outlast any test when they were not bounded.
    this.timeout(60_000);
    const doubling = Object.fromEntries(Array.from({ length: 60 }, (_, level) => [`d${level}`, { allOf: [{ $ref: `#/$defs/d${level + 1}` }, { $ref: `#/$defs/d${level + 1}` }] }]));
    words({ $ref: "#/$defs/d0", $defs: { ...doubling, d60: {} } }, {});
    words({ anyOf: [{ items: { $ref: "#" } }, { items: { $ref: "#" } }, false], type: "array" }, JSON.parse(`${"[".repeat(200)}5${"]".repeat(200)}`));
    words({ pattern: "^(a+)+$" }, `${"a".repeat(5000)}!`);
    words({ pattern: "^(a|a)*(a?){50}$" }, `${"a".repeat(5000)}!`);
    words({ uniqueItems: true }, Array.from({ length: 30_000 }, (_, index) => index));
    words({ items: { required: Array.from({ length: 5000 }, (_, index) => `k${index}`) } }, Array.from({ length: 5000 }, () => ({})));
    words({ allOf: Array.from({ length: 5000 }, () => ({ required: ["a"], enum: ["b", "c"] })) }, {});
    compileSchema(`${'{"items":'.repeat(5000)}{}${"}".repeat(5000)}`).check("[]");
  });

  it("is compiled from any JSON value, and judges any, without throwing", () => {
    const keyword = fc.constantFrom("type", "properties", "items", "required", "enum", "allOf", "anyOf", "not", "$ref", "$id", "pattern", "additionalProperties", "dependencies", "const", "minimum", "if", "then", "extends", "__proto__", "nullable");
    const schema = fc.letrec((tie) => ({ node: fc.oneof({ depthSize: "small" }, fc.jsonValue({ maxDepth: 1 }), fc.constantFrom("string", "#", "#/properties/a"), fc.array(tie("node"), { maxLength: 3 }), fc.dictionary(keyword, tie("node"), { maxKeys: 4 })) })).node;
    fc.assert(fc.property(schema, fc.jsonValue({ maxDepth: 3 }), fc.boolean(), (value, instance, openApi) => {
      const compiled = compileSchema(JSON.stringify(value), openApi);
      assert.ok([...compiled.faults, ...(compiled.check(JSON.stringify(instance)) ?? [])].every((fault) => fault.words !== ""));
    }), { numRuns: 2000 });
  });
});
