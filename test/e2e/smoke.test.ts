import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { openWorkbench, type Theme, type Workbench } from "./workbench.ts";

describe("The packed extension in a browser's VS Code", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ folder: "test/fixtures/workspace" });
    await workbench.openFile("train.jsonl");
  });
  after(() => workbench?.stop());

  it("runs: its status names the format of an open dataset", async () => {
    const { page } = workbench;
    await page.locator('[id="status.languageStatus"]').click();
    await page.locator(".hover-language-status", { hasText: "OpenAI chat · 6 records" }).waitFor();
    await page.locator(".part.titlebar").click({ position: { x: 5, y: 5 } });
  });

  it("offers its commands in the palette", async () => {
    const { page } = workbench;
    await page.keyboard.press("F1");
    await page.locator(".quick-input-widget input").fill(">Tunesmith: ");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "Tunesmith: Check Dataset" }).waitFor();
    await page.keyboard.press("Escape");
  });

  it("colours roles apart from other text", async () => {
    const { page } = workbench;
    await workbench.line('"role":"user"').waitFor();
    // Tokens arrive in the background, and until then all text has one colour.
    await page.waitForFunction(() => new Set([...document.querySelectorAll(".view-line span span")].map((span) => span.className)).size > 4);
    const classOf = await classesOfTokens(page);
    assert.ok(classOf.has("user"), `the role is a token of its own, among ${[...classOf.keys()].slice(0, 20).join(" ")}`);
    assert.equal(new Set([classOf.get("user"), classOf.get("assistant"), classOf.get("system")]).size, 3, "each role has its own colour");
  });

  it("keeps its colours in every kind of theme", async () => {
    for (const theme of ["light", "high contrast", "high contrast light", "dark"] satisfies Theme[]) {
      await workbench.useTheme(theme);
      await workbench.line('"role"').waitFor();
      await workbench.screenshot(`theme-${theme.replaceAll(" ", "-")}`);
    }
  });
});

/** The text of every token that the editor shows, with its colour's class. */
async function classesOfTokens(page: Page): Promise<Map<string, string>> {
  const tokens = await page.locator(".view-line span span").evaluateAll((spans) => spans.map((span) => [span.textContent ?? "", span.className] as [string, string]));
  return new Map(tokens);
}
