import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip, gzipSync } from "node:zlib";
import { cleanRecords, programFixture } from "./program-fixture.ts";

describe("what the command line reads", function () {
  this.timeout(60_000);
  const fixture = programFixture();
  const clean = `${cleanRecords.join("\n")}\n`;
  const faulty = clean.replace('"user"', '"User"');
  const temporary = (): string[] => readdirSync(fixture.path("temporary"));
  afterEach(() => assert.deepEqual(temporary(), [], "a copy was left behind"));

  describe("standard input", () => {
    it("is a file like any other, with excerpts, and called - or as it is told", async () => {
      const { code, stdout } = await fixture.run(["lint", "-"], { input: faulty });
      assert.equal(code, 1);
      assert.match(stdout, /^-:1:22 error .*\n {4}\{"messages":.*"User".*\n {4} +\^{6}\n/);
      const { document } = await fixture.lintJson(["-", "--stdin-filename", "data/train.jsonl"], { input: faulty });
      assert.deepEqual(document.files.map(({ path, records, findings }) => [path, records, findings.map(({ rule }) => rule)]), [["data/train.jsonl", 10, ["unknown-role"]]]);
    });

    it("is fixed into another file", async () => {
      const { code, stderr } = await fixture.run(["fix", "-", "--out", "fixed.jsonl"], { input: faulty });
      assert.deepEqual([code, stderr], [0, "1 finding fixed (unknown-role 1), 0 errors left in fixed.jsonl.\n"]);
      assert.equal(fixture.read("fixed.jsonl"), clean);
    });

    it("stands among files, may be packed, and may be empty", async () => {
      fixture.file("a.jsonl", clean);
      const { document } = await fixture.lintJson(["a.jsonl", "-"], { input: gzipSync(faulty) });
      assert.deepEqual(document.files.map(({ path, findings }) => [path, findings.length]), [["a.jsonl", 0], ["-", 1]]);
      const empty = await fixture.lintJson(["-"], { input: "" });
      assert.deepEqual([empty.code, empty.document.files[0]?.findings.map(({ rule }) => rule)], [1, ["empty-file"]]);
    });

    it("may be longer than the memory that the program takes", async function () {
      if (!existsSync("/proc/self/status")) return console.warn("      NOT SHOWN: this system does not tell a program's peak memory");
      const child = spawn(process.execPath, [fixture.program(), "lint", "-", "--quick", "--format", "json"], { env: fixture.environment(), stdio: ["pipe", "pipe", "inherit"] });
      const record = Buffer.from(`${JSON.stringify({ messages: [{ role: "user", content: "a".repeat(1_000_000) }, { role: "assistant", content: "b" }] })}\n`);
      async function* records(): AsyncGenerator<Buffer> {
        for (let index = 0; index < 400; index++) yield record;
      }
      let peak = 0;
      const watching = setInterval(() => (peak = Math.max(peak, peakMemory(child.pid))), 20);
      let stdout = "";
      child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
      await Promise.all([pipeline(records(), child.stdin), once(child, "close")]);
      clearInterval(watching);
      assert.equal((JSON.parse(stdout) as { files: { records: number }[] }).files[0]?.records, 400);
      assert.ok(peak > 20 && peak < 300, `${peak} MB`);
    });
  });

  describe("what is packed with gzip", () => {
    it("is checked by its content, whatever its name, and that is noted", async () => {
      fixture.file("train.jsonl.gz", gzipSync(faulty));
      const { code, document, stderr } = await fixture.lintJson(["train.jsonl.gz"]);
      assert.equal(code, 1);
      assert.deepEqual(document.files.map(({ path, findings }) => [path, findings.map(({ rule, line }) => `${rule} ${line}`)]), [["train.jsonl.gz", ["unknown-role 1"]]]);
      assert.equal(stderr, "train.jsonl.gz is packed; its content is read. A service that takes uploads may want it unpacked.\n");
      fixture.file("misnamed.jsonl", gzipSync(clean));
      assert.equal((await fixture.run(["lint", "misnamed.jsonl"])).code, 0);
    });

    it("is fixed into an unpacked file, under a name that says so", async () => {
      fixture.file("train.jsonl.gz", gzipSync(faulty));
      assert.equal((await fixture.run(["fix", "train.jsonl.gz", "--out", "train.jsonl"])).code, 0);
      assert.equal(fixture.read("train.jsonl"), clean);
      const { code, stderr } = await fixture.run(["fix", "train.jsonl.gz", "--out", "other.jsonl.gz"]);
      assert.deepEqual([code, stderr], [2, "--out other.jsonl.gz is the name of a packed file, and what is written is not packed. Name it other.jsonl.\n"]);
    });

    it("is converted by the kind that its name without .gz tells", async () => {
      fixture.file("rows.csv.gz", gzipSync("text,category\nWhere?,place\n"));
      const { code, stderr } = await fixture.run(["convert", "rows.csv.gz", "--to", "openai-chat", "--map", "user=text,assistant=category", "--out", "rows.jsonl"]);
      assert.equal(code, 0, stderr);
      assert.deepEqual(JSON.parse(fixture.read("rows.jsonl")), { messages: [{ role: "user", content: "Where?" }, { role: "assistant", content: "place" }] });
    });

    it("is refused when it is cut or damaged, and the other files are still checked", async () => {
      const packed = gzipSync(clean);
      fixture.file("cut.jsonl.gz", packed.subarray(0, packed.length - 20));
      fixture.file("a.jsonl", clean);
      const { code, document, stderr } = await fixture.lintJson(["cut.jsonl.gz", "a.jsonl"]);
      assert.deepEqual([code, stderr], [2, "Cannot read cut.jsonl.gz: it is cut: its packed data ends too early; copy it again.\n"]);
      assert.deepEqual(document.files.map(({ path }) => path), ["a.jsonl"]);
      assert.equal((await fixture.run(["fix", "cut.jsonl.gz", "--out", "cut.jsonl"])).code, 2);
      assert.ok(!existsSync(fixture.path("cut.jsonl")));
    });

    it("is refused when it is a bomb, before the disk is full", async () => {
      async function* zeros(): AsyncGenerator<Buffer> {
        for (let index = 0; index < 200; index++) yield Buffer.alloc(1 << 20);
      }
      await pipeline(zeros(), createGzip(), createWriteStream(fixture.path("bomb.jsonl.gz")));
      assert.ok(statSync(fixture.path("bomb.jsonl.gz")).size < 1 << 20);
      const { code, stderr } = await fixture.run(["lint", "bomb.jsonl.gz"]);
      assert.equal(code, 2);
      assert.match(stderr, /^Cannot read bomb\.jsonl\.gz: it unpacks to more than 200 times its size, as no dataset should; unpack it yourself if you trust it, and name the unpacked file\.\n$/);
      rmSync(fixture.path("bomb.jsonl.gz"));
    });
  });

  describe("a pipe with a name", () => {
    it("is checked and fixed like a file", async function () {
      if (process.platform === "win32") return console.warn("      NOT SHOWN: Windows has no such pipes in its folders");
      execFileSync("mkfifo", [fixture.path("pipe")]);
      fixture.file("faulty.jsonl", faulty);
      const fill = () => pipeline(createReadStream(fixture.path("faulty.jsonl")), createWriteStream(fixture.path("pipe")));
      const [linted] = await Promise.all([fixture.run(["lint", "pipe"]), fill()]);
      assert.equal(linted.code, 1);
      assert.match(linted.stdout, /^pipe:1:22 error .*\n {4}\{"messages":/);
      assert.equal(linted.stderr, "");
      const [fixed] = await Promise.all([fixture.run(["fix", "pipe", "--out", "from-pipe.jsonl"]), fill()]);
      assert.deepEqual([fixed.code, fixture.read("from-pipe.jsonl")], [0, clean]);
    });
  });

  describe("what cannot be read", () => {
    it("is told in the document too", async () => {
      mkdirSync(fixture.path("folder.jsonl"), { recursive: true });
      const { code, document } = await fixture.lintJson(["missing.jsonl", "folder.jsonl", "no-*.jsonl"]);
      assert.equal(code, 2);
      assert.deepEqual(document, {
        files: [],
        errors: [
          { path: "missing.jsonl", message: "Cannot read missing.jsonl: there is no such file." },
          { path: "folder.jsonl", message: "Cannot read folder.jsonl: it is a directory; a file is expected." },
          { path: "no-*.jsonl", message: "No file matches no-*.jsonl." },
        ],
        summary: { errors: 0, warnings: 0 },
      });
    });

    it("is judged by a finding where it has 0 bytes", async () => {
      fixture.file("empty.jsonl", "");
      const { code, document } = await fixture.lintJson(["empty.jsonl"]);
      assert.deepEqual([code, document.files[0]?.findings.map(({ rule }) => rule)], [1, ["empty-file"]]);
    });
  });

  describe("what is written", () => {
    it("is errors only with --quiet, though warnings still count", async () => {
      fixture.file("mixed.jsonl", `\n${faulty}`);
      const { document } = await fixture.lintJson(["mixed.jsonl", "--quiet"]);
      assert.deepEqual([document.files[0]?.findings.map(({ severity }) => severity), document.summary], [["error"], { errors: 1, warnings: 0 }]);
      fixture.file("warned.jsonl", `\n${clean}`);
      const { code, stdout, stderr } = await fixture.run(["lint", "warned.jsonl", "--quiet", "--max-warnings", "0"]);
      assert.deepEqual([code, stdout, stderr], [1, "1 file, 10 records: 0 errors, 0 warnings\n", "1 warning, and --max-warnings allows 0.\n"]);
    });

    it("is coloured where that is forced, and 80 columns wide where nothing says how wide", async () => {
      fixture.file("wide.jsonl", faulty.replace("Question 0", "x".repeat(500)));
      const { stdout } = await fixture.run(["lint", "wide.jsonl"], { env: { FORCE_COLOR: "1" } });
      assert.match(stdout, /\u001b\[31merror\u001b\[39m/);
      const plain = (await fixture.run(["lint", "wide.jsonl"])).stdout;
      const [excerpt = "", marks = ""] = plain.split("\n").slice(1);
      assert.match(marks, /^ +\^{6}$/);
      assert.ok(excerpt.length > 70 && excerpt.length <= 80, `${excerpt.length} columns`);
    });
  });
});

/** The most memory that a program has taken so far, in MB; 0 once it has ended. */
function peakMemory(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}
