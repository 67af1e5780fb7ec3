import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createProgram } from "../../src/cli/program.ts";
import { features, type Feature } from "../../src/dataset/convert/features.ts";
import { targetFormats } from "../../src/dataset/convert/index.ts";
import { repairingOf } from "../../src/dataset/rule-page.ts";
import { ruleFacts } from "../../src/dataset/rules/index.ts";
import { nameOfTarget, targets } from "../../src/dataset/targets/index.ts";
import { parseConfiguration } from "../../src/workers/configuration/parse.ts";
import { configurationSchema } from "../../src/workers/configuration/schema.ts";
import { ruleExamples } from "../support/rule-pages.ts";

describe("README.md", () => {
  it("lists every rule with its severity, how it is repaired, and its summary; UPDATE_GOLDENS=1 writes the table", async function () {
    // It lints every fixture.
    this.timeout(60_000);
    const readme = await readFile("README.md", "utf8");
    const examples = await ruleExamples();
    const rows = ruleFacts.map(({ id, severity, summary }) => `| \`${id}\` | ${severity} | ${repairingOf(examples.get(id) ?? [])} | ${summary.replaceAll(/[|<]/g, "\\$&")} |`);
    const table = ["| Rule | Severity | Repaired | What is wrong |", "|---|---|---|---|", ...rows].join("\n");
    const expected = readme.replace(/(<!-- rules -->\n)[^]*(<!-- \/rules -->)/, (_, before: string, behind: string) => `${before}${table}\n${behind}`);
    if (process.env["UPDATE_GOLDENS"] === "1") await writeFile("README.md", expected);
    else assert.equal(readme, expected);
  });
});

describe("README.md and the targets", () => {
  it("has a table of them, with where their rules were read and when; UPDATE_GOLDENS=1 writes it", async () => {
    const readme = await readFile("README.md", "utf8");
    const rows = targets.map((target) => `| \`${nameOfTarget(target)}\` | ${target.title} | [${new URL(target.source).host}](${target.source}), ${target.dated} |`);
    const table = ["| Target | What it is | Rules read at |", "|---|---|---|", ...rows].join("\n");
    const expected = readme.replace(/(<!-- targets -->\n)[^]*(<!-- \/targets -->)/, (_, before: string, behind: string) => `${before}${table}\n${behind}`);
    if (process.env["UPDATE_GOLDENS"] === "1") await writeFile("README.md", expected);
    else assert.equal(readme, expected);
  });
});

describe("README.md and the conversions", () => {
  it("say what each format can hold", async () => {
    const readme = await readFile("README.md", "utf8");
    const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
    const table = [
      row(["Besides texts", ...targetFormats.map(({ id }) => `\`${id}\``)]),
      `|---|${targetFormats.map(() => ":-:|").join("")}`,
      ...(Object.keys(features) as Feature[]).map((feature) => row([features[feature], ...targetFormats.map(({ holds }) => (holds.has(feature) ? "yes" : "–"))])),
    ].join("\n");
    const expected = readme.replace(/(<!-- conversion -->\n)[^]*(<!-- \/conversion -->)/, (_, before: string, behind: string) => `${before}${table}\n${behind}`);
    if (process.env["UPDATE_GOLDENS"] === "1") await writeFile("README.md", expected);
    else assert.equal(readme, expected);
  });
});

describe("README.md and the command line", () => {
  const section = async (): Promise<string> => {
    const readme = await readFile("README.md", "utf8");
    return readme.slice(readme.indexOf("## Command line"), readme.indexOf("## The local engine"));
  };

  it("name the same commands and options", async () => {
    const text = await section();
    const ignored = (): never => assert.fail("no command was run");
    const program = createProgram({ output: ignored, notes: ignored, input: ignored, confirm: ignored, signal: new AbortController().signal, program: new URL(import.meta.url), colour: false, columns: 80, rulePage: () => undefined }, ignored);
    const options = new Set(program.commands.flatMap((command) => command.options.map(({ long }) => long ?? "")));
    assert.deepEqual(program.commands.map((command) => command.name()).filter((name) => !text.includes(`\`tunesmith ${name}`)), []);
    assert.deepEqual([...options].filter((option) => !text.includes(option)), []);
    assert.deepEqual([...text.matchAll(/(?<![\w-])--[a-z][\w-]+/g)].map(([option]) => option).filter((option) => option !== "--yes" && !options.has(option)), []);
  });

  it("say the same of tunesmith.jsonc", async () => {
    const [, example = ""] = /```jsonc\n([^]*?)```/.exec(await section()) ?? [];
    const read = parseConfiguration(example);
    assert.ok("settings" in read, JSON.stringify(read));
    assert.deepEqual(Object.keys(read.settings).sort(), Object.keys(configurationSchema.shape).filter((key) => key !== "$schema").sort());
  });

  it("offer a hook that there is, which runs a command that there is", async () => {
    const hooks = await readFile(".pre-commit-hooks.yaml", "utf8");
    const { bin } = JSON.parse(await readFile("package.json", "utf8")) as { bin: Record<string, string> };
    const [, id = "none"] = /^- id: (\S+)$/m.exec(hooks) ?? [];
    assert.match(await section(), new RegExp(`^ +- id: ${id}$`, "m"));
    const [, program = "", command] = /^ {2}entry: (\S+) (\S+)$/m.exec(hooks) ?? [];
    assert.deepEqual([program in bin, command], [true, "lint"]);
    const [, pattern = ""] = /^ {2}files: (.+)$/m.exec(hooks) ?? [];
    assert.deepEqual(["a.jsonl", "b/c.ndjson", "d.jsonl.gz", "e.json", "jsonl"].map((name) => new RegExp(pattern).test(name)), [true, true, true, false, false]);
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
