import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { buildProgram } from "../../support/build-program.ts";
import { runProgram, type Ended } from "../../support/run-program.ts";

const chat = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
const clean = Array.from({ length: 10 }, (_, index) => chat(`Question ${index}`, `Answer ${index}`));

describe("command line", function () {
  this.timeout(60_000);
  let program: string;
  let folder: string;

  before(async () => {
    program = resolve(await buildProgram("cli"));
    folder = await mkdtemp(join(tmpdir(), "tunesmith-cli-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const run = (...parameters: string[]): Promise<Ended> => runProgram(program, parameters, { cwd: folder });
  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    await writeFile(join(folder, name), content);
    return name;
  };
  /** A copy of the program that other users may read, whoever's the checkout is. */
  const reachable = async (path: string): Promise<string> => {
    const copy = join(folder, "program");
    await cp(dirname(path), copy, { recursive: true });
    await writeFile(join(copy, "package.json"), '{"type": "module"}');
    for (const entry of [copy, ...(await readdir(copy, { recursive: true })).map((inside) => join(copy, inside))]) await chmod(entry, 0o755);
    return join(copy, basename(path));
  };
  const lintJson = async (...files: string[]) => {
    const ended = await run("lint", ...files, "--target", "openai", "--method", "sft", "--format", "json");
    return { ...ended, document: JSON.parse(ended.stdout) as LintDocument };
  };

  describe("training and test files of one lint", () => {
    it("are compared, whatever their order, and a leak names the other file and its line in text, JSON and SARIF", async () => {
      const training = await file("leak-train.jsonl", clean.join("\n"));
      const test = await file("leak-test.jsonl", [chat("Something else", "Other answer"), clean[3]].join("\n"));
      const { document } = await lintJson(test, training);
      assert.deepEqual(document.files.map(({ path, findings }) => [path, findings.filter(({ rule }) => rule === "leaked-record").map(({ line, related }) => [line, related])]), [[test, [[2, [{ path: training, line: 4 }]]]], [training, []]]);
      assert.match((await run("lint", training, test)).stdout, /^leak-test\.jsonl:2:1 warning .*line 4 of leak-train\.jsonl.*\[leaked-record\]$/m);
      const { runs } = JSON.parse((await run("lint", training, test, "--format", "sarif")).stdout) as { runs: { results: { ruleId: string; relatedLocations?: unknown }[] }[] };
      assert.deepEqual(runs[0]?.results.find(({ ruleId }) => ruleId === "leaked-record")?.relatedLocations, [{ physicalLocation: { artifactLocation: { uri: training }, region: { startLine: 4 } } }]);
      assert.doesNotMatch((await run("lint", "--quick", training, test)).stdout, /leaked-record/);
    });
  });

  describe("rules and targets", () => {
    it("are listed as text and as JSON", async () => {
      const { rules } = JSON.parse((await run("rules", "--format", "json")).stdout) as { rules: { rule: string; severity: string; summary: string }[] };
      assert.ok(rules.some(({ rule, severity }) => rule === "invalid-json" && severity === "error"));
      const text = await run("rules");
      assert.equal(text.code, 0);
      assert.equal(text.stdout.trim().split("\n").length, rules.length);
      const { targets } = JSON.parse((await run("targets", "--format", "json")).stdout) as { targets: { target: string; method: string }[] };
      assert.ok(targets.some(({ target, method }) => target === "openai" && method === "sft"));
      assert.match((await run("targets")).stdout, /--target openai --method sft {2}OpenAI supervised fine-tuning/);
    });
  });

  describe("lint", () => {
    it("gives 0 and an entry without findings for a clean file", async () => {
      const { code, document, stderr } = await lintJson(await file("clean.jsonl", `${clean.join("\n")}\n`));
      assert.equal(code, 0);
      assert.deepEqual(document, { files: [{ path: "clean.jsonl", records: 10, findings: [] }], summary: { errors: 0, warnings: 0 } });
      assert.equal(stderr, "");
    });

    it("gives 1 and exact places, counted from 1 in UTF-16 units, end exclusive", async () => {
      const row = '{"messages": [{"role": "user", "content": "😀"}, {"role": "Assistant", "content": "b"}]}';
      const { code, document } = await lintJson(await file("role.jsonl", [...clean, row].join("\n")));
      assert.equal(code, 1);
      const column = row.indexOf('"Assistant"') + 1;
      const [finding] = document.files[0]?.findings ?? [];
      assert.deepEqual({ ...finding, message: "" }, {
        rule: "unknown-role", severity: "error", line: 11, column, endLine: 11, endColumn: column + 11, message: "",
        fixes: [{ title: 'Write "assistant"', safe: true }],
      });
    });

    it("writes SARIF alone on standard output, and ends as with JSON", async () => {
      const { code, stdout, stderr } = await run("lint", await file("broken.jsonl", "{"), "none.jsonl", "--format", "sarif");
      assert.equal(code, 2);
      const { version, runs } = JSON.parse(stdout) as { version: string; runs: { results: unknown[]; invocations: { executionSuccessful: boolean }[] }[] };
      assert.deepEqual([version, runs.length, runs[0]?.invocations[0]?.executionSuccessful], ["2.1.0", 1, false]);
      assert.ok((runs[0]?.results.length ?? 0) > 0);
      assert.match(stderr, /Cannot read none\.jsonl/);
    });

    it("takes more warnings than --max-warnings for errors, and says so", async () => {
      const name = await file("blank.jsonl", `${clean.join("\n")}\n\n\n{"messages": []}`.replace(/\{"messages": \[\]\}$/, clean[0] ?? ""));
      const warnings = (await lintJson(name)).document.summary.warnings;
      assert.ok(warnings >= 2);
      assert.equal((await run("lint", name, "--max-warnings", String(warnings))).code, 0);
      const { code, stderr } = await run("lint", name, "--max-warnings", "1");
      assert.deepEqual([code, stderr], [1, `${warnings} warnings, and --max-warnings allows 1.\n`]);
      assert.equal((await run("lint", name, "--max-warnings", "few")).code, 2);
    });

    it("reports a finding about the whole file at line 1, column 1", async () => {
      const { document } = await lintJson(await file("few.jsonl", clean[0] ?? ""));
      assert.deepEqual(document.files[0]?.findings.map(({ rule, line, column }) => ({ rule, line, column })), [{ rule: "too-few-records", line: 1, column: 1 }]);
    });

    it("keeps the order of the files given, one entry each, names as given", async () => {
      await mkdir(join(folder, "sub"), { recursive: true });
      await file("sub/a.jsonl", clean.join("\n"));
      const { document } = await lintJson("sub/a.jsonl", "clean.jsonl", join(folder, "clean.jsonl"), "clean.jsonl");
      assert.deepEqual(document.files.map(({ path }) => path), ["sub/a.jsonl", "clean.jsonl", join(folder, "clean.jsonl"), "clean.jsonl"]);
    });

    it("gives 2 for a missing file or a directory, says why, and still reports the others", async () => {
      const { code, document, stderr } = await lintJson("missing.jsonl", "clean.jsonl", "sub");
      assert.equal(code, 2);
      assert.deepEqual(document.files.map(({ path }) => path), ["clean.jsonl"]);
      assert.match(stderr, /Cannot read missing\.jsonl: there is no such file\./);
      assert.match(stderr, /Cannot read sub: it is a directory/);
    });

    it("gives 2 for a file without permission", async function () {
      if (process.platform === "win32") return console.warn("      NOT SHOWN: Windows has no mode bits to take a permission away with");
      const name = await file("secret.jsonl", clean.join("\n"));
      await chmod(join(folder, name), 0o000);
      // Root may read everything, so that the program runs as nobody then.
      const uid = process.getuid?.() === 0 ? { uid: 65534 } : {};
      await chmod(folder, 0o755);
      const ended = await runProgram(await reachable(program), ["lint", name, "clean.jsonl", "--format", "json"], { cwd: folder, ...uid });
      await chmod(join(folder, name), 0o600);
      assert.equal(ended.code, 2);
      assert.equal(ended.stderr, "Cannot read secret.jsonl: you have no permission.\n");
      assert.deepEqual((JSON.parse(ended.stdout) as LintDocument).files.map(({ path }) => path), ["clean.jsonl"]);
    });

    it("judges an empty, a UTF-16 and a Latin-1 file by findings", async () => {
      const empty = await lintJson(await file("empty.jsonl", ""));
      assert.deepEqual([empty.code, empty.document.files[0]?.findings[0]?.rule], [1, "empty-file"]);
      const wide = await lintJson(await file("wide.jsonl", Buffer.from(`\uFEFF${clean.join("\n")}\n`, "utf16le")));
      assert.deepEqual([wide.code, wide.document.files[0]?.records, wide.document.files[0]?.findings.map(({ rule }) => rule)], [1, 10, ["utf-16"]]);
      const latin = await lintJson(await file("latin.jsonl", Buffer.from([...clean, chat("Café", "Sí")].join("\n"), "latin1")));
      assert.deepEqual([latin.code, latin.document.files[0]?.findings.map(({ rule, line }) => `${rule} ${line}`)], [1, ["not-utf-8 11", "not-utf-8 11"]]);
    });

    it("takes an argument that names an existing file literally, and others as patterns", async () => {
      await file("data[1].jsonl", clean.join("\n"));
      await file("data1.jsonl", clean.join("\n"));
      assert.deepEqual((await lintJson("data[1].jsonl")).document.files.map(({ path }) => path), ["data[1].jsonl"]);
      assert.deepEqual((await lintJson("sub/*.jsonl")).document.files.map(({ path }) => path), ["sub/a.jsonl"]);
      assert.deepEqual((await lintJson("./data?.jsonl")).document.files.map(({ path }) => path), ["./data1.jsonl"]);
      assert.deepEqual((await lintJson(join(folder, "sub", "*.jsonl"))).document.files.map(({ path }) => resolve(path)), [join(folder, "sub", "a.jsonl")]);
      const { code, document, stderr } = await lintJson("nothing-*.jsonl", "data1.jsonl");
      assert.equal(code, 2);
      assert.match(stderr, /No file matches nothing-\*\.jsonl\./);
      assert.equal(document.files.length, 1);
    });

    it("judges NUL bytes by findings", async () => {
      const { code, document } = await lintJson(await file("nul.jsonl", Buffer.concat([Buffer.from(`${clean.join("\n")}\n`), Buffer.alloc(3), Buffer.from(`\n${chat("a", "b").replace('"a"', '"\0"')}`)])));
      assert.equal(code, 1);
      assert.deepEqual([...new Set(document.files[0]?.findings.map(({ rule, line }) => `${rule} ${line}`))], ["invalid-json 11", "invalid-json 12"]);
    });

    it("takes openai, sft and text when nothing is said, and writes for people", async () => {
      const { code, stdout } = await run("lint", "role.jsonl");
      assert.equal(code, 1);
      assert.match(stdout, /^role\.jsonl:11:59 error .*\[unknown-role\]\n {4}…?.*"Assistant".*\n {4} +\^{11}\n {4}fix: Write "assistant"\n\n1 file, 11 records: 1 error, 0 warnings; 1 can be fixed with "tunesmith fix"\n$/);
      assert.doesNotMatch(stdout, /\u001b/, "a pipe gets no colours");
    });

    it("ends quietly when its reader has seen enough", async () => {
      const rows = Array.from({ length: 20_000 }, () => '{"messages": [{"role": "User", "content": "a"}, {"role": "assistant", "content": "b",}]}');
      const child = spawn(process.execPath, [program, "lint", await file("many.jsonl", rows.join("\n"))], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      child.stdout.once("data", () => child.stdout.destroy());
      const [code] = (await once(child, "close")) as [number];
      assert.deepEqual([code, stderr], [1, ""]);
    });

    it("gives 2 for wrong usage and lists the pairs of targets and methods", async () => {
      const ended = await run("lint", "clean.jsonl", "--target", "mars", "--method", "sft");
      assert.equal(ended.code, 2);
      assert.match(ended.stderr, /--target openai --method sft/);
      assert.equal((await run("lint")).code, 2);
      assert.equal((await run("lint", "clean.jsonl", "--format", "poem")).code, 2);
      assert.equal((await run("polish", "clean.jsonl")).code, 2);
      assert.equal((await run()).code, 2);
      assert.equal((await run("lint", "clean.jsonl", "--frmat", "json")).code, 2);
      assert.match((await run("lint", "clean.jsonl", "--target", "mars", "--format", "json")).stdout, /^$/);
    });

    it("tells its version and how it is used", async () => {
      const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
      const asked = await run("--version");
      assert.deepEqual([asked.code, asked.stdout, asked.stderr], [0, `${version}\n`, ""]);
      const help = await run("--help");
      assert.equal(help.code, 0);
      for (const command of ["lint", "fix", "convert"]) assert.match(help.stdout, new RegExp(`^ {2}${command} `, "m"));
    });

    it("writes a document of many megabytes whole into a pipe", async () => {
      const rows = Array.from({ length: 20_000 }, () => '{"messages": [{"role": "User", "content": "a"}, {"role": "assistant", "content": "b",}]}');
      const { document, code } = await lintJson(await file("many.jsonl", rows.join("\n")));
      assert.equal(code, 1);
      assert.equal(document.summary.errors, 20_000);
    });

    it("lints a file of 60 MB", async () => {
      const rows = Array.from({ length: 60 }, (_, index) => chat(`${index} ${"x".repeat(1_000_000)}`, "ok"));
      const { code, document } = await lintJson(await file("large.jsonl", rows.join("\n")));
      assert.deepEqual([code, document.files[0]?.records], [0, 60]);
    });
  });

  describe("fix", () => {
    it("writes identical bytes when there is nothing to fix", async () => {
      const bytes = Buffer.from(`${clean.join("\r\n")}\r\n`);
      await file("same.jsonl", bytes);
      assert.equal((await run("fix", "same.jsonl", "--target", "openai", "--method", "sft", "--out", "same.fixed.jsonl")).code, 0);
      assert.deepEqual(await readFile(join(folder, "same.fixed.jsonl")), bytes);
    });

    it("applies safe fixes and leaves every other byte as it was, unfixable rows and foreign bytes included", async () => {
      const odd = Buffer.concat([Buffer.from('{"messages": [{"n": 1.0, "big": 12345678901234567890, "e": "\\u00e9", "role": "'), Buffer.from([0xe9, 0x80]), Buffer.from('"}]}\r\n')]);
      const before = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(`${clean.join("\n")}\n\n`), odd, Buffer.from(`${chat("a", "b").replace('"user"', '"USER"').slice(0, -1)},}`)]);
      const after = Buffer.concat([Buffer.from(`${clean.join("\n")}\n`), odd, Buffer.from(chat("a", "b"))]);
      await file("faulty.jsonl", before);
      const ended = await run("fix", "faulty.jsonl", "--target", "openai", "--method", "sft", "--out", "faulty.fixed.jsonl");
      assert.equal(ended.code, 1);
      assert.equal((await readFile(join(folder, "faulty.fixed.jsonl"))).toString("latin1"), after.toString("latin1"));
      assert.deepEqual(await readFile(join(folder, "faulty.jsonl")), before);
    });

    it("says what it fixed and what is left on standard error, and nothing on standard output", async () => {
      await file("some.jsonl", `${[...clean, chat("a", "b").replace('"user"', '"User"'), "{"].join("\n")}\n\n`);
      const ended = await run("fix", "some.jsonl", "--out", "some.fixed.jsonl");
      assert.equal(ended.code, 1);
      assert.equal(ended.stdout, "");
      assert.match(ended.stderr, /^2 findings fixed \(unknown-role 1, blank-line 1\), 1 error left in some\.fixed\.jsonl\.\nsome\.fixed\.jsonl:12:2 .*\[invalid-json\]\n$/);
      assert.equal(await readFile(join(folder, "some.fixed.jsonl"), "utf8"), `${[...clean, chat("a", "b"), "{"].join("\n")}\n`);
    });

    it("gives 0 when only warnings remain, and replaces what OUT held", async () => {
      await file("twice.jsonl", [...clean, clean[0]].join("\n"));
      await file("twice.fixed.jsonl", "old");
      assert.equal((await run("fix", "twice.jsonl", "--out", "twice.fixed.jsonl")).code, 0);
      assert.equal(await readFile(join(folder, "twice.fixed.jsonl"), "utf8"), [...clean, clean[0]].join("\n"));
    });

    it("writes an empty file for an empty file", async () => {
      assert.equal((await run("fix", await file("empty.jsonl", ""), "--out", "empty.fixed.jsonl")).code, 1);
      assert.equal((await readFile(join(folder, "empty.fixed.jsonl"))).length, 0);
    });

    it("gives 2, writes nothing and leaves nothing behind when it cannot read or write", async () => {
      const before = await readdir(folder);
      assert.equal((await run("fix", "missing.jsonl", "--out", "x.jsonl")).code, 2);
      assert.equal((await run("fix", "sub", "--out", "x.jsonl")).code, 2);
      assert.equal((await run("fix", "clean.jsonl", "--out", "no/such/folder/x.jsonl")).code, 2);
      assert.equal((await run("fix", "clean.jsonl", "--out", "sub")).code, 2);
      assert.equal((await run("fix", "clean.jsonl")).code, 2);
      const same = await run("fix", "clean.jsonl", "--out", "./clean.jsonl");
      assert.equal(same.code, 2);
      assert.match(same.stderr, /never changed in place/);
      assert.deepEqual(await readdir(folder), before);
    });
  });

  describe("convert", () => {
    const options = ["--to", "openai-chat", "--map", "user=text,assistant=category"];

    it("makes chat records of a CSV, with quotes, line breaks and a system message", async () => {
      await file("rows.csv", '\uFEFFtext,category\r\n"Where, ""please""?\nHere",place\r\nWhen?,time\r\n');
      assert.equal((await run("convert", "rows.csv", ...options, "--system", "Label it.", "--out", "rows.jsonl")).code, 0);
      const system = { role: "system", content: "Label it." };
      assert.deepEqual((await readFile(join(folder, "rows.jsonl"), "utf8")).trimEnd().split("\n").map((line) => JSON.parse(line) as unknown), [
        { messages: [system, { role: "user", content: 'Where, "please"?\nHere' }, { role: "assistant", content: "place" }] },
        { messages: [system, { role: "user", content: "When?" }, { role: "assistant", content: "time" }] },
      ]);
    });

    it("refuses what it cannot convert whole, with line numbers and reasons, and writes nothing", async () => {
      await file("bad.csv", 'text,category\n"a\nb",x\nc\nd,\n');
      await file("kept.jsonl", "kept");
      const ended = await run("convert", "bad.csv", ...options, "--out", "kept.jsonl");
      assert.equal(ended.code, 1);
      assert.match(ended.stderr, /bad\.csv:4 it has 1 cell; the header names 2 columns/);
      assert.match(ended.stderr, /bad\.csv:5 column "category" is empty/);
      assert.equal(await readFile(join(folder, "kept.jsonl"), "utf8"), "kept");
      assert.match((await run("convert", await file("other.csv", "a,b\n1,2\n"), ...options, "--out", "other.jsonl")).stderr, /other\.csv:1 there is no column "text"; there is "a", "b"/);
      assert.equal((await readdir(folder)).some((name) => name.startsWith("other.jsonl")), false);
    });

    it("takes JSON Lines, a JSON array and TSV as well", async () => {
      await file("a.jsonl", '{"text": "q", "category": "x"}\n');
      await file("b.json", '[{"text": "q", "category": "x"}]');
      await file("c.tsv", "text\tcategory\nq\tx\n");
      for (const name of ["a.jsonl", "b.json", "c.tsv"]) {
        assert.equal((await run("convert", name, ...options, "--out", `${name}.out`)).code, 0);
        assert.equal(await readFile(join(folder, `${name}.out`), "utf8"), `${chat("q", "x")}\n`);
      }
    });

    it("converts datasets between formats, and refuses what would be lost unless that is allowed", async () => {
      await file("named.jsonl", '{"messages": [{"role": "user", "name": "Ann", "content": "q"}, {"role": "assistant", "content": "a"}]}\n');
      const refused = await run("convert", "named.jsonl", "--to", "sharegpt", "--out", "named.out.jsonl");
      assert.deepEqual([refused.code, refused.stdout], [1, ""]);
      assert.match(refused.stderr, /^Nothing is written: .*\nnamed\.jsonl:1 messages\[0\]\.name: ShareGPT has no place for names of speakers\n1 record refused\. --allow-loss /);
      const allowed = await run("convert", "named.jsonl", "--to", "sharegpt", "--allow-loss", "--out", "named.out.jsonl");
      assert.deepEqual([allowed.code, allowed.stderr], [0, "1 record written to named.out.jsonl.\nLeft out:\n  1 × messages[].name: ShareGPT has no place for names of speakers\n"]);
      assert.equal(await readFile(join(folder, "named.out.jsonl"), "utf8"), '{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}\n');
      assert.equal((await run("convert", await file("raw.jsonl", '{"text": "x"}'), "--to", "sharegpt", "--allow-loss", "--out", "raw.out.jsonl")).code, 1);
    });

    it("gives 2 for wrong usage and for files that cannot be read or written", async () => {
      assert.equal((await run("convert", "rows.csv", "--to", "klingon", "--map", "user=text,assistant=category", "--out", "y")).code, 2);
      assert.equal((await run("convert", "rows.csv", "--to", "openai-chat", "--map", "text", "--out", "y")).code, 2);
      assert.equal((await run("convert", "rows.csv", "--to", "openai-chat", "--map", "user=text", "--out", "y")).code, 2);
      assert.equal((await run("convert", "rows.csv", "--to", "openai-chat", "--system", "s", "--out", "y")).code, 2);
      assert.equal((await run("convert", "nowhere.csv", ...options, "--out", "y")).code, 2);
      assert.equal((await run("convert", "rows.csv", ...options, "--out", "no/such/y")).code, 2);
      assert.equal((await run("convert", "sub", ...options, "--out", "y")).code, 2);
      assert.match((await run("convert", "rows.csv", ...options, "--out", "./rows.csv")).stderr, /never changed in place/);
      assert.equal((await readdir(folder)).some((name) => name === "y" || name.endsWith(".tmp")), false);
    });
  });
});

interface LintDocument {
  files: { path: string; records: number; findings: { rule: string; line: number; column: number; message: string; related?: unknown }[] }[];
  summary: { errors: number; warnings: number };
}
