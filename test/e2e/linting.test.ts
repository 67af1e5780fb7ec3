import assert from "node:assert/strict";
import { openWorkbench, type Workbench } from "./workbench.ts";

describe("The sample in the workbench", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench?.stop());

  it("opens with the dataset, its findings, and the walkthrough beside it", async () => {
    const { page } = workbench;
    await page.locator(".tab", { hasText: "banking-train.jsonl" }).waitFor();
    await page.getByText("Prompt, retrieve or tune?").first().waitFor();
    await page.locator(".squiggly-error").first().waitFor();
    await workbench.screenshot("walkthrough");
  });

  it("tells format, records and findings in the language status", async () => {
    const { page } = workbench;
    await page.locator(".tab", { hasText: "banking-train.jsonl" }).click();
    await page.locator('[id="status.languageStatus"]').click();
    const status = page.locator(".hover-language-status", { hasText: "OpenAI chat" });
    await status.waitFor();
    assert.match((await status.innerText()).replaceAll("\u00a0", " "), /OpenAI chat · 301 records · 5 errors, 2 warnings/);
    await page.keyboard.press("Escape");
  });

  it("shows the findings in the problems view", async () => {
    const { page } = workbench;
    await workbench.run("Problems: Focus on Problems View");
    await page.locator(".markers-panel .monaco-list-row", { hasText: "unknown-role" }).waitFor();
    await workbench.screenshot("findings");
  });

  it("repairs everything that is safe to repair, in one command", async () => {
    const { page } = workbench;
    await page.locator(".tab", { hasText: "banking-train.jsonl" }).click();
    await workbench.run("Tunesmith: Fix All Safe Problems");
    await page.locator(".notifications-toasts", { hasText: "6 problems fixed, 0 errors left." }).waitFor();
    await page.locator(".squiggly-error").first().waitFor({ state: "detached" });
    await workbench.screenshot("fixed");
  });
});
