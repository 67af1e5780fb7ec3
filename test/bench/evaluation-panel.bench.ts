import { build } from "esbuild";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { webviews } from "../../esbuild.mjs";
import { createPanelHandlers } from "../../src/editor/evaluation/panel-handlers.ts";
import { openSavedReport } from "../../src/evaluating/report-file.ts";
import { exactMatchMetric } from "../../src/evaluation/metrics/exact-match.ts";
import { createReport, writeReport } from "../../src/evaluation/report.ts";
import { serve } from "../../src/protocol/channel.ts";
import type { EvaluationPanel } from "../../src/protocol/evaluation-panel.ts";
import { openReport } from "../../src/workers/report/report-client.ts";
import { launchBrowser } from "../host/browser.mjs";
import { openPage } from "../webview/open-page.ts";
import { themes } from "../webview/themes.ts";

/**
 * The evaluation panel over a report of very many records: its page in a real browser, its host in this thread, its report in the real worker. What the page's thread
 * works until the first records are there, beside the same page over a report of a hundred; how long the host's thread is blocked at most, beside reading the report in it;
 * the largest message; and how evenly the list scrolls.
 */
const records = Number(process.env["TUNESMITH_BENCH_RECORDS"] ?? 100_000);
const few = 100;
const labels = ["card_arrival", "lost_or_stolen_card", "exchange_rate", "change_pin", "top_up_failed"];

const scratch = await realpath(await mkdtemp(join(tmpdir(), "tunesmith-bench-")));
await build({ ...webviews, outdir: "out/webview" });
const browser = await launchBrowser();
try {
  const paths = new Map<number, string>();
  for (const count of [few, records]) {
    paths.set(count, join(scratch, `${count}.json`));
    await writeFile(paths.get(count) ?? "", makeReport(count));
  }
  await measure(few);
  const [small, large] = [await measure(few), await measure(records)];
  const began = performance.now();
  await openSavedReport(paths.get(records) ?? "");
  const here = performance.now() - began;

  console.log(`${records.toLocaleString("en")} records, beside ${few}`);
  console.log(`work of the page's thread until the records are there   ${ms(large.work)} (${ms(small.work)}; ${(large.work / small.work).toFixed(2)} times)`);
  console.log(`  of which scripts ${ms(large.scripts)} (${ms(small.scripts)}), layout and styles ${ms(large.layout)} (${ms(small.layout)})`);
  console.log(`  from its beginning to that                             ${ms(large.shown)} (${ms(small.shown)})`);
  console.log(`the host's thread is blocked at most                    ${ms(large.blocked)}; reading the report in it would take ${ms(here)}, ${(here / large.blocked).toFixed(0)} times as long`);
  console.log(`the longest answers first, the most unlike, a search   ${ms(large.order)}, ${ms(large.disagreement)}, ${ms(large.search)} until the first rows are there`);
  console.log(`the largest message                                     ${(large.message / 1000).toFixed(0)} KB`);
  console.log(`${large.frames} frames of a scroll through the list: median ${ms(large.median)}, 95th percentile ${ms(large.p95)}, longest ${ms(large.longest)} (${ms(small.median)}, ${ms(small.p95)}, ${ms(small.longest)})`);

  async function measure(count: number) {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const client = await openReport(pathToFileURL(resolve("dist/report-worker.js")), paths.get(count) ?? "");
    await client.head();
    let message = 0;
    const { page } = await openPage(browser, {
      name: "evaluation", theme: themes[1] ?? themes[0]!,
      attach: (port) => void serve<EvaluationPanel>({ ...port, send: (sent) => {
        message = Math.max(message, Buffer.byteLength(JSON.stringify(sent)));
        port.send(sent);
      } }, createPanelHandlers(async () => ({ report: client, address: "file:///r.json", providerTitle: (id) => id, moved: async () => [], analysis: () => new Promise(() => undefined) }), { reviewer: async () => "a", reviews: async () => new Map() } as never)),
    });
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    // What is counted begins anew with a page.
    const started = performance.now();
    await page.reload();
    await page.waitForSelector(".record .message");
    const shown = performance.now() - started;
    const { metrics } = await session.send("Performance.getMetrics");
    const spent = (name: string): number => 1000 * (metrics.find((each) => each.name === name)?.value ?? Number.NaN);
    const [work, scripts, layout] = [spent("TaskDuration"), spent("ScriptDuration"), spent("LayoutDuration") + spent("RecalcStyleDuration")];
    const blocked = delay.max / 1e6;
    delay.disable();

    /** Until the list begins with another record. */
    const timed = async (act: () => Promise<unknown>): Promise<number> => {
      const before = await page.locator(".list .row .number").first().textContent();
      const asked = performance.now();
      await act();
      await page.waitForFunction((number) => ![null, undefined, "…", number].includes(document.querySelector(".list .row .number")?.textContent), before);
      return performance.now() - asked;
    };
    const order = await timed(() => page.getByRole("combobox", { name: /^First/ }).selectOption("length"));
    const disagreement = await timed(() => page.getByRole("combobox", { name: /^First/ }).selectOption("disagreement"));
    const search = await timed(() => page.getByRole("searchbox").fill("ordered 77"));
    await timed(() => page.getByRole("searchbox").fill(""));
    const frames = await page.evaluate(async () => {
      const list = document.querySelector(".list");
      if (!list) return [];
      const step = Math.max(60, list.scrollHeight / 240);
      const times: number[] = [];
      let before = await new Promise<number>(requestAnimationFrame);
      for (let frame = 0; frame < 240; frame++) {
        list.scrollTop += step;
        const now = await new Promise<number>(requestAnimationFrame);
        times.push(now - before);
        before = now;
      }
      return times.sort((one, other) => one - other);
    });
    await page.close();
    client.dispose();
    return { work, scripts, layout, shown, blocked, message, order, disagreement, search, frames: frames.length, median: frames[Math.floor(frames.length / 2)] ?? 0, p95: frames[Math.floor(frames.length * 0.95)] ?? 0, longest: frames.at(-1) ?? 0 };

  }
} finally {
  await browser.close();
  await rm(scratch, { recursive: true, force: true });
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 20 ? 1 : 0)} ms`;
}

function makeReport(count: number): string {
  const answer = (index: number, share: number) => ({ text: (index * 7) % 100 < share ? labels[index % 5] ?? "" : `${labels[(index + 1) % 5]} because of what the customer says about the matter at hand`, finishReason: "stop", promptTokens: 60, answerTokens: 5, milliseconds: 120 + (index % 50) });
  return writeReport(createReport(
    { createdAt: "2026-03-04T10:11:12.000Z", dataset: { path: "test.jsonl", sha256: "5f".repeat(32), refused: [] }, models: { provider: "local", base: "b", tuned: "t" }, options: { temperature: 0, maximumTokens: 64, seed: 0 } },
    exactMatchMetric,
    Array.from({ length: count }, (_, index) => ({
      record: { line: index + 1, prompt: [{ role: "system", content: `Label the bank customer's question. Answer with one label only: ${labels.join(", ")}.` }, { role: "user", content: `Where is the card that I ordered ${index} days ago, and why is it so late at this time of the year? `.repeat(2) }], reference: labels[index % 5] ?? "" },
      base: answer(index, 40), tuned: answer(index + 3, 80),
    })),
  ));
}
