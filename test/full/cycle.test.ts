import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { readReport, type Report } from "../../src/evaluation/report.ts";
import { answerStartJob, fixDataset, openSampleDataset } from "../e2e/start-job.ts";
import { openWorkbench, type Workbench } from "../e2e/workbench.ts";
import { localTraining, setUpMinutes } from "../engine/local-training.ts";
import { stepByStep } from "../support/step-by-step.ts";

const preset = process.env["TUNESMITH_PRESET"] ?? "Quick";
const half = 60 * 60_000;

/** What the README promises: 300 records learned, 100 others answered by base and tuned, and a verdict that rests on numbers. */
describe(`The whole cycle on the whole sample, with the preset ${preset}`, function () {
  this.timeout(half);
  stepByStep();
  let workbench: Workbench;
  const seconds: Record<string, number> = {};

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    await localTraining();
    workbench = await openWorkbench({ settings: { "workbench.colorTheme": "Dark 2026" } });
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("full-failed");
  });
  after(() => workbench?.stop());

  const timed = async (name: string, act: () => Promise<void>): Promise<void> => {
    const began = performance.now();
    await act();
    seconds[name] = Math.round((performance.now() - began) / 1000);
  };

  it("trains, and the loss falls", async () => {
    await openSampleDataset(workbench);
    await fixDataset(workbench);
    // The walkthrough has said what it had to say; the panel takes its place.
    await workbench.run("View: Close All Editors in Group");
    await answerStartJob(workbench, "banking-train.jsonl", { preset });
    await workbench.dialogButton(/^Start$/).waitFor({ timeout: 60_000 });
    await workbench.dialogButton(/^Start$/).click();
    const row = workbench.treeRow("Jobs", "banking-train");
    await timed("training", async () => {
      await row.filter({ hasText: /step \d+ of/ }).waitFor({ timeout: half });
      await workbench.run("Tunesmith: Show Events");
      await workbench.choose("banking-train");
      await widenSideBar(workbench);
      await row.filter({ hasText: /step [2-9]\d of/ }).waitFor({ timeout: half });
      await workbench.screenshot(`full-running-${preset}`);
      await workbench.toast("banking-train is tuned").waitFor({ timeout: half });
    });
    // The notification goes after ten seconds.
    await workbench.toast("banking-train is tuned").locator(".monaco-button", { hasText: "Show Events" }).click();
    await workbench.line("The job has successfully completed").waitFor();
    const text = await workbench.page.locator(".view-lines").innerText();
    const losses = [...text.replaceAll("\u00a0", " ").matchAll(/training loss=([\d.]+)/g)].map(([, loss]) => Number(loss));
    assert.ok(losses.length > 5 && losses.every((loss) => loss < 3), `the last losses are ${losses.join(", ")}`);
  });

  it("draws the curves of it, and the doctor has nothing grave to say", async () => {
    await workbench.run("Tunesmith: Show Training");
    await workbench.choose("banking-train");
    const panel = workbench.webview();
    await panel.getByRole("heading", { name: "Training doctor" }).waitFor({ timeout: 60_000 });
    await panel.locator(".curves canvas").first().waitFor();
    await workbench.screenshot(`full-training-${preset}`);
    assert.equal(await panel.locator(".doctor").getByText(/diverg/i).count(), 0);
  });

  it("is better than its base, by an interval that excludes zero", async () => {
    await timed("evaluation", async () => {
      await workbench.run("Tunesmith: Evaluate Model");
      await workbench.choose("ft:smollm2-135m-instruct:local:banking-train");
      await workbench.choose("banking-test.jsonl");
      await workbench.accept("Evaluate Model: Metrics");
      await workbench.webview().getByText("The tuned model is better").first().waitFor({ timeout: half });
    });
    await workbench.screenshot(`full-evaluation-${preset}`);
    const { summary } = await savedReport(workbench.workspace);
    const { base, tuned, difference, p } = summary;
    const percent = (rate: number): string => `${(rate * 100).toFixed(1)} %`;
    console.log(`\npreset ${preset}: training ${seconds["training"]} s, evaluation ${seconds["evaluation"]} s`);
    console.log(`base  ${base.right} of ${base.n} (${percent(base.low)} to ${percent(base.high)})`);
    console.log(`tuned ${tuned.right} of ${tuned.n} (${percent(tuned.low)} to ${percent(tuned.high)})`);
    console.log(`difference ${percent(difference.difference)} (${percent(difference.low)} to ${percent(difference.high)}), exact McNemar p ${p.toExponential(2)}`);
    assert.equal(tuned.n, 100);
    assert.ok(difference.low > 0);
    assert.equal(summary.verdict.outcome, "better");
  });
});

/** Until a job's description can be read whole. */
async function widenSideBar({ page }: Workbench): Promise<void> {
  const box = await page.locator(".part.sidebar").boundingBox();
  if (!box) throw new Error("There is no side bar.");
  await page.mouse.move(box.x + box.width, 600);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 130, 600, { steps: 10 });
  await page.mouse.up();
}

async function savedReport(workspace: string): Promise<Report> {
  const folder = join(workspace, ".tunesmith", "evaluations");
  const [name = ""] = (await readdir(folder)).filter((each) => each.endsWith(".json"));
  return readReport(await readFile(join(folder, name), "utf8"));
}
