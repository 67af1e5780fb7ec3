import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { localTraining, setUpMinutes } from "../engine/local-training.ts";
import { answerStartJob, fixDataset, openSampleDataset } from "./start-job.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";
import { stepByStep } from "../support/step-by-step.ts";

/** Six steps of two records on two layers. */
const sixSteps = { values: { "Batch size": "2", Steps: "6", "LoRA layers": "2" } };

/** The whole cycle as a user goes through it, with a training of a few steps: it learns little, and that is what the verdict must say. */
describe("The cycle in the workbench", function () {
  this.timeout(300_000);
  // Each step stands on the one before.
  stepByStep();
  let workbench: Workbench;

  before(async function () {
    this.timeout(setUpMinutes * 60_000);
    await localTraining();
    workbench = await openWorkbench({ settings: { "files.autoSave": "off", "tunesmith.evaluation.maximumTokens": 8 } });
    const records = (await readFile("media/sample/banking-test.jsonl", "utf8")).split("\n").slice(0, 12);
    await writeFile(join(workbench.workspace, "short-test.jsonl"), `${records.join("\n")}\n`);
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("failed");
  });
  after(() => workbench?.stop());

  it("refuses a dataset with errors, at the line, and starts nothing", async () => {
    await openSampleDataset(workbench);
    await answerStartJob(workbench, "banking-train.jsonl", sixSteps);
    await workbench.toast("banking-train.jsonl would be refused. Line").waitFor();
    await workbench.screenshot("refused");
    await workbench.run("Notifications: Clear All Notifications");
  });

  it("fixes it, says what a job will do, and starts it on the user's word", async () => {
    await fixDataset(workbench);
    await answerStartJob(workbench, "banking-train.jsonl", sixSteps);
    await workbench.dialogButton("Save and Continue").click();
    await workbench.dialogButton(/^Start$/).waitFor({ timeout: 60_000 });
    const asked = await workbench.page.locator(".monaco-dialog-box").innerText();
    assert.match(asked, /Fine-tune smollm2-135m-instruct on banking-train\.jsonl at Local Engine\?/);
    assert.match(asked, /301 records, [\d,]+ tokens\./);
    assert.match(asked, /max_steps 6[^]*Steps: 6\./);
    assert.match(asked, /stays on this machine/);
    await workbench.screenshot("confirm");
    await workbench.dialogButton(/^Start$/).click();
    await workbench.treeRow("Jobs", "banking-train").waitFor({ timeout: 60_000 });
  });

  it("shows the job while it runs, and again after the window was reloaded", async () => {
    const row = workbench.treeRow("Jobs", "banking-train");
    await row.filter({ hasText: /running|validating|queued|step/ }).waitFor({ timeout: 60_000 });
    await workbench.reload();
    await workbench.openView("Tunesmith");
    // A fast machine is done by then.
    await row.filter({ hasText: /step \d of 6, loss \d|succeeded/ }).waitFor({ timeout: 120_000 });
    await workbench.screenshot("running");
    await row.filter({ hasText: "succeeded" }).waitFor({ timeout: 240_000 });
  });

  it("tells the end of the job; from there evaluates base against tuned, and claims no more than the numbers allow", async () => {
    await workbench.toast("banking-train is tuned").locator(".monaco-button", { hasText: "Evaluate" }).click();
    await workbench.choose("short-test.jsonl");
    await workbench.accept("Evaluate Model: Metrics");
    const panel = workbench.webview();
    await panel.getByText("Cannot tell").or(panel.getByText("The tuned model is")).first().waitFor({ timeout: 240_000 });
    await workbench.screenshot("evaluation");
    const folder = join(workbench.workspace, ".tunesmith", "evaluations");
    assert.ok(existsSync(folder));
    const [report = ""] = (await readdir(folder)).filter((name) => name.endsWith(".json"));
    const { models, dataset, training, records } = JSON.parse(await readFile(join(folder, report), "utf8")) as { models: object; dataset: { path: string }; training: { path: string }; records: unknown[] };
    assert.deepEqual([records.length, dataset.path, training.path], [12, "short-test.jsonl", "banking-train.jsonl"]);
    assert.match(JSON.stringify(models), /"base":"smollm2-135m-instruct","tuned":"ft:smollm2-135m-instruct:local:banking-train/);
  });

  it("draws the training with what the doctor says of it, and again after the window was reloaded", async () => {
    await workbench.run("Tunesmith: Show Training");
    await workbench.choose("banking-train");
    const shown = async (): Promise<void> => {
      const panel = workbench.webview();
      await panel.getByRole("heading", { name: "Training doctor" }).waitFor({ timeout: 60_000 });
      // Six steps are too few for a word on the curve.
      await panel.locator(".doctor").getByText("Nothing was held out").waitFor();
      await panel.locator(".curves canvas").first().waitFor();
    };
    await shown();
    await workbench.screenshot("training");
    await workbench.reload();
    await shown();
  });

  it("has the tuned model say which records of a file it does not believe, and opens one", async () => {
    await workbench.openView("Explorer");
    await workbench.openFile("short-test.jsonl");
    await workbench.run("Tunesmith: Show Insights");
    const panel = workbench.webview();
    await panel.locator("vscode-button", { hasText: "Find Unlikely Records…" }).click();
    await workbench.choose("ft:smollm2-135m-instruct:local:banking-train");
    const list = panel.getByRole("region", { name: "Table of unlikely records" });
    await list.waitFor({ timeout: 60_000 });
    assert.equal(await list.locator("tbody tr").count(), 12);
    const losses = (await list.locator("tbody td:nth-child(2)").allInnerTexts()).map(Number);
    assert.ok(losses.every((loss, index) => loss > 0 && loss <= (losses[index - 1] ?? Infinity)), losses.join(", "));
    await workbench.screenshot("unlikely");
    await list.getByRole("button").first().click();
    await workbench.line('"role": "assistant"').first().waitFor();
  });

  it("shows the job's model, checkpoints and events", async () => {
    await workbench.openView("Tunesmith");
    await workbench.treeRow("Jobs", "banking-train").click();
    await workbench.treeRow("Jobs", "ft:smollm2-135m-instruct:local:banking-train").waitFor();
    await workbench.treeRow("Jobs", "Checkpoints").click();
    await workbench.treeRow("Jobs", "Step 6").waitFor();
    await workbench.treeRow("Jobs", "Events").click();
    await workbench.treeRow("Jobs", "The job has successfully completed").waitFor();
    await workbench.screenshot("jobs");
  });
});
