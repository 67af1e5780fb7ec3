import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import fc from "fast-check";
import { planFileSchema as writtenSchema } from "../../../../esbuild.mjs";
import { planFileEnding } from "../../../../src/evaluation/plan-file/file-name.ts";
import { parsePlan } from "../../../../src/evaluation/plan-file/parse.ts";

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
}

describe("the JSON Schema of evaluation plans", function () {
  this.timeout(30_000);
  let schema: Described & { readonly required: readonly string[] };
  before(async () => {
    schema = JSON.parse(await writtenSchema()) as typeof schema;
  });

  it("is contributed for the files that are called so", async () => {
    const { contributes } = JSON.parse(await readFile("package.json", "utf8")) as { contributes: { jsonValidation: { fileMatch: string; url: string }[] } };
    assert.deepEqual(contributes.jsonValidation.filter(({ fileMatch }) => fileMatch === `*${planFileEnding}`).map(({ url }) => url), ["./dist/eval.schema.json"]);
  });

  it("says of every key what it is", () => {
    const undescribed = (part: Described, at: string): string[] => [
      ...Object.entries(part.properties ?? {}).flatMap(([key, each]) => [...(each.description === undefined ? [`${at}${key}`] : []), ...undescribed(each, `${at}${key}.`)]),
      ...(part.items ? undescribed(part.items, `${at}*.`) : []),
    ];
    assert.deepEqual(undescribed(schema, ""), []);
    assert.deepEqual(schema.required, ["test", "candidates"]);
  });

  it("takes what the program takes, and nothing else", () => {
    // VS Code's own words of a schema, which others do not know.
    const accepts = new Ajv({ strict: false }).compile(schema);
    const value: fc.Arbitrary<unknown> = fc.constantFrom("a", "exact-match", "", 0, 1, 0.5, -1, 101, null, true);
    const candidate = fc.record({ service: fc.constantFrom<unknown>("local", "", 1), model: fc.constantFrom<unknown>("m", ""), name: value, tuned: value, fewShot: value, retrieval: value, other: value }, { requiredKeys: ["service", "model"] });
    const plan = fc.record({
      test: fc.constantFrom<unknown>("a.jsonl", "", 1), candidates: fc.array(candidate, { maxLength: 3 }), training: value, metric: value, seed: value, $schema: value,
      limits: fc.record({ maximumTokens: value, concurrency: value }, { requiredKeys: [] }),
    }, { requiredKeys: ["test", "candidates"] });
    fc.assert(fc.property(plan, (written) => assert.equal("value" in parsePlan(JSON.stringify(written)), accepts(written), JSON.stringify(written))), { numRuns: 300 });
  });
});
