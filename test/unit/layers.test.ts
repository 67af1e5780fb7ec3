import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { build, type Plugin } from "esbuild";
import { glob } from "tinyglobby";

/** Each layer with the layers that its files may import, besides themselves: the table of src/README.md, which is the one place that says it. */
const layers: Readonly<Record<string, readonly string[]>> = readLayers(readFileSync("src/README.md", "utf8"));

function readLayers(readme: string): Record<string, string[]> {
  const table = readme.slice(readme.indexOf("## Layers"), readme.indexOf("## Invariants"));
  const rows = [...table.matchAll(/^\| `([\w/]+)` \|([^|]*)\|/gm)];
  return Object.fromEntries(rows.map(([, layer, known]) => [layer, [...(known ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? "")]));
}

/** Packages that a layer may import by value. A layer that is not named here may import any. */
const packages: Readonly<Record<string, readonly string[]>> = {
  "src/dataset": ["diff", "fastest-levenshtein", "jsonc-parser", "zod", "jsonschema", "json-metaschema", "libphonenumber-js", "re2js", "@marcbachmann/cel-js", "image-size"],
  "src/jobs": ["jsonc-parser", "zod"],
  "src/evaluation": ["fastest-levenshtein", "franc-min", "minisearch", "re2js", "zod"],
  "src/protocol": [],
  webview: ["@vscode/webview-ui-toolkit", "diff", "uplot"],
};

const entries = new Set(["src/extension.ts", "src/cli.ts", "src/engine/main.ts", "src/workers/dataset-worker.ts", "src/workers/records-worker.ts", "src/workers/report-worker.ts"]);
const mayImportVscode = (file: string): boolean => file.startsWith("src/editor/") || file === "src/extension.ts";

/** The rules that a file breaks by importing `imported`, in words. */
export function trespass(file: string, imported: string): string | undefined {
  const from = layerOf(file);
  const to = layerOf(imported);
  if (from === undefined || to === undefined || from === to) return undefined;
  if (layers[from]?.includes(to)) return undefined;
  return `${file} imports ${imported}: ${from} may not know ${to}`;
}

/** What providers share: how requests leave, and how values of the wire are read. */
const sharedByProviders = ["http", "wire"];

function crossesProviders(file: string, imported: string): boolean {
  const [from, to] = [file, imported].map((path) => /^src\/providers\/([\w-]+)\//.exec(path)?.[1]);
  return from !== undefined && to !== undefined && from !== to && !sharedByProviders.includes(to);
}

function layerOf(file: string): string | undefined {
  return entries.has(file) ? undefined : Object.keys(layers).find((layer) => file.startsWith(`${layer}/`));
}

/** AssemblyScript decorates functions, which is no TypeScript; for who imports whom the decorators say nothing. */
const withoutDecorators: Plugin = {
  name: "without-decorators",
  setup: (building) => building.onLoad({ filter: /\.assembly\.ts$/ }, async ({ path }) => ({ loader: "ts", contents: (await readFile(path, "utf8")).replaceAll(/^@(?=\w+$)/gm, "//") })),
};

describe("layers", () => {
  let graph: Map<string, { path: string; external: boolean }[]>;

  before(async () => {
    const files = await glob(["src/**/*.ts", "webview/**/*.ts"], { ignore: ["**/*.d.ts"] });
    const { metafile } = await build({
      entryPoints: files, bundle: true, write: false, metafile: true, outdir: "out/layers", format: "esm", splitting: true,
      platform: "node", packages: "external", external: ["*.wasm"], loader: { ".css": "empty" }, logLevel: "silent", plugins: [withoutDecorators],
    });
    graph = new Map(Object.entries(metafile.inputs).map(([file, { imports }]) => [
      file, imports.map(({ path, external }) => ({ path, external: external ?? false })),
    ]));
  });

  it("reads the table of src/README.md, and every folder of it is there or is no layer", async () => {
    assert.ok(Object.keys(layers).length >= 10);
    const folders = new Set((await glob(["src/*/**/*.ts", "webview/**/*.ts"])).map((file) => (file.startsWith("webview/") ? "webview" : file.split("/").slice(0, 2).join("/"))));
    assert.deepEqual([...folders].filter((folder) => !(folder in layers)), []);
  });

  it("sees every source file", async () => {
    const files = await glob(["src/**/*.ts", "webview/**/*.ts"], { ignore: ["**/*.d.ts"] });
    assert.deepEqual(files.filter((file) => !graph.has(file)), []);
  });

  it("lets no layer import one that it may not know, by value or by type", async () => {
    const trespasses: string[] = [];
    for (const file of graph.keys()) {
      for (const specifier of await relativeImports(file)) trespasses.push(...[trespass(file, specifier)].filter((found) => found !== undefined));
    }
    assert.deepEqual(trespasses, []);
  });

  it("lets no provider know another", () => {
    const crossings = [...graph].flatMap(([file, imports]) => imports.filter(({ path }) => crossesProviders(file, path)).map(({ path }) => `${file} imports ${path}`));
    assert.deepEqual(crossings, []);
    assert.ok(crossesProviders("src/providers/together/open.ts", "src/providers/openai/open.ts"));
    assert.ok(!crossesProviders("src/providers/openai/open.ts", "src/providers/http/client.ts"));
  });

  it("would notice a crossing", () => {
    assert.match(trespass("src/dataset/lint.ts", "src/editor/settings.ts") ?? "", /src\/dataset may not know src\/editor/);
    assert.match(trespass("src/engine/server.ts", "src/providers/openai/provider.ts") ?? "", /src\/engine may not know src\/providers/);
    assert.equal(trespass("src/editor/settings.ts", "src/dataset/lint.ts"), undefined);
  });

  it("keeps vscode to src/editor and src/extension.ts, types included", async () => {
    const files = await glob(["src/**/*.ts", "webview/**/*.ts"]);
    const users = await Promise.all(files.map(async (file) => (/from "vscode"|import\("vscode"\)/.test(await readFile(file, "utf8")) ? file : "")));
    assert.deepEqual(users.filter((file) => file !== "" && !mayImportVscode(file)), []);
  });

  it("keeps Node and foreign packages out of the pure layers", () => {
    const strangers: string[] = [];
    for (const [file, imports] of graph) {
      const allowed = packages[layerOf(file) ?? ""];
      if (!allowed) continue;
      for (const { path, external } of imports) {
        if (external && !allowed.some((name) => path === name || path.startsWith(`${name}/`))) strangers.push(`${file} imports ${path}`);
      }
    }
    assert.deepEqual(strangers, []);
  });

  it("lets only one file import the archived toolkit", () => {
    const importers = [...graph].filter(([, imports]) => imports.some(({ path }) => path.startsWith("@vscode/webview-ui-toolkit"))).map(([file]) => file);
    assert.deepEqual(importers, ["webview/ui/toolkit.ts"]);
  });

  it("keeps rules and parsers out of what the extension loads at start: they belong to the worker", async () => {
    const loaded = new Set<string>();
    const visit = async (file: string): Promise<void> => {
      if (loaded.has(file)) return;
      loaded.add(file);
      for (const next of await relativeImports(file, { dynamic: false, types: false })) await visit(next);
    };
    await visit("src/extension.ts");
    assert.ok(loaded.has("src/editor/linting/register.ts"));
    assert.deepEqual([...loaded].filter((file) => file.startsWith("src/dataset/rules/") || graph.get(file)?.some(({ path }) => path === "jsonc-parser" || path.startsWith("zod"))), []);
  });
});

/** The project's own files that a file imports, found in its text because type imports leave no trace in a bundle. */
async function relativeImports(file: string, include = { dynamic: true, types: true }): Promise<string[]> {
  const text = await readFile(file, "utf8");
  const found: string[] = [];
  for (const [, clause, specifier] of text.matchAll(/(?:^|\n)\s*(?:import|export)\s+([^"'`;]*?from\s+)?"(\.[^"]+)"/g)) {
    if (include.types || !clause?.startsWith("type ")) found.push(specifier ?? "");
  }
  if (include.dynamic) for (const [, specifier] of text.matchAll(/import\(\s*"(\.[^"]+)"\s*\)/g)) found.push(specifier ?? "");
  return found.map((specifier) => new URL(specifier, `file:///${file}`).pathname.slice(1));
}
