import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { datasetRules, recordRules } from "../../src/dataset/rules/index.ts";

describe("README.md", () => {
  it("lists every rule with its severity and summary", async () => {
    const readme = await readFile("README.md", "utf8");
    const rules = [...recordRules, ...datasetRules].sort((a, b) => (a.id < b.id ? -1 : 1));
    const table = ["| Rule | Severity | What is wrong |", "|---|---|---|", ...rules.map(({ id, severity, summary }) => `| \`${id}\` | ${severity} | ${summary} |`)].join("\n");
    const expected = readme.replace(/(<!-- rules -->\n)[^]*(<!-- \/rules -->)/, `$1${table}\n$2`);
    if (process.env["UPDATE_GOLDENS"] === "1") await writeFile("README.md", expected);
    else assert.equal(readme, expected);
  });
});

describe("README.md and the manifest", () => {
  it("name the same commands and settings", async () => {
    const readme = await readFile("README.md", "utf8");
    const { contributes } = JSON.parse(await readFile("package.json", "utf8")) as { contributes: { commands: { title: string }[]; configuration: { properties: object } } };
    const unnamed = [...contributes.commands.map(({ title }) => `*${title}*`), ...Object.keys(contributes.configuration.properties).map((name) => `\`${name}\``)].filter((name) => !readme.includes(name));
    assert.deepEqual(unnamed, []);
  });

  it("show pictures that are there", async () => {
    const readme = await readFile("README.md", "utf8");
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path ?? "");
    assert.ok(pictures.length >= 3);
    assert.deepEqual(pictures.filter((path) => !existsSync(path)), []);
  });
});

describe("src/README.md", () => {
  it("names only files and folders that are there", async () => {
    const readme = await readFile("src/README.md", "utf8");
    const named = [...readme.matchAll(/`([a-z][\w-]*\/[\w/.-]*)`/g)].map(([, path]) => path ?? "");
    assert.ok(named.length > 20);
    assert.deepEqual(named.filter((path) => !existsSync(path) && !existsSync(`src/${path}`)), []);
  });
});
