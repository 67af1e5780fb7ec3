import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { createPanelHandlers } from "../../src/editor/jobs/panel-handlers.ts";
import { overviewOf } from "../../src/editor/jobs/panel-overview.ts";
import type { Checkpoint, Job } from "../../src/jobs/job.ts";
import type { MetricPoint } from "../../src/jobs/metric-point.ts";
import { curvesOfRecord, type TrainingRecord } from "../../src/jobs/training-record.ts";
import { serve, type HostEnd } from "../../src/protocol/channel.ts";
import type { JobOverview, JobPanel } from "../../src/protocol/job-panel.ts";
import { readResultFile } from "../../src/providers/wire/result-file.ts";
import { pageFixture } from "./page-fixture.ts";
import { themes, type Theme } from "./themes.ts";

const start = Date.UTC(2026, 0, 5, 9, 0, 0);
const base: Job = {
  provider: "openai", id: "ftjob-1", status: "running", rawStatus: "running", baseModel: "gpt-4o-mini-2024-07-18", suffix: "support", method: "sft", createdAt: start, startedAt: start + 60_000,
  trainingFile: "file-1", validationFile: "file-2", trainedTokens: 48_200, cost: { amount: 0.1446, currency: "USD" }, seed: 42, hyperparameters: { n_epochs: 4, batch_size: 4, learning_rate_multiplier: 1.8 },
};
const older: Job = { ...base, id: "ftjob-0", suffix: "support-2", status: "succeeded", rawStatus: "succeeded", createdAt: start - 86_400_000 };
/** A loss as trainings have it: it falls, and scatters by a fixed pattern. */
const lossAt = (step: number): number => 0.3 + 2.4 * Math.exp(-step / 18) + 0.08 * Math.sin(step * 12.9898) * Math.cos(step * 78.233);
const measured = (steps: number, shift = 0): readonly MetricPoint[] => Array.from({ length: steps }, (_, index) => ({
  step: index + 1,
  metrics: { train_loss: lossAt(index + 1) + shift, train_mean_token_accuracy: 1 - lossAt(index + 1) / 3, learning_rate: 2e-4 * (1 - index / 100), ...(index % 10 === 9 ? { full_valid_loss: 0.42 + shift + 2.2 * Math.exp(-index / 20) + (index > 50 ? (index - 50) * 0.012 : 0) } : {}) },
}));
const checkpoints: readonly Checkpoint[] = [30, 60, 80].map((step) => ({ id: `ckpt-${step}`, job: base.id, createdAt: start + step * 10_000, step, model: `ft:${step}`, metrics: {} }));

function overview(record: Partial<TrainingRecord> = {}): JobOverview {
  const whole: TrainingRecord = {
    job: base, checkpoints, metrics: measured(80), missing: [],
    events: [{ id: "e1", createdAt: start + 1000, level: "info", message: "Validating training file <img src=x onerror=window.attacked=true>" }, { id: "e2", createdAt: start + 800_000, level: "info", message: "Step 80/100", metrics: { step: 80, total_steps: 100, train_loss: 0.31 } }],
    ...record,
  };
  return overviewOf(whole, { service: "OpenAI", capabilities: ["cancel", "events", "checkpoints", "metrics"], jobs: [base, older], now: start + 810_000 });
}

describe("page of a job", () => {
  const { open, acted, remembered, assertAccessible } = pageFixture();
  let host: HostEnd<JobPanel>;

  async function show(given: () => Promise<JobOverview>, options: { theme?: Theme; width?: number; height?: number; remembered?: unknown } = {}): Promise<Page> {
    const { theme = themes[0] as Theme, ...rest } = options;
    const page = await open({
      name: "job", theme, ...rest,
      attach: (port) => {
        host = serve<JobPanel>(port, createPanelHandlers(given, {
          refresh: async () => void acted.push("refresh"), act: async (action) => void acted.push(action),
          readRun: async (job) => ({ job, name: "support-2", curves: curvesOfRecord({ events: [], metrics: measured(60, 0.25) }) }),
        }));
      },
    });
    await page.waitForSelector("h1, .failure:not(:empty)");
    return page;
  }

  const chart = (page: Page, key: string) => page.locator(`section[data-chart="${key}"]`);
  const untilActed = async (page: Page, number: number): Promise<void> => {
    for (let turn = 0; turn < 100 && acted.length < number; turn++) await page.evaluate(() => new Promise(requestAnimationFrame));
  };
  /** How many pixels of a chart's canvas are painted. */
  const painted = (page: Page, key: string): Promise<number> => chart(page, key).locator("canvas").evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    return (canvas as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data.filter((value, index) => index % 4 === 3 && value > 0).length ?? 0;
  });

  for (const theme of themes) {
    it(`has no accessibility violation and breaks no policy: ${theme.name}`, async () => {
      const page = await show(async () => overview(), { theme });
      await page.getByLabel("Compare with").selectOption({ label: "support-2" });
      await page.getByLabel("Smoothing").fill("0.6");
      await page.locator("summary").first().click();
      await page.locator("summary").first().blur();
      await chart(page, "loss").hover({ position: { x: 300, y: 120 } });
      await assertAccessible(page);
      assert.ok((await painted(page, "loss")) > 3000);
      await page.screenshot({ path: `out/screenshots/job-${theme.name}.png`, fullPage: true });
    });
  }

  it("draws a chart for each kind of curve, with the best and the last of each beside it, and marks checkpoints", async () => {
    const page = await show(async () => overview());
    assert.deepEqual(await page.locator("section[data-chart] h3").allInnerTexts(), ["Loss", "Accuracy", "Learning rate"]);
    const rows = await chart(page, "loss").locator("tbody tr").allInnerTexts();
    assert.match(rows[0] ?? "", /^Training loss\s.*at step \d+\s/s);
    assert.match(rows[1] ?? "", /^Validation loss\s.*0\.\d+ at step 50\s+0\.\d+$/s);
    assert.match(await chart(page, "loss").locator("tfoot").innerText(), /▼ checkpoints at 30, 60, 80/);
    assert.doesNotMatch(await page.locator("main").innerText(), /NaN|null|undefined/);
  });

  it("tells the doctor's words with their numbers, rule and source, and one change for the next run", async () => {
    const metrics = readResultFile(await readFile("test/fixtures/trainings/overfitting.csv", "utf8")) ?? [];
    const page = await show(async () => overview({ job: { ...base, status: "succeeded", rawStatus: "succeeded", finishedAt: start + 900_000 }, metrics, checkpoints: [] }));
    const advice = page.locator("li[data-sign=overfitting]");
    assert.match(await advice.innerText(), /Severe overfitting\s+At step 6,932 the validation loss is 0\.53, 2\.38 times the training loss of 0\.223/);
    await advice.locator("summary").press("Enter");
    assert.match(await advice.innerText(), /ratio\s+2\.383.*below 1\.2 is healthy.*Source: Microsoft/s);
    assert.match(await page.locator(".change").innerText(), /^One change for the next run: Train for fewer epochs: n_epochs 1 instead of 4\./);
    // New numbers do not close what the reader opened.
    host.emit("changed", overview({ metrics, checkpoints: [] }));
    await page.locator(".state", { hasText: "step 80 of 100" }).waitFor();
    assert.equal(await advice.locator("details").getAttribute("open"), "");
  });

  it("follows the training: new points are drawn, and where the keyboard is stays", async () => {
    const page = await show(async () => overview({ metrics: measured(20) }));
    await chart(page, "loss").focus();
    const canvas = await chart(page, "loss").locator("canvas").elementHandle();
    host.emit("changed", overview({ metrics: measured(80) }));
    await chart(page, "loss").locator("tbody tr", { hasText: "Validation loss" }).getByText("at step 50").waitFor();
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset["chart"]), "loss");
    assert.equal(await canvas?.evaluate((each) => each.isConnected), false, "with more points than dots the chart is made anew");
    const many = await chart(page, "loss").locator("canvas").elementHandle();
    host.emit("changed", overview({ metrics: measured(90) }));
    await page.waitForFunction(() => document.querySelector("section[data-chart=loss] tbody")?.textContent?.includes("Training loss"));
    assert.equal(await many?.evaluate((each) => each.isConnected), true, "the chart stays while its numbers change");
  });

  it("is read by keyboard: arrows move the cursor, and what is there is said", async () => {
    const page = await show(async () => overview());
    await chart(page, "loss").focus();
    await page.keyboard.press("Home");
    await chart(page, "loss").locator(".at", { hasText: /^step 1$/ }).waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await chart(page, "loss").locator(".at", { hasText: /^step 79$/ }).waitFor();
    assert.match(await chart(page, "loss").locator("[aria-live]").textContent() ?? "", /^Step 79: Training loss 0\.\d+, Validation loss 0\.\d+$/);
    assert.equal(await chart(page, "loss").locator("td.cursor").first().innerText(), String(Number(lossAt(79).toPrecision(4))));
  });

  it("shows under the pointer what was measured there", async () => {
    const page = await show(async () => overview());
    await chart(page, "loss").locator(".u-over").hover({ position: { x: 200, y: 100 } });
    await chart(page, "loss").locator(".at", { hasText: /^step \d+$/ }).waitFor();
    assert.match(await chart(page, "loss").locator("td.cursor").first().innerText(), /^\d\.\d+$/);
    // All charts have their cursors at the same step.
    assert.equal(await chart(page, "accuracy").locator(".at").innerText(), await chart(page, "loss").locator(".at").innerText());
  });

  it("changes scale and smoothing, lays another run over it, and remembers all of it", async () => {
    const page = await show(async () => overview());
    await page.getByRole("radio", { name: "log" }).check();
    await page.getByLabel("Smoothing").fill("0.5");
    await page.getByLabel("Compare with").selectOption({ label: "support-2" });
    await chart(page, "loss").locator("tbody tr", { hasText: "Training loss (support-2)" }).waitFor();
    assert.equal(await chart(page, "loss").locator("tbody tr").count(), 4);
    assert.deepEqual(remembered(), { job: { provider: "openai", job: "ftjob-1" }, scale: "log", smoothing: 0.5, runs: [{ provider: "openai", job: "ftjob-0" }] });
    await page.getByRole("button", { name: "Compare with support-2 no more" }).press("Enter");
    assert.equal(await chart(page, "loss").locator("tbody tr").count(), 2);
  });

  it("comes back after a reload as it was left, other runs and all", async () => {
    const page = await show(async () => overview(), { remembered: { job: { provider: "openai", job: "ftjob-1" }, scale: "log", smoothing: 0.5, runs: [{ provider: "openai", job: "ftjob-0" }] } });
    await chart(page, "loss").locator("tbody tr", { hasText: "Training loss (support-2)" }).waitFor();
    assert.equal(await page.getByRole("radio", { name: "log" }).isChecked(), true);
    assert.equal(await page.locator("output").innerText(), "0.50");
  });

  it("lays only those runs over it that the host offered", async () => {
    const page = await show(async () => overview(), { remembered: { runs: [{ provider: "evil", job: "x" }] } });
    await page.getByRole("alert").getByText("The job x is not listed any more").waitFor();
  });

  it("offers what the job allows, and has that done and nothing else", async () => {
    let known = overview();
    const page = await show(async () => known);
    await page.locator("vscode-button", { hasText: "Cancel Job" }).click();
    await page.locator("vscode-button", { hasText: "Show Events" }).click();
    await page.locator("vscode-button", { hasText: "Refresh" }).click();
    await untilActed(page, 3);
    assert.deepEqual(acted, ["cancel", "showEvents", "refresh"]);
    const button = await page.locator("vscode-button", { hasText: "Cancel Job" }).elementHandle();
    known = overview({ job: { ...base, status: "succeeded", rawStatus: "succeeded", tunedModel: "ft:gpt-4o-mini:support" } });
    await button?.evaluate((element) => (element as HTMLElement).click());
    await page.getByRole("alert").getByText("That cannot be done with the job").waitFor();
    host.emit("changed", known);
    await page.locator("vscode-button", { hasText: "Evaluate" }).click();
    await untilActed(page, 4);
    assert.equal(acted.at(-1), "evaluate");
    await page.locator("vscode-button", { hasText: "Start Again" }).click();
    await untilActed(page, 5);
    assert.equal(acted.at(-1), "startAgain");
    assert.equal(await page.locator("vscode-button", { hasText: "Cancel Job" }).count(), 0);
  });

  it("shows parameters, cost and what happened, as text", async () => {
    const page = await show(async () => overview());
    const text = await page.locator(".cards").innerText();
    assert.match(text, /Expected cost\s+\$0\.1446/);
    assert.match(text, /n_epochs\s+4\s+batch_size\s+4\s+learning_rate_multiplier\s+1\.8/);
    assert.match(text, /Created.*Validating training file <img src=x.*Started.*Checkpoint at step 30/s);
    assert.equal(await page.locator("main img").count(), 0);
    assert.equal(await page.evaluate(() => "attacked" in window), false);
  });

  it("says what is not there yet, what could not be had, and what failed", async () => {
    const page = await show(async () => overview({ job: { ...base, status: "failed", rawStatus: "failed", error: { message: "The job failed: Example 7 has no assistant." } }, metrics: [], events: [], checkpoints: [], missing: ["The checkpoints cannot be had: 503."] }));
    await page.getByText("Nothing has been measured yet").waitFor();
    await page.getByRole("alert").getByText("The checkpoints cannot be had: 503.").waitFor();
    assert.match(await page.locator("p.error").innerText(), /Example 7 has no assistant/);
    assert.equal(await page.locator(".controls").isVisible(), false);
    await page.close();
    const failed = await show(() => Promise.reject(new Error("OpenAI does not know the job ftjob-1.")));
    await failed.getByRole("alert").getByText("OpenAI does not know the job ftjob-1.").waitFor();
  });

  it("fits a narrow column beside an editor", async () => {
    const page = await show(async () => overview(), { width: 420 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await page.screenshot({ path: "out/screenshots/job-narrow.png", fullPage: true });
  });
});
