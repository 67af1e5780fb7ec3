import assert from "node:assert/strict";
import { appendFile, mkdtemp, open, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorkbench, type Workbench } from "./workbench.ts";

const questions = ["Where is the card that I ordered two weeks ago?", "Somebody took my card, what now?", "Which rate do you use for dollars?", "How do I choose another PIN while I am abroad?", "Why was my top-up turned down?"] as const;
const system = "You are the assistant of a bank. Label the customer's question with one of card_arrival, lost_or_stolen_card, exchange_rate, change_pin or top_up_failed, and answer with the label only.";
const labels = ["card_arrival", "lost_or_stolen_card", "exchange_rate", "change_pin", "top_up_failed"] as const;

const vocabulary = "account after again amount answer app bank before branch called card charge code date day desk email fee form found gave letter limit line lost machine market message month morning name number online order page paid phone please post price receipt reply sent shop sign since small station statement street team ticket today transfer twice waited week window wrong yesterday".split(" ");

/** Words that no other number has in this order, so that no two records say nearly the same. */
function saidBy(number: number): string {
  let state = number + 1;
  return Array.from({ length: 30 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return vocabulary[(state >>> 8) % vocabulary.length];
  }).join(" ");
}

/** Every 10,000th record has a comma too many, every 30,000th a role in the wrong letter case. */
function line(number: number): string {
  const text = JSON.stringify({ messages: [{ role: "system", content: system }, { role: number % 30_000 === 29_999 ? "User" : "user", content: `${questions[number % questions.length]} ${saidBy(number)} (customer ${number + 1})` }, { role: "assistant", content: labels[number % labels.length] }] });
  return `${text}${number % 10_000 === 4999 ? "," : ""}\n`;
}

async function write(path: string, megabytes: number): Promise<number> {
  const file = await open(path, "w");
  let records = 0;
  for (let bytes = 0; bytes < megabytes * 1e6; records += 10_000) {
    const { bytesWritten } = await file.write(Array.from({ length: 10_000 }, (_, index) => line(records + index)).join(""));
    bytes += bytesWritten;
  }
  await file.close();
  return records;
}

describe("Large files in the workbench", () => {
  let workbench: Workbench;
  let folder: string;
  let records: number;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-large-"));
    workbench = await openWorkbench({ folder, settings: { "workbench.editorLargeFileConfirmation": 1024 } });
    records = await write(join(workbench.workspace, "chat-60-mb.jsonl"), 60);
  });
  after(async () => {
    await workbench?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const count = (number: number): string => number.toLocaleString("en");

  it("checks 60 MB that are opened as text, and says what it found", async () => {
    await workbench.openFile("chat-60-mb.jsonl");
    await workbench.toast(`OpenAI chat · ${count(records)} records`).waitFor();
    await workbench.run("Problems: Focus on Problems View");
    await workbench.page.locator(".markers-panel .monaco-list-row", { hasText: "unknown-role" }).first().waitFor();
    await workbench.screenshot("large-problems");
  });

  it("shows them record by record, each finding in its place", async () => {
    const { page } = workbench;
    await workbench.run("View: Toggle Panel Visibility").catch(() => undefined);
    await workbench.run("Tunesmith: Open in Record Viewer");
    const viewer = workbench.webview();
    await viewer.locator(".facts", { hasText: `${count(records)} lines` }).waitFor();
    await viewer.locator(".row .excerpt:not(:empty)").first().waitFor();
    await viewer.locator(".facts", { hasText: "errors" }).waitFor();
    await viewer.locator(".list").focus();
    await page.keyboard.press("F8");
    await viewer.getByRole("heading", { name: "Line 5,000" }).waitFor();
    await viewer.locator(".findings li", { hasText: "invalid-json" }).waitFor();
    await workbench.screenshot("large-viewer");
    await viewer.getByLabel("With findings").check();
    await viewer.locator(".row", { hasText: "unknown-role" }).first().waitFor();
    await workbench.useTheme("light");
    await workbench.screenshot("large-viewer-findings");
  });

  it("repairs them into a new file, and offers to open it", async () => {
    const { page } = workbench;
    await workbench.run("Tunesmith: Fix to New File");
    await page.locator(".quick-input-widget:visible", { hasText: "Fix chat-60-mb.jsonl to a new file" }).waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>(".quick-input-widget input[type=text]")?.value.endsWith("chat-60-mb.fixed.jsonl"));
    await page.keyboard.press("Enter");
    const told = workbench.toast("chat-60-mb.fixed.jsonl is written");
    await told.waitFor();
    await workbench.screenshot("large-fixed");
    assert.match(await told.innerText(), new RegExp(`0 errors and 0 warnings left in ${count(records)} records`));
    await told.getByRole("button", { name: "Open" }).click();
    await page.locator(".tab.active", { hasText: "chat-60-mb.fixed.jsonl" }).waitFor();
    assert.deepEqual((await readdir(workbench.workspace)).sort(), ["chat-60-mb.fixed.jsonl", "chat-60-mb.jsonl"]);
  });

  it("says in the viewer that the file changed, and loads it again", async () => {
    const { page } = workbench;
    const viewer = workbench.webview();
    await viewer.locator(".facts", { hasText: "no problems" }).waitFor();
    await appendFile(join(workbench.workspace, "chat-60-mb.fixed.jsonl"), line(records));
    await viewer.getByRole("alert").getByText("was changed on disk").waitFor();
    await workbench.screenshot("large-changed");
    await viewer.getByRole("button", { name: "Load Again" }).click();
    await viewer.locator(".facts", { hasText: `${count(records + 1)} lines` }).waitFor();
    await viewer.locator(".list").focus();
    await page.keyboard.press("End");
    await viewer.getByRole("heading", { name: `Line ${count(records + 1)}` }).waitFor();
  });

  it("shows and checks 300 MB while it is still being read", async () => {
    const { page } = workbench;
    const larger = await write(join(workbench.workspace, "chat-300-mb.jsonl"), 300);
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "chat-300-mb.jsonl" }).click({ button: "right" });
    // By keyboard: a menu that has just been opened takes no click.
    await page.locator(".monaco-menu .action-item", { hasText: "Open in Record Viewer" }).hover();
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: "chat-300-mb.jsonl" }).waitFor();
    const viewer = workbench.webview();
    await viewer.locator(".row .excerpt:not(:empty)").first().waitFor();
    await viewer.locator(".facts", { hasText: "Checking…" }).waitFor();
    await workbench.screenshot("large-300-checking");
    await workbench.toast("Checking chat-300-mb.jsonl").getByRole("button", { name: "Cancel" }).click();
    await viewer.getByText("The check was cancelled.").waitFor();
    await viewer.getByRole("button", { name: "Check" }).click();
    await viewer.locator(".facts", { hasText: `${count(larger)} lines` }).waitFor();
    await viewer.locator(".list").focus();
    await page.keyboard.press("End");
    await viewer.getByRole("heading", { name: `Line ${count(larger)}` }).waitFor();
    await viewer.locator(".facts", { hasText: "errors" }).waitFor({ timeout: 120_000 });
    await page.keyboard.press("Shift+F8");
    await viewer.locator(".findings li").waitFor();
    await workbench.screenshot("large-300-checked");
  });

  it("leaves nothing behind when repairing is cancelled", async () => {
    const { page } = workbench;
    const before = await readdir(workbench.workspace);
    await workbench.run("Tunesmith: Fix to New File");
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>(".quick-input-widget input[type=text]")?.value.endsWith("chat-300-mb.fixed.jsonl"));
    await page.keyboard.press("Enter");
    const progress = workbench.toast("Fixing chat-300-mb.jsonl: Writing");
    await progress.waitFor({ timeout: 120_000 });
    assert.ok((await readdir(workbench.workspace)).some((name) => name.endsWith(".tmp")));
    await progress.getByRole("button", { name: "Cancel" }).click();
    await progress.waitFor({ state: "detached" });
    while ((await readdir(workbench.workspace)).some((name) => name.endsWith(".tmp"))) await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.deepEqual(await readdir(workbench.workspace), before);
  });
});
