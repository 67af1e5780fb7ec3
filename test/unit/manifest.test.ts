import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { glob } from "tinyglobby";
import { nameOfTarget, targets } from "../../src/dataset/targets/index.ts";
import { openaiSft } from "../../src/dataset/targets/openai.ts";
import { datasetActions } from "../../src/editor/datasets/dataset-menu.ts";
import { evaluationActions } from "../../src/editor/evaluation/evaluation-menu.ts";
import { metrics } from "../../src/evaluation/metrics/index.ts";
import { menuOf, treeActions } from "../../src/editor/jobs/tree-menu.ts";

interface Command { command: string; title: string; category: string }
interface MenuItem { command: string; when?: string; group?: string }
interface Manifest {
  engines: { vscode: string };
  files: string[];
  devDependencies: Record<string, string>;
  contributes: {
    commands: Command[];
    menus: Record<string, MenuItem[]>;
    views: Record<string, { id: string }[]>;
    configuration: { properties: Record<string, { scope?: string; enum?: string[]; enumDescriptions?: string[]; default?: unknown }> };
    walkthroughs: { id: string; steps: { id: string; description: string; completionEvents?: string[]; media: Record<string, unknown> }[] }[];
  };
}

describe("manifest", () => {
  let manifest: Manifest;
  let declared: Set<string>;

  before(async () => {
    manifest = JSON.parse(await readFile("package.json", "utf8")) as Manifest;
    declared = new Set(manifest.contributes.commands.map(({ command }) => command));
  });

  it("declares the commands of the typed table, no more and no less", async () => {
    const table = await readFile("src/editor/commands.ts", "utf8");
    const typed = [...table.matchAll(/^ {2}"(tunesmith\.[\w.]+)":/gm)].map(([, id]) => id);
    assert.deepEqual([...declared].sort(), typed.sort());
  });

  it("names commands tunesmith.<noun>.<verb>, with one category", () => {
    for (const { command, category, title } of manifest.contributes.commands) {
      assert.match(command, /^tunesmith\.[a-z]+\.[a-zA-Z]+$/);
      assert.equal(category, "Tunesmith");
      assert.ok(!title.startsWith("Tunesmith"), `${command} repeats the category in its title`);
    }
  });

  it("lets no workspace say to whom something is sent, or what is run", () => {
    const { properties } = manifest.contributes.configuration;
    for (const name of ["tunesmith.endpoints", "tunesmith.clusters", "tunesmith.engine.python"]) assert.equal(properties[name]?.scope, "machine", name);
  });

  it("offers as what counts as right every metric that says so, each with a description", () => {
    const { enum: offered, enumDescriptions } = manifest.contributes.configuration.properties["tunesmith.evaluation.metric"] ?? {};
    assert.deepEqual(offered, metrics.filter(({ kind }) => kind === "pass-fail").map(({ id }) => id));
    assert.equal(enumDescriptions?.length, offered?.length);
  });

  it("registers every command", async () => {
    const sources = (await Promise.all((await glob(["src/editor/**/*.ts", "src/extension.ts"], { ignore: "src/editor/commands.ts" })).map((file) => readFile(file, "utf8")))).join("\n");
    const missing = [...declared].filter((command) => !sources.includes(`"${command}"`));
    assert.deepEqual(missing, []);
  });

  it("uses only declared commands in menus, welcome views and walkthrough links", () => {
    const used = Object.values(manifest.contributes.menus).flat().map(({ command }) => command);
    const texts = manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description));
    for (const text of texts) for (const [, command] of text.matchAll(/command:(tunesmith\.[\w.]+)/g)) used.push(command ?? "");
    // VS Code itself makes the command that shows a view.
    const views = new Set(Object.values(manifest.contributes.views).flat().map(({ id }) => `${id}.focus`));
    assert.deepEqual(used.filter((command) => !declared.has(command) && !views.has(command)), []);
  });

  it("offers in the trees' menus what their tables of actions say, each by what is allowed with the node; UPDATE_GOLDENS=1 writes them", async () => {
    const items = manifest.contributes.menus["view/item/context"] ?? [];
    const wanted = [...menuOf("tunesmith.jobs", treeActions), ...menuOf("tunesmith.datasets", datasetActions), ...menuOf("tunesmith.evaluations", evaluationActions)];
    if (process.env["UPDATE_GOLDENS"] !== "1") return assert.deepEqual(items, wanted);
    manifest.contributes.menus["view/item/context"] = wanted;
    await writeFile("package.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
  });

  it("has every action of the tree in the palette too, where the workspace is trusted, but for what is of the tree alone", () => {
    const palette = new Map(manifest.contributes.menus["commandPalette"]?.map(({ command, when }) => [command, when]));
    for (const { command } of [...treeActions, ...datasetActions, ...evaluationActions]) assert.ok(declared.has(command) && [undefined, "isWorkspaceTrusted"].includes(palette.get(command)), command);
    for (const list of ["job", "dataset", "evaluation"]) assert.equal(palette.get(`tunesmith.${list}.loadMore`), "false");
  });

  it("offers every target in the setting, and the one that is used without it as its default; UPDATE_GOLDENS=1 writes them", async () => {
    const setting = manifest.contributes.configuration.properties["tunesmith.target"];
    assert.ok(setting);
    const offered = { ...setting, default: nameOfTarget(openaiSft), enum: targets.map(nameOfTarget), enumDescriptions: targets.map(({ title }) => title) };
    if (process.env["UPDATE_GOLDENS"] !== "1") return assert.deepEqual(setting, offered);
    manifest.contributes.configuration.properties["tunesmith.target"] = offered;
    await writeFile("package.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
  });

  it("names files that exist", async () => {
    for (const path of manifest.files.filter((file) => file !== "dist")) assert.ok(existsSync(path), path);
    for (const { steps } of manifest.contributes.walkthroughs) {
      for (const { id, media } of steps) {
        const named = Object.values(media).flatMap((value) => (typeof value === "string" ? [value] : Object.values(value as object))).filter((value): value is string => typeof value === "string" && value.startsWith("media/"));
        assert.ok(named.length > 0, `${id} shows nothing`);
        for (const path of named) assert.ok(existsSync(path), `${id}: ${path}`);
      }
    }
  });

  it("comes with the mark for the tabs of panels, which is that of the activity bar in the themes' colours", async () => {
    const mark = await readFile("media/tunesmith.svg", "utf8");
    for (const [theme, colour] of [["light", "#424242"], ["dark", "#c5c5c5"]] as const) assert.equal(await readFile(`media/panel-${theme}.svg`, "utf8"), mark.replace("currentColor", colour));
  });

  it("says in exactly five sentences when to prompt, retrieve or tune, what it costs and how long it takes", () => {
    const [first] = manifest.contributes.walkthroughs[0]?.steps ?? [];
    assert.equal(first?.description.split(/(?<=\.)\s+/).length, 5);
  });

  it("compiles against the oldest VS Code that it supports", () => {
    assert.equal(manifest.engines.vscode, "^1.106.0");
    assert.match(manifest.devDependencies["@types/vscode"] ?? "", /^1\.106\./);
  });

  it("has no .vscodeignore, which would silently overrule the allowlist of files", () => {
    assert.ok(!existsSync(".vscodeignore"));
  });
});
