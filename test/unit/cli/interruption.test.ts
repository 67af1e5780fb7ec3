import assert from "node:assert/strict";
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { programFixture } from "./program-fixture.ts";

describe("an interrupted command", function () {
  this.timeout(60_000);
  const fixture = programFixture();
  before(function () {
    if (process.platform !== "win32") return;
    console.warn("      NOT SHOWN: Windows has no signal that a test could send as Ctrl-C");
    this.skip();
  });

  const started: ChildProcess[] = [];
  const start = (...parameters: string[]): ChildProcess => {
    const child = spawn(process.execPath, [fixture.program(), ...parameters], { cwd: fixture.path("."), env: fixture.environment(), stdio: ["pipe", "ignore", "inherit"] });
    started.push(child);
    return child;
  };
  after(() => started.forEach((child) => child.kill("SIGKILL")));
  /** Waits for something to appear, and fails when the command ends before. */
  const until = async (child: ChildProcess, shows: () => boolean): Promise<void> => {
    while (!shows()) {
      assert.equal(child.exitCode, null, "the command ended before it could be interrupted");
      await delay(1);
    }
  };
  const interrupt = async (child: ChildProcess, signal: NodeJS.Signals = "SIGINT"): Promise<number> => {
    child.kill(signal);
    const [code] = (await once(child, "exit")) as [number];
    return code;
  };
  const drafts = (): string[] => readdirSync(fixture.path(".")).filter((name) => name.endsWith(".tmp"));

  it("ends with 130 while it fixes, and leaves no draft", async () => {
    const record = `${JSON.stringify({ messages: [{ role: "User", content: "a".repeat(200) }, { role: "assistant", content: "b" }] })}\n`;
    writeFileSync(fixture.path("long.jsonl"), record.repeat(12_000));
    const child = start("fix", "long.jsonl", "--out", "fixed.jsonl");
    await until(child, () => drafts().length > 0);
    assert.equal(await interrupt(child), 130);
    assert.deepEqual(drafts(), []);
    assert.ok(!existsSync(fixture.path("fixed.jsonl")));
  });

  it("ends while it waits for standard input, and removes the copy of what came", async () => {
    const child = start("lint", "-");
    child.stdin?.write("{".repeat(100_000));
    await until(child, () => readdirSync(fixture.path("temporary")).length > 0);
    assert.equal(await interrupt(child), 130);
    assert.deepEqual(readdirSync(fixture.path("temporary")), []);
  });

  it("ends while it waits for somebody to open the other end of a pipe", async () => {
    if (!existsSync("/proc/self/fd")) return console.warn("      NOT SHOWN: this system does not tell what a program has open");
    execFileSync("mkfifo", [fixture.path("pipe")]);
    const child = start("lint", "pipe");
    await until(child, () => readdirSync(`/proc/${child.pid}/fd`).some((name) => isLinkTo(`/proc/${child.pid}/fd/${name}`, fixture.path("pipe"))));
    assert.equal(await interrupt(child), 130);
  });

  it("ends with the code of its signal when it is told to end otherwise", async () => {
    const child = start("lint", "-");
    child.stdin?.write("{}");
    await until(child, () => readdirSync(fixture.path("temporary")).length > 0);
    assert.equal(await interrupt(child, "SIGTERM"), 143);
    assert.deepEqual(readdirSync(fixture.path("temporary")), []);
  });
});

/** Whether a link leads to a path; what is open for a moment only may be gone before it is looked at. */
function isLinkTo(link: string, path: string): boolean {
  try {
    return readlinkSync(link) === path;
  } catch {
    return false;
  }
}
