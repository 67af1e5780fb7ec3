import assert from "node:assert/strict";
import { build, type Metafile } from "esbuild";
import { node } from "../../esbuild.mjs";

const entry = "dist/extension.js";
/** The most that activation may load, in bytes. */
const budget = 400_000;
/** What is loaded when it is first used: parsers, schemas, tokenizers, providers' SDKs. */
const heavy = ["jsonc-parser", "zod", "jsonschema", "re2js", "gpt-tokenizer", "openai", "csv-parse", "hyparquet", "hono", "commander"];

describe("the extension's bundle", function () {
  this.timeout(60_000);
  let outputs: Metafile["outputs"];
  let loaded: string[];

  before(async () => {
    ({ metafile: { outputs } } = await build({ ...node, write: false, metafile: true }));
    loaded = [entry];
    for (const file of loaded) {
      for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === "import-statement" && path in outputs && !loaded.includes(path)) loaded.push(path);
    }
  });

  it("loads little when the extension is activated", () => {
    const bytes = loaded.reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
    assert.ok(bytes > 10_000 && bytes <= budget, `${bytes} bytes in ${loaded.length} files`);
  });

  it("leaves heavy packages to be loaded when they are first used", () => {
    const packages = new Set(loaded.flatMap((file) => Object.keys(outputs[file]?.inputs ?? {})).flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []));
    assert.deepEqual(heavy.filter((name) => packages.has(name)), []);
  });
});
