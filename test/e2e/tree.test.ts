import assert from "node:assert/strict";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { startFakeOpenAi, type FakeOpenAi } from "../support/fake-openai.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";
import { stepByStep } from "../support/step-by-step.ts";

/** The view of jobs as its user meets it, over a fake that is built from OpenAI's specification. */
describe("The tree of jobs, over a fake built from OpenAI's specification", function () {
  this.timeout(180_000);
  stepByStep();
  let fake: FakeOpenAi;
  let workbench: Workbench;
  const row = (text: string) => workbench.treeRow("Jobs", text).first();

  before(async () => {
    fake = await startFakeOpenAi();
    await fill(fake);
    workbench = await openWorkbench({ folder: "test/fixtures/endpoint", settings: { "tunesmith.endpoints": { Acme: fake.baseURL, Nowhere: "http://127.0.0.1:9/v1" } } });
    await mkdir(join(workbench.workspace, ".tunesmith/evaluations"), { recursive: true });
    await cp("test/fixtures/evaluations/better.json", join(workbench.workspace, ".tunesmith/evaluations/2026-11-28T12-00-00Z-tuned.json"));
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("failed");
  });
  after(async () => {
    await workbench?.stop();
    await fake?.close();
  });

  it("says of each service how it stands: signed out, not reachable, unused", async () => {
    await workbench.openView("Tunesmith");
    await row("Set an API key to see its jobs").waitFor();
    await row("Acme").filter({ hasText: "signed out" }).waitFor();
    await row("Nowhere").filter({ hasText: "not reachable" }).waitFor();
    await row("Cannot reach Nowhere").waitFor();
    await row("No jobs yet. Start one: it trains on this machine.").waitFor();
    await workbench.screenshot("jobs-states");
  });

  it("groups many jobs by their state, and counts those under way at the view's icon", async () => {
    await workbench.run("Tunesmith: Set API Key");
    await workbench.choose("Acme");
    await workbench.answer("API key of Acme", fake.key);
    await row("Running and Waiting").waitFor();
    await row("tuning-now").filter({ hasText: "step 10 of 60, loss 0.500" }).waitFor();
    await row("Succeeded").filter({ hasText: "150" }).waitFor();
    await workbench.page.locator('.activitybar .action-item:has([aria-label^="Tunesmith"]) .badge-content', { hasText: "1" }).waitFor();
    assert.equal(fake.times(/\/(checkpoints|files|models)$/), 0, "nothing was asked for that nobody opened");
  });

  it("shows a hundred of them, and more when more are wanted", async () => {
    await row("Succeeded").click();
    await row("old-1").waitFor();
    const more = row("50 more");
    // A list that is drawn row by row has its last one in the page only when it is in sight.
    for (let tries = 0; tries < 50 && !(await more.isVisible()); tries++) await workbench.page.keyboard.press("PageDown");
    await more.click();
    await more.waitFor({ state: "detached" });
  });

  it("asks for what lies below a job when it is opened", async () => {
    await workbench.page.keyboard.press("Home");
    await row("tuning-now").click();
    await row("Checkpoints").click();
    await row("validation loss 0.600").waitFor();
    assert.equal(fake.times(/\/checkpoints$/), 1);
    await workbench.screenshot("jobs-tree");
  });

  it("shows what a job has left behind as a document", async () => {
    // A tree has in the page only what is in sight.
    await workbench.page.setViewportSize({ width: 1400, height: 1500 });
    await row("tuning-now").click();
    await row("old-0").click();
    await workbench.treeRow("Jobs", "tuned model").first().waitFor();
    await row("Files").click();
    await row("Metrics of every step").click();
    await workbench.line("step,train_loss").waitFor();
    await row("old-0").click();
    await row("tuning-now").click();
    await workbench.page.setViewportSize({ width: 1400, height: 860 });
  });

  it("pauses a job on the user's word, and goes on with it", async () => {
    await workbench.run("Tunesmith: Pause Fine-Tuning Job");
    await workbench.choose("tuning-now");
    await workbench.dialogButton("Pause Job").click();
    await row("tuning-now").filter({ hasText: "paused" }).waitFor();
    await workbench.run("Tunesmith: Resume Fine-Tuning Job");
    await workbench.choose("tuning-now");
    await row("tuning-now").filter({ hasText: "step 10 of 60" }).waitFor();
    assert.deepEqual([fake.times(/\/pause$/), fake.times(/\/resume$/)], [1, 1]);
  });

  it("opens a remote file, and deletes it on the user's word, which names the job that still needs it", async () => {
    await workbench.run("Tunesmith: Open Remote File");
    await workbench.choose("kept.jsonl");
    await workbench.line("Is 1 even").waitFor();
    await workbench.screenshot("remote-file");
    await workbench.run("Tunesmith: Delete Remote File");
    await workbench.choose("kept.jsonl");
    await workbench.page.locator(".monaco-dialog-box", { hasText: "1 job under way may still need it and fail without it: tuning-now" }).waitFor();
    await workbench.dialogButton("Cancel").click();
    assert.equal(fake.times(/^DELETE/), 0);
    await workbench.run("Tunesmith: Delete Remote File");
    await workbench.choose("kept.jsonl");
    await workbench.dialogButton("Delete File").click();
    await until(() => !fake.files.has("file-1"));
  });

  it("copies an id", async () => {
    await workbench.run("Tunesmith: Copy Id");
    await workbench.choose("tuning-now");
    await workbench.page.locator(".statusbar", { hasText: "Copied ftjob-running" }).waitFor();
  });
});

async function until(satisfied: () => boolean): Promise<void> {
  for (let tries = 0; !satisfied(); tries++) {
    assert.ok(tries < 100, "it does not come");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** An account with a job that runs, a hundred and fifty that have succeeded, and a file. */
async function fill(fake: FakeOpenAi): Promise<void> {
  fake.files.set("file-1", { name: "kept.jsonl", text: '{"messages":[{"role":"user","content":"Is 1 even?"},{"role":"assistant","content":"no"}]}\n', purpose: "fine-tune" });
  const created = await fetch(`${fake.baseURL}/fine_tuning/jobs`, { method: "POST", headers: { authorization: `Bearer ${fake.key}`, "content-type": "application/json" }, body: JSON.stringify({ model: "gpt-4o-mini-2024-07-18", training_file: "file-1" }) });
  const job = (await created.json()) as Record<string, unknown>;
  fake.jobs.splice(0, fake.jobs.length, { ...job, id: "ftjob-running", status: "running", user_provided_suffix: "tuning-now" });
  for (let index = 0; index < 150; index++) {
    fake.jobs.push({ ...job, id: `ftjob-old${index}`, user_provided_suffix: `old-${index}`, status: "succeeded", created_at: 1_780_000_000 - index, finished_at: 1_780_000_100, training_file: "file-0", fine_tuned_model: `ft:gpt-4o-mini-2024-07-18:acme:old-${index}:x` });
  }
  fake.files.set("file-2", { name: "step_metrics.csv", text: "step,train_loss\n1,0.5\n", purpose: "fine-tune-results" });
  const [, newest] = fake.jobs;
  if (newest) newest["result_files"] = ["file-2"];
  fake.events.set("ftjob-running", [{ object: "fine_tuning.job.event", id: "ftevent-1", created_at: 1_790_000_100, level: "info", message: "Step 10/60: training loss=0.50", data: { step: 10, train_loss: 0.5, total_steps: 60 }, type: "metrics" }]);
  fake.checkpoints.set("ftjob-running", [{ object: "fine_tuning.job.checkpoint", id: "ftckpt-1", created_at: 1_790_000_100, fine_tuned_model_checkpoint: "ft:gpt-4o-mini-2024-07-18:acme:tuning-now:x:ckpt-step-10", fine_tuning_job_id: "ftjob-running", step_number: 10, metrics: { step: 10, train_loss: 0.5, full_valid_loss: 0.6 } }]);
}
