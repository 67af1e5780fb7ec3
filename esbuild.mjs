import { build, context } from "esbuild";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const watch = process.argv.includes("--watch");

/** Options that every bundle shares. Source maps stay out of dist/ because all of dist/ ships. */
const shared = {
  bundle: true,
  format: "esm",
  target: "es2023",
  splitting: true,
  minify: !watch,
  keepNames: false,
  sourcemap: watch ? "inline" : false,
  metafile: true,
  logLevel: "warning",
};

/** What bundled CommonJS packages use and an ES module does not have: `require` and `__filename`. */
export const banner = {
  js: [
    'import { createRequire as __createRequire } from "node:module";',
    'import { fileURLToPath as __fileURLToPath } from "node:url";',
    "const require = __createRequire(import.meta.url);",
    "const __filename = __fileURLToPath(import.meta.url);",
  ].join(" "),
};

/** Makes WebAssembly of the AssemblyScript beside an import: `prove.wasm` is compiled from `prove.assembly.ts`. */
export const assembly = {
  name: "assembly",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm$/ }, ({ path, resolveDir }) => ({ path: join(resolveDir, path.replace(/\.wasm$/, ".assembly.ts")), namespace: "assembly" }));
    onLoad({ filter: /.*/, namespace: "assembly" }, async ({ path }) => ({ contents: await compileAssembly(path), loader: "binary", watchDirs: [dirname(path)] }));
  },
};

const compiled = new Map();

/** The memory is the importer's, and nothing is allocated in it. What the program imports lies beside it. */
async function compileAssembly(path) {
  const sources = await assemblySources(path);
  const before = compiled.get(path);
  if (before?.sources === JSON.stringify(sources)) return before.program;
  const { default: asc } = await import("assemblyscript/asc");
  const messages = asc.createMemoryStream();
  let program;
  const { error } = await asc.main([basename(path), "--outFile", "program.wasm", "-O3", "--converge", "--enable", "simd", "--runtime", "stub", "--importMemory", "--noAssert"], {
    stderr: messages,
    readFile: (name) => sources[name] ?? null,
    writeFile: (name, contents) => void (name === "program.wasm" && (program = contents)),
    listFiles: () => [],
  });
  if (error || !program) throw new Error(`${path} cannot be compiled.\n${messages.toString()}`, { cause: error });
  compiled.set(path, { sources: JSON.stringify(sources), program });
  return program;
}

/** The texts of the AssemblyScript files of a folder, by their names. */
async function assemblySources(path) {
  const names = (await readdir(dirname(path))).filter((name) => name.endsWith(".assembly.ts")).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(dirname(path), name), "utf8")])));
}

/** The programs that run in Node. ESM with splitting makes `import()` load a part when it is first used. */
export const node = {
  ...shared,
  platform: "node",
  entryPoints: {
    extension: "src/extension.ts",
    cli: "src/cli.ts",
    engine: "src/engine/main.ts",
    "dataset-worker": "src/workers/dataset-worker.ts",
    "range-worker": "src/workers/ranges/range-worker.ts",
    "records-worker": "src/workers/records-worker.ts",
    "report-worker": "src/workers/report-worker.ts",
  },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  external: ["vscode"],
  // Without it esbuild picks jsonc-parser's UMD build, whose inner `require`s it cannot follow (evanw/esbuild issue 1619).
  mainFields: ["module", "main"],
  plugins: [assembly],
  banner,
};

/** The pages; built together, so that they share one chunk for the toolkit, which does not tree-shake. */
export const webviews = {
  ...shared,
  platform: "browser",
  entryPoints: { conversation: "webview/conversation/main.ts", evaluation: "webview/evaluation/main.ts", insights: "webview/insights/main.ts", job: "webview/job/main.ts", records: "webview/records/main.ts", targets: "webview/targets/main.ts" },
  outdir: "dist/webview",
  chunkNames: "chunks/[name]-[hash]",
};

/** The JSON Schema of `tunesmith.jsonc` as text. It is made of the schema that the file is read by, so that editors complete what the program takes. */
export async function configurationSchema() {
  const { configurationJsonSchema } = await load("src/workers/configuration/schema.ts");
  return `${JSON.stringify(configurationJsonSchema(), undefined, 2)}\n`;
}

/** The JSON Schema of launch files as text, likewise. */
export async function launchFileSchema() {
  const { launchFileJsonSchema } = await load("src/jobs/launch-file/schema.ts");
  return `${JSON.stringify(launchFileJsonSchema(), undefined, 2)}\n`;
}

/** The JSON Schema of evaluation plans as text, likewise. */
export async function planFileSchema() {
  const { planFileJsonSchema } = await load("src/evaluation/plan-file/schema.ts");
  return `${JSON.stringify(planFileJsonSchema(), undefined, 2)}\n`;
}

/** The JSON Schema of run records as text, likewise. */
export async function runRecordSchema() {
  const { runRecordJsonSchema } = await load("src/jobs/runs/run-record.ts");
  return `${JSON.stringify(runRecordJsonSchema(), undefined, 2)}\n`;
}

/** The JSON Schemas of records as texts, by the names of their files, likewise. */
export async function recordSchemas() {
  const { recordSchemas: schemas, recordJsonSchema } = await load("src/dataset/formats/record-schema.ts");
  return new Map(schemas.map(({ format, file }) => [file, `${JSON.stringify(recordJsonSchema(format), undefined, 2)}\n`]));
}

/** Writes the page of every rule, which is made of the rule's file and its fixtures, to `folder`. */
export async function writeRulePages(folder) {
  const { rulePages } = await load("test/support/rule-pages.ts");
  await mkdir(folder, { recursive: true });
  for (const [rule, page] of await rulePages()) await writeFile(join(folder, `${rule}.md`), page);
}

/** A module of the project, which Node cannot read as it is. */
async function load(file) {
  const outfile = resolve("out/build", file.replace(/\.ts$/, ".mjs"));
  const { outdir: _outdir, ...options } = node;
  await build({ ...options, entryPoints: [file], splitting: false, outfile, external: ["tinyglobby"] });
  return import(pathToFileURL(outfile).href);
}

export async function run() {
  await rm("dist", { recursive: true, force: true });
  await mkdir("dist");
  await writeFile("dist/tunesmith.schema.json", await configurationSchema());
  await writeFile("dist/finetune.schema.json", await launchFileSchema());
  await writeFile("dist/eval.schema.json", await planFileSchema());
  await writeFile("dist/run.schema.json", await runRecordSchema());
  await mkdir("dist/records");
  for (const [file, schema] of await recordSchemas()) await writeFile(join("dist/records", file), schema);
  await writeRulePages("dist/rules");
  await cp("src/engine/python", "dist/python", { recursive: true, filter: (path) => !path.includes("__pycache__") });
  if (watch) {
    for (const options of [node, webviews]) await (await context(options)).watch();
    return;
  }
  await Promise.all([build(node), build(webviews)]);
}

if (process.argv[1]?.endsWith("esbuild.mjs")) await run();
