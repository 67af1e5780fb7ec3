import assert from "node:assert/strict";
import { build, type Metafile } from "esbuild";
import { node } from "../../esbuild.mjs";

/** What is loaded when it is first used: parsers, schemas, tokenizers, providers' SDKs. */
const heavy = ["jsonc-parser", "zod", "jsonschema", "re2js", "gpt-tokenizer", "openai", "csv-parse", "hyparquet", "hono", "commander"];

/** What each program may load when it starts, in bytes, and which of the heavy packages it needs at once. */
const programs: readonly { readonly name: string; readonly entry: string; readonly budget: number; readonly needs: readonly string[] }[] = [
  { name: "the extension", entry: "src/extension.ts", budget: 400_000, needs: [] },
  { name: "the command line's first thread", entry: "src/cli/supervise.ts", budget: 20_000, needs: [] },
  { name: "the command line", entry: "src/cli/run-in-thread.ts", budget: 950_000, needs: ["jsonc-parser", "zod", "jsonschema", "re2js", "commander"] },
  { name: "a thread that lints ranges", entry: "src/workers/ranges/range-worker.ts", budget: 750_000, needs: ["jsonc-parser", "zod", "jsonschema", "re2js"] },
];

describe("the bundles", function () {
  this.timeout(60_000);
  let outputs: Metafile["outputs"];

  before(async () => {
    ({ metafile: { outputs } } = await build({ ...node, write: false, metafile: true }));
  });

  /** The files that are loaded with one that is made of `entry`. */
  const loadedWith = (entry: string): readonly string[] => {
    const loaded = Object.keys(outputs).filter((file) => outputs[file]?.entryPoint === entry);
    for (const file of loaded) {
      for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === "import-statement" && path in outputs && !loaded.includes(path)) loaded.push(path);
    }
    return loaded;
  };

  for (const { name, entry, budget, needs } of programs) {
    it(`load little when ${name} starts`, () => {
      const loaded = loadedWith(entry);
      const bytes = loaded.reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
      assert.ok(bytes > 5_000 && bytes <= budget, `${bytes} bytes in ${loaded.length} files`);
    });

    it(`leave heavy packages to be loaded when ${name} first uses them`, () => {
      const packages = new Set(loadedWith(entry).flatMap((file) => Object.keys(outputs[file]?.inputs ?? {})).flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []));
      assert.deepEqual(heavy.filter((each) => packages.has(each)), needs);
    });
  }

  it("have no languages of zod but English, which import * as z leaves out and import { z } does not", () => {
    const languages = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs)).filter(([input, { bytesInOutput }]) => /zod\/v4\/locales\/(?!en\.|index)/.test(input) && bytesInOutput > 0);
    assert.deepEqual(languages.map(([input]) => input), []);
  });
});
