import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { holdingLock } from "../../../src/engine/lock.ts";

const never = new AbortController().signal;

describe("holdingLock", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tunesmith-lock-"));
    file = join(folder, "lock");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("holds the file while it acts, and gives the result", async () => {
    const result = await holdingLock(file, () => assert.fail("nobody holds it"), never, () => Promise.resolve(existsSync(file)));
    assert.equal(result, true);
    assert.equal(existsSync(file), false);
  });

  it("lets go when the act fails", async () => {
    await assert.rejects(holdingLock(file, () => undefined, never, () => Promise.reject(new Error("failed"))), /failed/);
    assert.equal(existsSync(file), false);
  });

  it("waits for the one that holds it, and says once who that is", async () => {
    const order: string[] = [];
    let release = (): void => undefined;
    let first: Promise<void> | undefined;
    await new Promise<void>((held) => {
      first = holdingLock(file, () => undefined, never, async () => {
        const released = new Promise<void>((resolve) => (release = resolve));
        held();
        await released;
        order.push("first");
      });
    });
    const told: number[] = [];
    const wait = (pid: number): void => {
      told.push(pid);
      release();
    };
    await Promise.all([first, holdingLock(file, wait, never, () => Promise.resolve(void order.push("second")))]);
    assert.deepEqual(order, ["first", "second"]);
    assert.deepEqual(told, [process.pid]);
  });

  it("is held by one at a time, however close together they come, also over a lock that a dead process left", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const rounds = Array.from({ length: 200 }, async (_, round) => {
      const contested = join(folder, `lock-${round}`);
      if (round % 2 === 1) writeFileSync(contested, String(pid));
      let inside = 0;
      let most = 0;
      const act = async (): Promise<void> => {
        most = Math.max(most, ++inside);
        // Long enough for one that came in beside it to be seen.
        for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
        inside--;
      };
      await Promise.all([1, 2, 3].map(() => holdingLock(contested, () => undefined, new AbortController().signal, act)));
      return most;
    });
    assert.deepEqual(new Set(await Promise.all(rounds)), new Set([1]));
  });

  it("can be aborted while it waits, and leaves the lock to its holder", async () => {
    writeFileSync(file, String(process.pid));
    const abort = new AbortController();
    await assert.rejects(holdingLock(file, () => abort.abort(), abort.signal, () => assert.fail("acted without the lock")), { name: "AbortError" });
    assert.equal(existsSync(file), true);
  });

  it("takes over a lock whose process is gone, and one that names none", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    for (const content of [String(pid), "", "nobody"]) {
      writeFileSync(file, content);
      assert.equal(await holdingLock(file, () => assert.fail("the holder is gone"), never, () => Promise.resolve(1)), 1);
    }
  });
});
