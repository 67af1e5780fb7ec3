import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fixDataset, openSampleDataset, writeLaunchFile } from "./start-job.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";
import { stepByStep } from "../support/step-by-step.ts";

/** A launch file as a user makes one: by the wizard, then by hand, estimated, and started up to the question. Nothing trains here. */
describe("A launch file in the workbench", function () {
  this.timeout(300_000);
  // Each step stands on the one before.
  stepByStep();
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ settings: { "files.autoSave": "off", "workbench.colorTheme": "Dark 2026", "workbench.secondarySideBar.defaultVisibility": "hidden", "editor.minimap.enabled": false, "editor.wordBasedSuggestions": "off" } });
    await openSampleDataset(workbench);
    await fixDataset(workbench);
    await workbench.run("File: Save");
    // Until it is written, VS Code would ask what becomes of it.
    await workbench.page.locator(".tab.dirty").waitFor({ state: "detached" });
    await workbench.run("View: Close All Editors");
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("launch-failed");
  });
  after(() => workbench?.stop());

  it("is written by the wizard, which opens it", async () => {
    await writeLaunchFile(workbench);
    const text = await readFile(join(workbench.workspace, "banking-train.finetune.jsonc"), "utf8");
    assert.match(text, /"service": "local"[^]+"training": "banking-train\.jsonl"[^]+"max_steps": 60[^]+"suffix": "bank"/);
  });

  it("offers the other dataset where one is named, and marks what cannot be", async () => {
    const { page } = workbench;
    await workbench.line('"training": "banking-train.jsonl"').click();
    await page.keyboard.press("End");
    await page.keyboard.type(',\n"validation": ');
    await page.keyboard.press("Control+Space");
    const suggestion = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: "banking-test.jsonl" });
    await suggestion.waitFor();
    await page.waitForTimeout(500);
    await workbench.screenshot("launch-completion");
    await suggestion.click();
    await page.keyboard.press("Escape");
    await workbench.line('"validation": "banking-test.jsonl"').waitFor();
    await workbench.line('"max_steps": 60').click();
    await page.keyboard.press("End");
    await page.keyboard.type('\n"n_epochs": 99,');
    await workbench.line('"n_epochs": 99,').waitFor();
    // The view follows what is typed; the first problem of the text may be one of the half-typed line.
    await workbench.run("Problems: Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row", { hasText: "Epochs is 99; expected is a whole number from 1 to 50." }).waitFor();
    await workbench.run("View: Hide Panel");
    await workbench.line('"n_epochs": 99').click();
    await workbench.run("Delete Line");
    await workbench.line('"n_epochs": 99').waitFor({ state: "detached" });
  });

  it("is estimated by its lens, in a document that says what it takes", async () => {
    const { page } = workbench;
    await workbench.run("File: Save");
    await page.locator(".codelens-decoration a:visible", { hasText: "Estimate" }).click();
    const plan = workbench.webview();
    await plan.getByText("Tokens trained on").waitFor({ timeout: 200_000 });
    await plan.getByText("Nothing forbids the start.").waitFor();
    await workbench.screenshot("launch-estimate");
  });

  it("starts by its lens only once everything was said", async () => {
    await workbench.page.locator(".codelens-decoration a:visible", { hasText: "Start" }).click();
    await workbench.dialogButton(/^Start$/).waitFor({ timeout: 200_000 });
    const asked = await workbench.page.locator(".monaco-dialog-box").innerText();
    assert.match(asked, /Fine-tune smollm2-135m-instruct on banking-train\.jsonl at Local Engine\?[^]+301 records[^]+Steps: 60\. Time: .+[^]+stays on this machine/);
    await workbench.screenshot("launch-confirm");
    await workbench.dialogButton("Cancel").click();
    await workbench.openView("Tunesmith");
    assert.equal(await workbench.treeRow("Jobs", "bank").count(), 0);
  });
});
