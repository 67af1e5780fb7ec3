import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkbench, type Workbench } from "./workbench.ts";

const chat = (question: string, more: object = {}): string => `${JSON.stringify({ messages: [{ role: "user", content: question, ...more }, { role: "assistant", content: "Yes." }] })}\n`;

describe("Converting in the workbench", () => {
  let workbench: Workbench;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-e2e-"));
    await writeFile(join(folder, "questions.csv"), "question,category,answer\nIs it open?,hours,Until nine.\nIs it far?,place,A mile.\n");
    await writeFile(join(folder, "chat.jsonl"), chat("Is it open?") + chat("Is it far?", { name: "Ann" }));
    workbench = await openWorkbench({ folder });
  });
  after(async () => {
    await workbench?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("lists what would be lost", async () => {
    const { page } = workbench;
    await workbench.openFile("chat.jsonl");
    await workbench.run("Tunesmith: Convert Dataset");
    await workbench.choose("Alpaca");
    await page.locator(".view-line", { hasText: "messages[0].name" }).first().waitFor();
    await workbench.toast("1 record of chat.jsonl cannot be converted to Alpaca whole.").waitFor();
    await workbench.screenshot("conversion-losses");
    await workbench.toast("cannot be converted").getByRole("button", { name: "Convert Anyway" }).click();
    await workbench.toast("2 records converted to Alpaca; 1 part of them left out.").getByRole("button", { name: "Discard" }).click();
  });

  it("asks for the format and the columns of a table, with a way back, and shows both sides before it saves", async () => {
    const { page } = workbench;
    await workbench.openFile("questions.csv");
    await workbench.run("Tunesmith: Convert Dataset");
    const asks = (what: string): Promise<void> => page.locator(`.quick-input-widget:visible input[placeholder^="${what}"]`).waitFor();
    await workbench.choose("Gemini");
    await asks("The column with the question");
    await workbench.choose("category");
    await asks("The column with the answer");
    await page.locator('.quick-input-widget:visible [aria-label^="Back"]').click();
    await asks("The column with the question");
    await workbench.choose("question");
    await asks("The column with the answer");
    await workbench.choose("answer");
    await workbench.answer("system message", "Answer briefly.");
    await page.locator(".tab.active", { hasText: "questions.csv ↔ Gemini" }).waitFor();
    await page.locator(".modified-in-monaco-diff-editor .view-line", { hasText: "systemInstruction" }).first().waitFor();
    await workbench.toast("2 records converted to Gemini. Nothing is saved yet.").waitFor();
    await workbench.screenshot("conversion");
    await workbench.toast("Nothing is saved yet.").getByRole("button", { name: "Save As…" }).click();
    await page.locator(".quick-input-widget:visible", { hasText: "Save as Gemini" }).waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>(".quick-input-widget input[type=text]")?.value.endsWith("questions.vertex.jsonl"));
    await page.keyboard.press("Enter");
    await workbench.toast("questions.vertex.jsonl is written.").getByRole("button", { name: "Open" }).click();
    await page.locator(".tab.active", { hasText: "questions.vertex.jsonl" }).waitFor();
    const [first] = (await readFile(join(workbench.workspace, "questions.vertex.jsonl"), "utf8")).split("\n");
    assert.deepEqual(JSON.parse(first ?? ""), {
      systemInstruction: { role: "system", parts: [{ text: "Answer briefly." }] },
      contents: [{ role: "user", parts: [{ text: "Is it open?" }] }, { role: "model", parts: [{ text: "Until nine." }] }],
    });
  });
});
