import assert from "node:assert/strict";
import { sep } from "node:path";
import { cleanRecords, programFixture } from "./program-fixture.ts";

describe("tunesmith.jsonc on the command line", function () {
  this.timeout(60_000);
  const fixture = programFixture();
  const blank = `\n${cleanRecords.join("\n")}\n`;
  const path = (name: string): string => name.replaceAll("/", sep);

  before(() => {
    fixture.file("project/tunesmith.jsonc", '{\n  // Ours.\n  "target": "together",\n  "rules": { "blank-line": "error" },\n  "files": ["data/*.jsonl"],\n  "ignore": ["data/old/", "**/skip-*"],\n}\n');
    for (const name of ["data/a.jsonl", "data/b.jsonl", "data/old/c.jsonl", "data/skip-d.jsonl"]) fixture.file(`project/${name}`, blank);
    fixture.file("project/lenient/tunesmith.jsonc", '{"rules": {"blank-line": "off"}, "maxWarnings": 0}');
    fixture.file("project/lenient/e.jsonl", blank);
    fixture.file("broken/tunesmith.jsonc", '{"rules": {\n  "blank-lines": "off"}}');
    fixture.file("broken/f.jsonl", blank);
    fixture.file("plain/g.jsonl", blank);
  });

  it("says how grave a rule's findings are; the one nearest to a file counts, and no other", async () => {
    const { code, document } = await fixture.lintJson(["project/data/a.jsonl", "project/lenient/e.jsonl", "plain/g.jsonl"]);
    assert.equal(code, 1);
    assert.deepEqual(document.files.map(({ findings }) => findings.filter(({ rule }) => rule === "blank-line").map(({ severity }) => severity)), [["error"], [], ["warning"]]);
  });

  it("is given by --config, or left out by --no-config", async () => {
    const given = await fixture.lintJson(["project/data/a.jsonl", "--config", "project/lenient/tunesmith.jsonc"]);
    assert.deepEqual([given.code, given.document.files[0]?.findings], [0, []]);
    const without = await fixture.lintJson(["project/data/a.jsonl", "--no-config"]);
    assert.deepEqual(without.document.files[0]?.findings.map(({ rule, severity }) => [rule, severity]), [["blank-line", "warning"]]);
    const missing = await fixture.run(["lint", "plain/g.jsonl", "--config", "none.jsonc"]);
    assert.deepEqual([missing.code, missing.stderr], [2, "Cannot read none.jsonc: there is no such file.\n"]);
  });

  it("names the target, which the command line may overrule", async () => {
    const few = fixture.file("project/few.jsonl", cleanRecords.slice(0, 2).join("\n"));
    const messages = async (...parameters: string[]): Promise<string> => (await fixture.run(["lint", few, ...parameters])).stdout;
    assert.doesNotMatch(await messages(), /OpenAI/);
    assert.match(await messages("--target", "openai"), /OpenAI supervised fine-tuning/);
  });

  it("lists the files that are checked when none are named, without the ignored ones, as paths from where the command is run", async () => {
    const listed = await fixture.run(["lint", "--format", "json"], { cwd: fixture.path("project") });
    assert.deepEqual((JSON.parse(listed.stdout) as { files: { path: string }[] }).files.map((file) => file.path), [path("data/a.jsonl"), path("data/b.jsonl")]);
    const below = await fixture.run(["lint", "--format", "json"], { cwd: fixture.path("project/data/old") });
    assert.deepEqual((JSON.parse(below.stdout) as { files: { path: string }[] }).files.map((file) => file.path), [path("../a.jsonl"), path("../b.jsonl")]);
    const none = await fixture.run(["lint"], { cwd: fixture.path("plain") });
    assert.deepEqual([none.code, none.stdout, none.stderr], [2, "", 'Name the files to check, or list them as "files" in tunesmith.jsonc.\n']);
  });

  it("ignores files that are named too, and says so", async () => {
    const { code, document, stderr } = await fixture.lintJson(["project/data/old/c.jsonl", "project/data/skip-d.jsonl"]);
    assert.deepEqual([code, document.files], [0, []]);
    assert.equal(stderr, ["data/old/c.jsonl", "data/skip-d.jsonl"].map((name) => `project/${name} is not checked: ${path("project/tunesmith.jsonc")} ignores it.\n`).join(""));
  });

  it("counts for standard input by the name that it is given", async () => {
    const { document } = await fixture.lintJson(["-", "--stdin-filename", "project/lenient/new.jsonl"], { input: blank });
    assert.deepEqual(document.files.map(({ findings }) => findings), [[]]);
  });

  it("allows so many warnings in the files under its folder, where the command line says nothing", async () => {
    const repeated = fixture.file("project/lenient/repeated.jsonl", [...cleanRecords, cleanRecords[0]].join("\n"));
    const { code, stderr } = await fixture.run(["lint", repeated, "plain/g.jsonl"]);
    assert.deepEqual([code, stderr], [1, `1 warning, and ${path("project/lenient/tunesmith.jsonc")} allows 0.\n`]);
    assert.equal((await fixture.run(["lint", repeated, "--max-warnings", "1"])).code, 0);
  });

  it("keeps from being fixed what it turns off", async () => {
    assert.equal((await fixture.run(["fix", "project/lenient/e.jsonl", "--out", "kept.jsonl"])).code, 0);
    assert.equal(fixture.read("kept.jsonl"), blank);
    assert.equal((await fixture.run(["fix", "project/data/a.jsonl", "--out", "fixed.jsonl"])).code, 0);
    assert.equal(fixture.read("fixed.jsonl"), blank.slice(1));
  });

  it("is refused with its place when it says what cannot be, and nothing is written", async () => {
    for (const parameters of [["lint", "broken/f.jsonl", "--format", "json"], ["fix", "broken/f.jsonl", "--out", "x.jsonl"]]) {
      const { code, stdout, stderr } = await fixture.run(parameters);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.ok(stderr.endsWith(`${path("broken/tunesmith.jsonc")}:2:3 There is no rule "blank-lines"; did you mean "blank-line"?\n`), stderr);
    }
  });
});
