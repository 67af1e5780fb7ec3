import assert from "node:assert/strict";
import { openWorkbench, type Workbench } from "./workbench.ts";

describe("Targets, rules and repairs in the workbench", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ settings: { "workbench.colorTheme": "Dark 2026", "editor.wordWrap": "on", "workbench.secondarySideBar.defaultVisibility": "hidden", "editor.minimap.enabled": false } });
    await workbench.page.locator(".squiggly-error").first().waitFor();
    await workbench.page.getByText("Prompt, retrieve or tune?").first().waitFor();
    await workbench.run("View: Focus First Editor Group");
    await workbench.run("View: Close Editors in Other Groups");
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("targets-failed");
  });
  after(() => workbench?.stop());

  it("explains a finding in the hover, and opens the rule's page from there as rendered text", async () => {
    const { page } = workbench;
    await workbench.run("Go to Next Problem (Error, Warning, Info)");
    await page.keyboard.press("Escape");
    await workbench.run("Show or Focus Hover");
    const hover = page.locator(".monaco-hover:visible", { hasText: "roles are exact" });
    await hover.getByText("A message has a role that the target does not know").waitFor();
    await workbench.screenshot("hover");
    await hover.locator("a.code-link", { hasText: "unknown-role" }).click();
    await page.locator(".tab.active", { hasText: "unknown-role.md" }).waitFor();
    await workbench.webview().getByRole("heading", { name: "Why, and what to do" }).waitFor();
    await workbench.screenshot("rule-page");
    await workbench.run("View: Close Editor");
  });

  it("opens the page of a rule from the problems view too", async () => {
    const { page } = workbench;
    await workbench.run("Problems: Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row a", { hasText: "blank-line" }).click();
    await page.locator(".tab.active", { hasText: "blank-line.md" }).waitFor();
    await workbench.run("View: Close Editor");
    await workbench.run("View: Hide Panel");
  });

  it("offers at the light bulb the repair, all alike and all safe ones", async () => {
    const { page } = workbench;
    await workbench.run("Go to Next Problem (Error, Warning, Info)");
    await page.keyboard.press("Escape");
    const rows = await workbench.lightBulb();
    await rows.filter({ hasText: "Fix all safe problems in this file" }).waitFor();
    await workbench.screenshot("light-bulb");
    await page.keyboard.press("Escape");
  });

  it("tells in the language status what the file is checked for, and lets another target be chosen, the current one marked", async () => {
    const { page } = workbench;
    await page.locator('[id="status.languageStatus"]').click();
    const status = page.locator(".hover-language-status", { hasText: "OpenAI supervised fine-tuning" });
    await status.waitFor();
    await page.locator(".hover-language-status", { hasText: "OpenAI chat · 301 records" }).waitFor();
    await workbench.screenshot("language-status");
    await status.getByText("Choose", { exact: true }).click();
    await page.locator('.quick-input-widget:visible input[placeholder="Where is the model tuned?"]').waitFor();
    assert.match(await page.locator(".quick-input-widget:visible .monaco-list-row.focused").innerText(), /OpenAI/);
    await workbench.screenshot("choose-target");
    await workbench.choose("Together AI");
    await page.locator('.quick-input-widget:visible input[placeholder="How is it tuned?"]').waitFor();
    await workbench.choose("Together AI supervised fine-tuning");
    await page.locator('[id="status.languageStatus"]').click();
    await page.locator(".hover-language-status", { hasText: "Together AI supervised fine-tuning" }).waitFor();
    await page.keyboard.press("Escape");
  });

  it("shows in one table which targets take the file; there another is chosen and the first error opened", async () => {
    const { page } = workbench;
    await workbench.run("Tunesmith: Check for Every Target");
    await page.locator(".tab.active", { hasText: "Targets: banking-train.jsonl" }).waitFor();
    const table = workbench.webview();
    await table.locator("tr[data-target='together/sft'] .current").waitFor();
    await workbench.screenshot("targets");
    await table.getByRole("button", { name: "Choose OpenAI supervised fine-tuning" }).click();
    await table.locator("tr[data-target='openai/sft'] .current").waitFor();
    await table.locator("tr[data-target='openai/sft']").getByRole("button", { name: /^Open line 4, where unknown-role/ }).click();
    await page.locator(".statusbar", { hasText: "Ln 4, Col 329" }).waitFor();
    await workbench.screenshot("targets-and-place");
  });
});
