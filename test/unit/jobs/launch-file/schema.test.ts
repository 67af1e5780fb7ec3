import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { Ajv } from "ajv";
import fc from "fast-check";
import { launchFileSchema as writtenSchema } from "../../../../esbuild.mjs";
import { parseLaunchFile } from "../../../../src/jobs/launch-file/parse.ts";
import { launchFileEnding } from "../../../../src/jobs/launch-file/file-name.ts";

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
}

describe("the JSON Schema of launch files", function () {
  this.timeout(30_000);
  let schema: Described & { readonly required: readonly string[] };
  before(async () => {
    schema = JSON.parse(await writtenSchema()) as typeof schema;
  });

  it("is contributed for the files that are called so", async () => {
    const { contributes } = JSON.parse(await readFile("package.json", "utf8")) as { contributes: { jsonValidation: { fileMatch: string; url: string }[] } };
    assert.deepEqual(contributes.jsonValidation.filter(({ fileMatch }) => fileMatch === `*${launchFileEnding}`).map(({ url }) => url), ["./dist/finetune.schema.json"]);
  });

  it("says of every key what it is", () => {
    const undescribed = (part: Described, at: string): string[] => Object.entries(part.properties ?? {}).flatMap(([key, each]) => [...(each.description === undefined ? [`${at}${key}`] : []), ...undescribed(each, `${at}${key}.`)]);
    assert.deepEqual(undescribed(schema, ""), []);
    assert.deepEqual(schema.required, ["service", "model", "data"]);
  });

  it("takes what the program takes, and nothing else", () => {
    // VS Code's own words of a schema, which others do not know.
    const accepts = new Ajv({ strict: false }).compile(schema);
    const value: fc.Arbitrary<unknown> = fc.oneof(
      fc.constantFrom("a", "sft", "openai", "", 0, 1, 0.5, 1.5, -1, null, true),
      fc.array(fc.record({ type: fc.constantFrom("wandb", "other"), project: fc.constantFrom("p", "") }, { requiredKeys: [] }), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom("validation", "seed", "gpus", "nodes", "cluster", "test", "x"), fc.constantFrom("a", 1, 0.5, 0, -1), { maxKeys: 2 }),
    );
    const part = fc.dictionary(fc.constantFrom("$schema", "method", "target", "hyperparameters", "grader", "suffix", "seed", "integrations", "compute", "evaluation", "other"), value, { maxKeys: 3 });
    const data = fc.record({ training: fc.constantFrom("a.jsonl", "", 1), validation: value, split: value }, { requiredKeys: ["training"] });
    fc.assert(fc.property(part, data, (more, files) => {
      const written = { service: "local", model: "m", data: files, ...more };
      assert.equal("value" in parseLaunchFile(JSON.stringify(written)), accepts(written), JSON.stringify(written));
    }), { numRuns: 1000 });
  });
});
