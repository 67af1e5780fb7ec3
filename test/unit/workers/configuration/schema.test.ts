import assert from "node:assert/strict";
import { Ajv } from "ajv";
import fc from "fast-check";
import { configurationSchema as writtenSchema } from "../../../../esbuild.mjs";
import { datasetRules, recordRules } from "../../../../src/dataset/rules/index.ts";
import { parseConfiguration } from "../../../../src/workers/configuration/parse.ts";

describe("the JSON Schema of tunesmith.jsonc", function () {
  this.timeout(30_000);
  let schema: { properties: { rules: { properties: Record<string, { description: string; enum: string[] }> } } };
  before(async () => {
    schema = JSON.parse(await writtenSchema()) as typeof schema;
  });

  it("completes every rule, with what it says and how grave it is", () => {
    const rules = [...recordRules, ...datasetRules];
    assert.deepEqual(Object.keys(schema.properties.rules.properties), rules.map(({ id }) => id).sort());
    for (const { id, summary, severity } of rules) assert.deepEqual(schema.properties.rules.properties[id], { type: "string", enum: ["error", "warning", "information", "off"], description: `${summary} Without a line here: ${severity}.` });
  });

  it("takes what the program takes, and nothing else", () => {
    // VS Code's own words of a schema, which others do not know.
    const accepts = new Ajv({ strict: false }).compile(schema);
    const value = fc.oneof(fc.constantFrom("openai", "sft", "off", "error", "fatal", "", 0, 1.5, -1, null, true), fc.array(fc.constantFrom("a", "", 1), { maxLength: 2 }), fc.dictionary(fc.constantFrom("blank-line", "utf-16", "nothing"), fc.constantFrom("off", "error", "fatal", 1), { maxKeys: 2 }));
    const configuration = fc.dictionary(fc.constantFrom("target", "method", "rules", "files", "ignore", "maxWarnings", "$schema", "other"), value, { maxKeys: 3 });
    fc.assert(fc.property(configuration, (written) => {
      assert.equal("settings" in parseConfiguration(JSON.stringify(written)), accepts(written), JSON.stringify(written));
    }), { numRuns: 1000 });
  });
});
