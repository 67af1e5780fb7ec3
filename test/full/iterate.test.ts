import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readSavedReport } from "../../src/evaluation/saved-report.ts";
import type { PlanReport } from "../../src/evaluation/plan-report.ts";
import { fixDataset, openSampleDataset, writeLaunchFile } from "../e2e/start-job.ts";
import { openWorkbench, type Workbench } from "../e2e/workbench.ts";
import { localTraining, setUpMinutes } from "../engine/local-training.ts";
import { stepByStep } from "../support/step-by-step.ts";

const hour = 60 * 60_000;

/** From a verdict to the next one, in a real VS Code with real training: rivals side by side, one failing record corrected, trained again, and both tuned models compared. */
describe("One turn of the cycle on the whole sample", function () {
  this.timeout(hour);
  stepByStep();
  let workbench: Workbench;
  const models: string[] = [];

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    await localTraining();
    workbench = await openWorkbench({ settings: { "files.autoSave": "off", "workbench.colorTheme": "Dark 2026", "workbench.secondarySideBar.defaultVisibility": "hidden", "editor.minimap.enabled": false, "tunesmith.evaluation.maximumTokens": 16 } });
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("iterate-failed");
  });
  after(() => workbench?.stop());

  it("trains from a launch file", async () => {
    await openSampleDataset(workbench);
    await fixDataset(workbench);
    await workbench.run("File: Save");
    await workbench.page.locator(".tab.dirty").waitFor({ state: "detached" });
    await workbench.run("View: Close All Editors");
    await writeLaunchFile(workbench);
    await startAndWait();
  });

  it("compares base, examples, retrieval and tuning side by side", async () => {
    const base = { service: "local", model: "smollm2-135m-instruct" };
    const tuned = { service: "local", model: models[0], tuned: true };
    await runPlan("rivals", [{ name: "base", ...base }, { name: "4 examples", ...base, fewShot: 4 }, { name: "4 nearest", ...base, retrieval: 4 }, { name: "tuned", ...tuned }]);
    const { summary } = await planReport("rivals");
    console.log(`\n${summary.words}`);
    for (const [index, { accuracy }] of summary.candidates.entries()) console.log(`${["base", "4 examples", "4 nearest", "tuned"][index]}: ${accuracy.right} of ${accuracy.n}`);
    assert.equal(summary.candidates[3]?.comparison?.outcome, "better");
    await workbench.screenshot("iterate-rivals");
    const panel = workbench.webview();
    await panel.getByLabel("Compare", { exact: true }).selectOption("tuned");
    await panel.getByRole("heading", { name: "Labels by tuned" }).scrollIntoViewIfNeeded();
    await workbench.screenshot("iterate-confusion");
  });

  it("corrects a record that the tuned model has wrong: shown as a diff first, then in the training file and not in the test file", async () => {
    const panel = workbench.webview();
    await panel.getByRole("radio", { name: /^tuned wrong/ }).check();
    await panel.getByRole("listbox", { name: "Records" }).focus();
    await panel.getByLabel("Differences from").selectOption("reference");
    await panel.getByRole("listbox", { name: "Records" }).scrollIntoViewIfNeeded();
    await workbench.screenshot("iterate-record");
    await panel.getByRole("listbox", { name: "Records" }).press("c");
    await panel.getByRole("textbox", { name: "Corrected answer" }).waitFor();
    await workbench.screenshot("iterate-correct");
    await panel.getByRole("textbox", { name: "Corrected answer" }).press("Control+Enter");
    const question = workbench.toast("Nothing is changed yet");
    await question.waitFor({ timeout: 60_000 });
    await workbench.screenshot("iterate-preview");
    await question.locator(".monaco-button", { hasText: "Apply" }).click();
    await workbench.webview().getByRole("button", { name: "Start Next Run (1 corrected)" }).waitFor({ timeout: 60_000 });
    const lines = async (name: string): Promise<number> => (await readFile(join(workbench.workspace, name), "utf8")).trim().split("\n").length;
    assert.deepEqual([await lines("banking-train.jsonl"), await lines("banking-test.jsonl")], [302, 99]);
  });

  it("starts the next run with the change, and learns it", async () => {
    await workbench.webview().getByRole("button", { name: "Start Next Run (1 corrected)" }).click();
    await workbench.page.locator(".tab.active", { hasText: "banking-train.finetune.jsonc" }).waitFor();
    await startAndWait();
    assert.notEqual(models[1], models[0]);
  });

  it("compares both tuned models on what is left, and says that it cannot tell them apart where it cannot", async () => {
    await runPlan("again", models.map((model, index) => ({ name: index === 0 ? "before" : "after", service: "local", model, tuned: true })));
    const { summary, records, dataset } = await planReport("again");
    const [before, after] = summary.candidates;
    console.log(`\nbefore ${before?.accuracy.right} of ${before?.accuracy.n}, after ${after?.accuracy.right} of ${after?.accuracy.n}: ${summary.words}`);
    await workbench.screenshot("iterate-verdict");
    assert.deepEqual([records.length, dataset.moved], [99, 1]);
    // Whatever the numbers are, the verdict is better only where the interval is above zero.
    const { outcome, difference } = after?.comparison ?? assert.fail();
    assert.equal(outcome === "cannot-tell", difference.low <= 0 && difference.high >= 0);
  });

  /** Starts what the launch file in front says, and waits until it has its model. */
  async function startAndWait(): Promise<void> {
    await workbench.page.locator(".codelens-decoration a:visible", { hasText: "Start" }).click();
    await workbench.dialogButton(/^Start$/).waitFor({ timeout: 200_000 });
    await workbench.screenshot(`iterate-start-${models.length + 1}`);
    await workbench.dialogButton(/^Start$/).click();
    await workbench.toast("is tuned").waitFor({ timeout: hour });
    await workbench.run("Notifications: Clear All Notifications");
    for (const name of await readdir(join(workbench.workspace, ".tunesmith", "runs"))) {
      const { model } = JSON.parse(await readFile(join(workbench.workspace, ".tunesmith", "runs", name), "utf8")) as { model: { tuned?: string } };
      if (model.tuned !== undefined && !models.includes(model.tuned)) models.push(model.tuned);
    }
    await workbench.run("View: Close All Editors");
  }

  async function runPlan(name: string, candidates: readonly object[]): Promise<void> {
    const plan = { test: "banking-test.jsonl", training: "banking-train.jsonl", metrics: ["exact-match"], candidates, limits: { maximumTokens: 16 } };
    await writeFile(join(workbench.workspace, `${name}.eval.jsonc`), `${JSON.stringify(plan, undefined, 2)}\n`);
    await workbench.run("View: Show Explorer");
    await workbench.openFile(`${name}.eval.jsonc`);
    // The panel has the whole window.
    await workbench.page.keyboard.press("Control+B");
    await workbench.run("Tunesmith: Run Evaluation Plan");
    await workbench.webview().locator(".candidates tbody tr").nth(candidates.length - 1).waitFor({ timeout: hour });
    await workbench.webview().locator(".slices").first().waitFor({ timeout: 60_000 });
    await workbench.run("View: Close Other Editors in Group");
    await workbench.webview().locator(".slices").first().waitFor({ timeout: 60_000 });
  }

  async function planReport(name: string): Promise<PlanReport> {
    const folder = join(workbench.workspace, ".tunesmith", "evaluations", "plans");
    const file = (await readdir(folder)).find((each) => each.includes(name) && each.endsWith(".json")) ?? "";
    return readSavedReport(await readFile(join(folder, file), "utf8")) as PlanReport;
  }
});
