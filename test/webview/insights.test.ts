import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { createInsights } from "../../src/dataset/insight/insights.ts";
import { factsOf } from "../../src/dataset/insight/record-facts.ts";
import { openaiSft } from "../../src/dataset/targets/openai.ts";
import { toInsightsView, type ReadFile } from "../../src/editor/insights/insights-view.ts";
import type { ScoredFile } from "../../src/evaluating/score-file.ts";
import { createPanelHandlers } from "../../src/editor/insights/panel-handlers.ts";
import { serve, type HostEnd } from "../../src/protocol/channel.ts";
import type { InsightsPanel, InsightsView } from "../../src/protocol/insights-panel.ts";
import { lengthsOf, shareOf } from "../../webview/insights/state.ts";
import { pageFixture } from "./page-fixture.ts";
import { themes, type Theme } from "./themes.ts";

const labels = ["card_arrival", "lost_or_stolen_card", '<img src=x onerror="window.attacked=true">'];
const [light] = themes as readonly [Theme, ...Theme[]];

function fileOf(name: string, records: number): ReadFile {
  const builder = createInsights();
  for (let record = 0; record < records; record++) {
    const text = JSON.stringify({ messages: [...(record % 4 === 0 ? [] : [{ role: "system", content: "Label the question of a customer of the bank." }]), { role: "user", content: "Where is the card that I ordered? ".repeat(1 + (record % 7)) }, { role: "assistant", content: labels[record % 5] ?? labels[0] }] });
    builder.add(record, factsOf(text, openaiSft, (each) => Math.ceil(each.length / 4), () => "en"));
  }
  return { file: `file:///workspace/${name}`, name, target: openaiSft, found: { insights: builder.finish(), counted: { encoding: "o200k_base", exact: true }, languagesLookedFor: records, constants: [{ place: "system", isWhole: true, text: "Label the question.", tokens: 11 }] } };
}

describe("page of the insights", () => {
  const train = fileOf("train.jsonl", 400);
  const alone = toInsightsView([train]);
  const scored: ScoredFile = { model: "mine", scored: 399, median: 0.05, left: [{ line: 7, reason: "the line is not valid JSON" }], found: [{ line: 41, loss: 4.217, tokens: 3, question: "Where is my card?", answer: '<img src=x onerror="window.attacked=true">' }, { line: 3, loss: 2, tokens: 1, question: "w".repeat(1000), answer: "exchange_rate" }] };
  const both = toInsightsView([train, fileOf("validation.jsonl", 50)], scored);
  const { open, acted, remembered, assertAccessible } = pageFixture();
  let host: HostEnd<InsightsPanel>;

  async function show(view: () => Promise<InsightsView>, options: { theme?: Theme; width?: number; compare?: () => Promise<void>; score?: () => Promise<void> } = {}): Promise<Page> {
    const page = await open({
      name: "insights", theme: options.theme ?? light, ...(options.width === undefined ? {} : { width: options.width }),
      attach: (port) => {
        host = serve<InsightsPanel>(port, createPanelHandlers(view, {
          show: async ({ of, selection, label }) => void acted.push(`${of} ${JSON.stringify(selection)} ${label}`),
          compare: options.compare ?? (async () => void acted.push("compare")), alone: async () => void acted.push("alone"), readAgain: async () => void acted.push("again"),
          score: options.score ?? (async () => void acted.push("score")), openRecord: async ({ line }) => void acted.push(`open ${line}`),
        }));
      },
    });
    await page.waitForSelector("tbody tr, .failure:not(:empty)");
    return page;
  }

  for (const theme of themes.slice(0, 3)) {
    it(`has no accessibility violation and breaks no policy, also with two files: ${theme.name}`, async () => {
      const page = await show(async () => both, { theme });
      await assertAccessible(page);
      await page.screenshot({ path: `out/screenshots/insights-${theme.name}.png` });
    });
  }

  it("shows the records of a bar by the keyboard, and what stands in a dataset as text", async () => {
    const page = await show(async () => alone);
    await page.getByRole("button", { name: /^Labels, lost_or_stolen_card: 80 records of train\.jsonl, 20 %/ }).press("Enter");
    await page.getByRole("button", { name: /^System prompts, no system prompt: 100 records/ }).press("Enter");
    for (let turn = 0; turn < 100 && acted.length < 2; turn++) await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.deepEqual(acted, ['0 {"chart":"label","has":"lost_or_stolen_card"} lost_or_stolen_card', '0 {"chart":"system","hasNone":true} no system prompt']);
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.evaluate(() => "attacked" in window), false);
    assert.match(await page.locator(".constants").innerText(), /All records have the same system prompt: 11 tokens in each of 400, 13,200 over 3 epochs: .* USD for babbage-002/);
    assert.doesNotMatch(await page.locator("#root").innerText(), /NaN|undefined/);
  });

  it("shows another file beside it on the same axes, and keeps both over a reload", async () => {
    const page = await show(async () => alone, { compare: async () => host.emit("changed", both) });
    await page.locator("vscode-button", { hasText: "Compare with File…" }).click();
    await page.getByRole("columnheader", { name: "validation.jsonl" }).first().waitFor();
    await page.locator("vscode-button:not([disabled])", { hasText: "Show train.jsonl Alone" }).waitFor();
    assert.deepEqual(remembered(), { files: ["file:///workspace/train.jsonl", "file:///workspace/validation.jsonl"] });
    assert.equal(await page.locator('[data-chart="label"] tbody tr').first().locator("button").count(), 2);
  });

  it("lists what a model does not believe, as text, and opens a record of it", async () => {
    const page = await show(async () => alone, { score: async () => host.emit("changed", toInsightsView([train], scored)) });
    await page.locator("vscode-button", { hasText: "Find Unlikely Records…" }).click();
    const list = page.getByRole("region", { name: "Table of unlikely records" });
    await list.waitFor();
    assert.match(await page.locator(".unlikely").innerText(), /Records that mine does not believe\s+By the loss under mine: .* the median of 399 records is 0\.05\. [^]*1 line was not scored, line 8 because the line is not valid JSON\.[^]*42\s+4\.22\s+<img src=x onerror="window\.attacked=true">\s+Where is my card\?\s+4\s+2\.00\s+exchange_rate\s+w{300}…/);
    await list.getByRole("button", { name: "Open the record of line 42" }).press("Enter");
    for (let turn = 0; turn < 100 && acted.length < 1; turn++) await page.evaluate(() => new Promise(requestAnimationFrame));
    assert.deepEqual([acted, await page.locator("img").count()], [["open 41"], 0]);
  });

  it("says what the host could not do, and fits a narrow column", async () => {
    const failed = await show(() => Promise.reject(new Error("Cannot read train.jsonl: there is no such file.")));
    await failed.getByRole("alert").getByText("Cannot read train.jsonl").waitFor();
    await failed.close();
    const page = await show(async () => both, { width: 420 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  });

  it("draws shares, so that files of two sizes can be compared, and rounds none away", () => {
    const bars = [{ label: "a", selection: { chart: "label", has: "a" }, counts: [50, 1] }, { label: "b", selection: { chart: "label", has: "b" }, counts: [0, 0] }] as const;
    assert.deepEqual(lengthsOf({ bars }, [100, 1]), [[0.5, 1], [0, 0]]);
    assert.deepEqual([shareOf(1, 100_000), shareOf(0, 0), shareOf(1, 3)], ["< 0.1 %", "0 %", "33.3 %"]);
  });
});
