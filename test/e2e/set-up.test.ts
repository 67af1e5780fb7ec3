import assert from "node:assert/strict";
import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openWorkbench, type Workbench } from "./workbench.ts";

/** Setting up local training on a machine that has nothing of it yet. */
describe("Setting up local training", function () {
  this.timeout(180_000);
  let cache: string;
  let workbench: Workbench;
  const made = async (): Promise<string[]> => (await readdir(cache)).filter((name) => name.startsWith("python-") && !name.endsWith(".lock"));

  before(async () => {
    cache = await realpath(await mkdtemp(join(tmpdir(), "tunesmith-cache-")));
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("failed");
    await workbench.stop();
  });
  after(() => rm(cache, { recursive: true, force: true }));

  it("says what it downloads, does nothing without the user's word, and leaves nothing behind when it is cancelled", async () => {
    workbench = await openWorkbench({ folder: "test/fixtures/workspace", environment: { TUNESMITH_CACHE: cache } });
    await workbench.run("Tunesmith: Set Up Local Training");
    await workbench.dialogButton("Set Up").waitFor();
    assert.match(await workbench.page.locator(".monaco-dialog-box").innerText(), /It downloads PyTorch, Transformers[^]*takes up to 6\.5 GB/);
    await workbench.screenshot("set-up");
    await workbench.dialogButton("Cancel").click();
    assert.deepEqual(await made(), []);

    await workbench.run("Tunesmith: Set Up Local Training");
    await workbench.dialogButton("Set Up").click();
    const progress = workbench.toast("Setting up local training");
    await progress.filter({ hasText: /[12]\/5/ }).waitFor();
    assert.equal((await made()).length, 1);
    await progress.locator(".monaco-button", { hasText: "Cancel" }).click();
    // VS Code takes the notification away at once; what was begun is removed behind it.
    while ((await made()).length > 0) await delay(200);
  });

  it("says which Python it needs when there is none, and where to name one", async () => {
    workbench = await openWorkbench({ folder: "test/fixtures/workspace", environment: { TUNESMITH_CACHE: cache }, settings: { "tunesmith.engine.python": "/no/such/python" } });
    await workbench.run("Tunesmith: Set Up Local Training");
    const toast = workbench.toast("Local training needs Python 3.11 or newer. /no/such/python is no Python that can be started.");
    await toast.waitFor();
    await toast.locator(".monaco-button", { hasText: "Open Setting" }).waitFor();
    assert.deepEqual(await made(), []);
  });
});
