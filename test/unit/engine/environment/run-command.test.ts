import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findPython } from "../../../../src/engine/environment/find-python.ts";
import { runCommand } from "../../../../src/engine/environment/run-command.ts";

const node = (script: string, lines: string[], options = {}): Promise<void> => runCommand(process.execPath, ["-e", script], (line) => lines.push(line), options);
const isGone = (pid: number): boolean => {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
};

describe("runCommand", () => {
  it("reports each line of both outputs", async () => {
    const lines: string[] = [];
    await node(`console.log("out\\nput"); console.error("error")`, lines);
    assert.deepEqual(lines.sort(), ["error", "out", "put"]);
  });

  it("rejects with the last lines of a program that fails", async () => {
    await assert.rejects(node(`console.error("no such package"); process.exit(4)`, []), /ended with code 4:\nno such package$/);
  });

  it("rejects when there is no such program", async () => {
    await assert.rejects(runCommand("no-such-program-anywhere", [], () => undefined), { code: "ENOENT" });
  });

  it("has ended the program and what it started when an abort rejects", async () => {
    const abort = new AbortController();
    const reason = new Error("not wanted any more");
    const pids: number[] = [];
    const script = `const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]); console.log(process.pid); console.log(child.pid); setInterval(() => {}, 1000);`;
    const run = runCommand(process.execPath, ["-e", script], (line) => {
      pids.push(Number(line));
      if (pids.length === 2) abort.abort(reason);
    }, { signal: abort.signal });
    await assert.rejects(run, reason);
    assert.equal(pids.length, 2);
    // Its parent is gone, so the system clears the second one away in its own time.
    while (!pids.every(isGone)) await new Promise((resolve) => setImmediate(resolve));
  });

  it("runs no module of the folder that the user is in, which may be a stranger's", async () => {
    const python = await findPython();
    const before = process.cwd();
    const folder = await mkdtemp(join(tmpdir(), "tunesmith-test-"));
    await writeFile(join(folder, "venv.py"), 'print("a stranger\'s module runs")');
    const lines: string[] = [];
    process.chdir(folder);
    try {
      await runCommand(python, ["-m", "venv", "--help"], (line) => lines.push(line));
    } finally {
      process.chdir(before);
      await rm(folder, { recursive: true });
    }
    assert.match(lines.join("\n"), /^usage: /i);
  });

  it("starts nothing when it is aborted already", async () => {
    const lines: string[] = [];
    await assert.rejects(node(`console.log("started")`, lines, { signal: AbortSignal.abort(new Error("no")) }), /no/);
    assert.deepEqual(lines, []);
  });

  it("ends a program that takes too long", async () => {
    await assert.rejects(node(`setInterval(() => {}, 1000)`, [], { timeout: 1 }), /ended/);
  });
});
