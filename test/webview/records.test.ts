import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { excerptOf } from "../../src/dataset/insight/excerpt.ts";
import { readContent } from "../../src/dataset/insight/record-content.ts";
import type { Finding } from "../../src/dataset/finding.ts";
import { rangeOnLine } from "../../src/dataset/text.ts";
import { createViewerHandlers } from "../../src/editor/viewer/viewer-handlers.ts";
import { serve, type HostEnd } from "../../src/protocol/channel.ts";
import type { Overview, RecordsViewer } from "../../src/protocol/records-viewer.ts";
import { toFileCheck } from "../../src/workers/file-check.ts";
import { pageFixture } from "./page-fixture.ts";
import { themes, type Theme } from "./themes.ts";
import { lintResult } from "../support/lint-result.ts";

const questions = ["Where is the card that I ordered two weeks ago?", "Somebody took my card, what now?", "Which rate do you use for dollars?", "Why was my top-up turned down?"] as const;
const [light] = themes as readonly [Theme, ...Theme[]];

/** A dataset of any number of lines that is never held: each line is made when it is asked for. */
interface Dataset {
  readonly lines: number;
  line(number: number): string;
  readonly findings?: readonly Finding[];
}

const chat = (number: number): string => JSON.stringify({ messages: [{ role: "system", content: "Label the question." }, { role: "user", content: `${questions[number % questions.length]} (${number + 1})` }, { role: "assistant", content: "card_arrival" }], tools: [] });
const finding = (line: number, rule = "unknown-role", severity: Finding["severity"] = "error"): Finding => ({ rule, severity, range: rangeOnLine(line, 14, 20), message: `The role "User" is not known; expected "user".`, fixes: [{ title: "Fix", safe: true, edits: [] }] });
const flaggedLines = [3, 40, 41, 500, 4_999_999];
const millions: Dataset = { lines: 5_000_000, line: chat, findings: flaggedLines.map((line, index) => finding(line, index === 1 ? "duplicate-record" : "unknown-role", index === 1 ? "warning" : "error")) };
const few: Dataset = { lines: 60, line: chat };
const hostile: Dataset = { lines: 3, line: () => JSON.stringify({ messages: [{ role: '<b onmouseover="window.attacked=true">', content: '<img src=x onerror="window.attacked=true"></script><script>window.attacked=true</script>\u2028\u0000\u202Eevil' }] }) };

describe("record viewer's page", () => {
  const { open, acted, violations, remembered, assertAccessible } = pageFixture();
  let host: HostEnd<RecordsViewer>;
  let overview: Overview;
  let requests: number;

  beforeEach(() => {
    requests = 0;
  });

  async function show({ lines, line, findings = [] }: Dataset, options: { theme?: Theme; remembered?: unknown; width?: number; overview?: Partial<Overview> } = {}): Promise<Page> {
    const check = toFileCheck(lintResult(findings, lines));
    overview = {
      name: "banking-train.jsonl", byteLength: lines * 180, generation: 1, index: { lines, bytes: lines * 180, complete: true },
      check: { phase: "done", summary: `OpenAI chat · ${lines.toLocaleString("en")} records · ${findings.length} errors, 0 warnings`, flagged: check.flagged.lines.length, fixable: check.fixable },
      ...options.overview,
    };
    const page = await open({
      name: "records", theme: options.theme ?? light, height: 700, ...options,
      attach: (port) => {
        host = serve<RecordsViewer>(port, createViewerHandlers({
          overview: () => overview,
          chosen: () => Uint32Array.of(7, 500, 4_999_999),
          check: () => (overview.check.phase === "done" ? check : undefined),
          excerpts: async (wanted) => {
            requests++;
            if (overview.stale) throw new Error("Cannot read banking-train.jsonl: it was changed since it was opened; load it again.");
            return wanted.map((number) => ({ line: number, byteLength: line(number).length, ...excerptOf(line(number)) }));
          },
          record: async (number, mostBytes, reading) => ({ line: number, byteLength: line(number).length, bytes: Math.min(line(number).length, mostBytes), content: readContent(line(number).slice(0, mostBytes), reading) }),
        }, {
          openRecord: async (number) => void acted.push(`record ${number}`),
          openText: async (number) => void acted.push(`text ${number}`), fixToNewFile: async () => void acted.push("fix"),
          check: async () => void acted.push("check"), reload: async () => void acted.push("reload"),
        }));
      },
    });
    if (!options.overview) await page.waitForSelector('.row .excerpt:not(:empty)');
    return page;
  }

  const change = (part: Partial<Overview>): void => {
    overview = { ...overview, ...part };
    host.emit("changed", overview);
  };
  const activeNumber = (page: Page): Promise<string | null> => page.locator('.row[aria-selected="true"] .number').textContent();
  const waitForActive = (page: Page, number: string): Promise<unknown> => page.locator('.row[aria-selected="true"] .number', { hasText: new RegExp(`^${number}$`) }).waitFor();
  const press = async (page: Page, key: string, number: string): Promise<void> => {
    await page.keyboard.press(key);
    await waitForActive(page, number);
  };
  /** Whether the active row is in sight, whole. */
  const activeInSight = (page: Page): Promise<boolean> => page.evaluate(() => {
    const list = document.querySelector(".list")?.getBoundingClientRect();
    const row = document.querySelector('.row[aria-selected="true"]')?.getBoundingClientRect();
    return list !== undefined && row !== undefined && row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
  });

  for (const theme of themes) {
    it(`has no accessibility violation and breaks no policy: ${theme.name}`, async () => {
      const page = await show(millions, { theme });
      await page.keyboard.press("Home");
      await page.keyboard.press("F8");
      await page.getByRole("heading", { name: "Line 4", exact: true }).waitFor();
      await page.locator(".findings li").waitFor();
      await assertAccessible(page);
      await page.screenshot({ path: `out/screenshots/records-${theme.name}.png` });
    });
  }

  it("holds only the rows in sight, and tells of all", async () => {
    const page = await show(millions);
    const rows = page.locator(".row");
    assert.ok((await rows.count()) < 50);
    assert.deepEqual([await rows.first().getAttribute("aria-setsize"), await rows.first().getAttribute("aria-posinset")], ["5000000", "1"]);
    assert.match(await page.locator(".facts").innerText(), /5,000,000 lines · 900 MB/);
    assert.match(await rows.first().innerText(), /1\s+user\s+Where is the card that I ordered two weeks ago\? \(1\)/);
  });

  it("lists the records that were chosen elsewhere, and all of them again", async () => {
    const page = await show(millions);
    change({ chosen: { title: "labels: card_arrival", records: 3, choice: 1 }, generation: 2 });
    await waitForActive(page, "8");
    assert.deepEqual(await page.locator(".row .number").allTextContents(), ["8", "501", "5,000,000"]);
    await page.getByRole("radio", { name: "labels: card_arrival 3" }).isChecked();
    await page.getByRole("radio", { name: "All" }).check();
    await page.locator(".row .number", { hasText: /^9$/ }).waitFor();
    await waitForActive(page, "8");
  });

  it("is walked through by the keyboard, to its very end", async () => {
    const page = await show(millions);
    await press(page, "ArrowDown", "1");
    await press(page, "ArrowDown", "2");
    await press(page, "ArrowUp", "1");
    await press(page, "End", "5,000,000");
    assert.ok(await activeInSight(page));
    await page.getByRole("heading", { name: "Line 5,000,000" }).waitFor();
    await page.locator(".turn .text", { hasText: "(5000000)" }).waitFor();
    await press(page, "PageUp", String(await activeNumber(page)).replace("5,000,000", "4,999,9\\d\\d"));
    assert.ok(await activeInSight(page));
    await press(page, "Home", "1");
    await press(page, "PageDown", "2\\d");
    assert.ok(await activeInSight(page));
    assert.equal(await page.locator(".list").getAttribute("aria-activedescendant"), await page.locator('.row[aria-selected="true"]').getAttribute("id"));
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.className), "record");
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement?.className), "list");
  });

  it("scrolls row by row under the wheel in the midst of millions, and anywhere by the scroll bar", async () => {
    const page = await show(millions);
    const top = (): Promise<number> => page.locator(".row").first().getAttribute("aria-posinset").then(Number);
    const list = page.locator(".list");
    await list.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
    await page.waitForFunction(() => Number(document.querySelector(".row")?.getAttribute("aria-posinset")) > 2_400_000);
    const middle = await top();
    assert.ok(Math.abs(middle - 2_500_000) < 50_000);
    await list.hover();
    await page.mouse.wheel(0, 260);
    await page.waitForFunction((before) => Number(document.querySelector(".row")?.getAttribute("aria-posinset")) === before + 10, middle);
    await page.locator(".row .excerpt:not(:empty)").first().waitFor();
    await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await page.locator('.row[aria-posinset="5000000"] .excerpt:not(:empty)').waitFor();
    await list.evaluate((element) => (element.scrollTop = 0));
    await page.locator('.row[aria-posinset="1"]').waitFor();
  });

  it("goes to a record by its number, and from finding to finding", async () => {
    const page = await show(millions);
    const field = page.getByLabel("Go to line");
    await field.fill("2,345,678");
    await field.press("Enter");
    await page.getByRole("heading", { name: "Line 2,345,678" }).waitFor();
    assert.ok(await activeInSight(page));
    await page.getByRole("button", { name: "Next finding" }).click();
    await waitForActive(page, "5,000,000");
    await page.getByRole("button", { name: "Previous finding" }).click();
    await waitForActive(page, "501");
    await press(page, "Shift+F8", "42");
    await press(page, "Shift+F8", "41");
    await page.locator('.row[aria-selected="true"]', { hasText: "duplicate-record" }).waitFor();
    assert.match(await page.locator(".findings").innerText(), /The role "User" is not known; expected "user"\. duplicate-record, column 15/);
    await field.fill("99999999");
    await field.press("Enter");
    await waitForActive(page, "5,000,000");
  });

  it("lists the records with findings alone, and keeps the one that is read", async () => {
    const page = await show(millions);
    await page.getByLabel("Go to line").fill("42");
    await page.getByLabel("Go to line").press("Enter");
    await waitForActive(page, "42");
    await page.getByRole("radio", { name: "With findings 5" }).check();
    await page.waitForFunction(() => document.querySelectorAll(".row").length === 5 && document.querySelectorAll(".row .excerpt:not(:empty)").length === 5);
    assert.deepEqual(await page.locator(".row .number").allTextContents(), ["4", "41", "42", "501", "5,000,000"]);
    await waitForActive(page, "42");
    await page.locator(".list").focus();
    await press(page, "ArrowDown", "501");
    await page.getByRole("radio", { name: "All" }).check();
    await page.waitForFunction(() => document.querySelectorAll(".row").length > 5);
    await waitForActive(page, "501");
    assert.ok(await activeInSight(page));
  });

  it("shows no line without findings among them, though the list is scrolled before the host has told where they are", async () => {
    const page = await show(millions);
    await page.getByLabel("Go to line").fill("42");
    await page.getByLabel("Go to line").press("Enter");
    await waitForActive(page, "42");
    await page.getByRole("radio", { name: "With findings 5" }).evaluate((radio: HTMLInputElement) => {
      radio.click();
      const list = document.querySelector(".list");
      if (!list) return;
      list.scrollTop = 0;
      list.dispatchEvent(new Event("scroll"));
    });
    await page.waitForFunction(() => document.querySelectorAll(".row").length === 5 && document.querySelectorAll(".row .excerpt:not(:empty)").length === 5);
    assert.deepEqual(await page.locator(".row .number").allTextContents(), ["4", "41", "42", "501", "5,000,000"]);
  });

  it("shows a record as a conversation or as JSON, and more of a long one when asked", async () => {
    const page = await show({ lines: 1, line: () => JSON.stringify({ messages: [{ role: "user", content: "x".repeat(700_000) }, { role: "assistant", content: "the end" }] }) });
    await page.keyboard.press("Home");
    await page.getByText("262 kB of 700 kB are shown.").waitFor();
    await page.getByRole("button", { name: "Show more" }).click();
    await page.locator(".turn .text", { hasText: "the end" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Show more" }).count(), 0);
    await page.getByRole("radio", { name: "JSON" }).check();
    await page.locator("pre.json").waitFor();
    assert.match(await page.locator("pre.json").innerText(), /^\{\n {2}"messages": \[/);
    await page.getByRole("button", { name: "Open in text editor" }).click();
    await page.getByRole("button", { name: "Open in text editor" }).press("Enter");
    await page.getByRole("button", { name: "Edit record" }).press("Enter");
    assert.deepEqual(acted, ["text 0", "text 0", "record 0"]);
  });

  it("shows hostile content as text", async () => {
    const page = await show(hostile);
    await page.keyboard.press("Home");
    await page.locator(".turn .text").waitFor();
    assert.equal(await page.evaluate(() => "attacked" in window), false);
    assert.equal(await page.locator("main img, main script, main b").count(), 0);
    assert.match(await page.locator(".turn .text").textContent() ?? "", /^<img src=x onerror=/);
    assert.deepEqual(violations(), []);
  });

  it("grows while the file is read, and keeps what is in sight", async () => {
    const page = await show(millions, { overview: { index: { lines: 1000, bytes: 180_000, complete: false }, check: { phase: "running", progress: "1 of 900 MB" } } });
    await page.locator(".row .excerpt:not(:empty)").first().waitFor();
    assert.equal(await page.locator(".row").first().getAttribute("aria-setsize"), "-1");
    assert.match(await page.locator(".facts").innerText(), /1,000 lines so far · 180 kB of 900 MB\s+Checking… 1 of 900 MB/);
    await page.locator(".list").focus();
    await press(page, "End", "1,000");
    change({ index: { lines: 2000, bytes: 360_000, complete: false } });
    await page.getByText("2,000 lines so far").waitFor();
    assert.equal(await activeNumber(page), "1,000");
    assert.ok(await activeInSight(page));
    await press(page, "End", "2,000");
    await page.locator('.row[aria-posinset="2000"] .excerpt:not(:empty)').waitFor();
  });

  it("shows the findings of a check that ends while a record is read", async () => {
    const page = await show({ ...millions, lines: 100, findings: [finding(0)] }, { overview: { check: { phase: "running", progress: "" } } });
    await page.locator(".row .excerpt:not(:empty)").first().waitFor();
    await page.keyboard.press("Home");
    await page.locator(".turn").first().waitFor();
    assert.equal(await page.locator(".findings").count(), 0);
    change({ generation: 2, check: { phase: "done", summary: "1 error", flagged: 1, fixable: 1 } });
    await page.locator(".findings li").waitFor();
    await page.locator(".row .mark.error").waitFor();
    assert.equal(await page.locator("[aria-live=polite]").textContent(), "1 error");
    await page.getByRole("button", { name: "Fix 1 to New File…" }).click();
    await page.getByRole("button", { name: "Fix 1 to New File…" }).press("Enter");
    assert.deepEqual(acted, ["fix", "fix"]);
  });

  it("says that the file changed or is gone, offers to load it again, and asks for nothing meanwhile", async () => {
    const page = await show(millions);
    change({ stale: "changed", check: { phase: "ended", reason: "What was found is out of date." } });
    await page.getByRole("alert").getByText("banking-train.jsonl was changed on disk.").waitFor();
    assert.ok((await page.locator(".row .excerpt:not(:empty)").count()) > 5);
    const before = requests;
    await page.locator(".list").focus();
    await press(page, "End", "5,000,000");
    for (let turn = 0; turn < 20; turn++) await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.ok(requests <= before + 3, `${requests - before} requests`);
    await page.screenshot({ path: "out/screenshots/records-changed.png" });
    change({ stale: "gone" });
    await page.getByRole("alert").getByText("is no longer there").waitFor();
    await page.getByRole("button", { name: "Load Again" }).click();
    change({ index: { lines: 0, bytes: 0, complete: false, failure: "Cannot read banking-train.jsonl: you have no permission." } });
    assert.deepEqual(acted, ["reload"]);
  });

  it("keeps the record over a reload, and comes to the one that was asked for elsewhere", async () => {
    const page = await show(few, { remembered: { filter: "all", line: 20, reading: "json" } });
    await page.locator("pre.json", { hasText: "(21)" }).waitFor();
    await waitForActive(page, "21");
    host.emit("reveal", { line: 50 });
    await waitForActive(page, "51");
    assert.ok(await activeInSight(page));
    assert.deepEqual(remembered(), { filter: "all", line: 50, reading: "json" });
    await page.close();
    const loading = await open({ name: "records", theme: light, attach: () => undefined });
    await loading.getByText("Loading…").first().waitFor();
  });

  it("says that a file is empty", async () => {
    const page = await show({ lines: 0, line: () => "" }, { overview: {} });
    await page.getByText("The file is empty.").first().waitFor();
    assert.match(await page.locator(".facts").innerText(), /0 lines · 0 bytes/);
  });

  it("puts list and record one above the other in a narrow column", async () => {
    const page = await show(millions, { width: 420 });
    await page.keyboard.press("Home");
    await page.locator(".turn").first().waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await page.screenshot({ path: "out/screenshots/records-narrow.png" });
  });
});
