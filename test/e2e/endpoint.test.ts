import assert from "node:assert/strict";
import { refusal, startFakeOpenAi, type FakeOpenAi } from "../support/fake-openai.ts";
import { startFakeTogether, type FakeTogether } from "../support/fake-together.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";
import { stepByStep } from "../support/step-by-step.ts";

const creation = "POST /fine_tuning/jobs";

/** A service of the settings, as a user meets it: a key, a job, a refusal that is explained. The service is a fake built from OpenAI's specification. */
describe("An endpoint of the settings, over a fake built from OpenAI's specification", function () {
  this.timeout(180_000);
  stepByStep();
  let fake: FakeOpenAi;
  let together: FakeTogether;
  let workbench: Workbench;

  before(async () => {
    fake = await startFakeOpenAi();
    // What can be tuned at OpenAI is known by its name.
    fake.models.push({ id: "gpt-4o-mini-2024-07-18", object: "model", created: 1_700_000_000, owned_by: "system" });
    together = await startFakeTogether();
    workbench = await openWorkbench({ folder: "test/fixtures/endpoint", settings: { "tunesmith.endpoints": { Acme: fake.baseURL, "Together AI": { provider: "together", baseURL: together.baseURL } } } });
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("failed");
  });
  after(async () => {
    await workbench?.stop();
    await fake?.close();
    await together?.close();
  });

  it("asks for a key, keeps it for that origin, and lists its jobs with it", async () => {
    await workbench.openView("Tunesmith");
    await workbench.treeRow("Jobs", "Acme").hover();
    await workbench.run("Tunesmith: Set API Key");
    await workbench.choose("Acme");
    await workbench.answer("API key of Acme", fake.key);
    await workbench.treeRow("Jobs", "No jobs yet. Start one.").last().waitFor();
    assert.ok(fake.times("GET /fine_tuning/jobs") >= 1);
  });

  it("tries the key when it is asked to", async () => {
    await workbench.run("Tunesmith: Test API Key");
    await workbench.choose("Acme");
    await workbench.toast("Acme takes the key.").waitFor();
    await workbench.run("Notifications: Clear All Notifications");
  });

  it("explains that a service is closed instead of repeating its code, and offers another", async () => {
    fake.misbehave(creation, refusal(403, "OpenAI is winding down the fine-tuning platform and your organization is no longer able to create new fine-tuning training jobs.", "training_not_available"));
    await start();
    const toast = workbench.toast("no longer lets this organisation create fine-tuning jobs");
    await toast.waitFor();
    await workbench.screenshot("training-not-available");
    await toast.locator(".monaco-button", { hasText: "Choose Another Provider" }).click();
    await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "Together AI" }).waitFor();
    assert.equal(await workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "Acme" }).count(), 0, "the one that has refused is not offered again");
    await workbench.page.keyboard.press("Escape");
    await workbench.run("Notifications: Clear All Notifications");
    assert.deepEqual([fake.jobs.length, fake.times(creation)], [0, 1]);
  });

  it("starts one job by one request, watches it, and tells its end", async () => {
    await start();
    const row = workbench.treeRow("Jobs", "few-questions");
    await row.waitFor();
    assert.deepEqual([fake.jobs.length, fake.times(creation)], [1, 2]);
    const [file] = [...fake.files.values()];
    assert.equal(file?.name, "few-questions.jsonl");
    fake.finish(String(fake.jobs[0]?.["id"]));
    await workbench.run("Tunesmith: Refresh Jobs");
    await workbench.toast("few-questions is tuned").waitFor();
    await row.filter({ hasText: "succeeded" }).waitFor();
  });

  it("evaluates there on the user's word only, as the service bills it", async () => {
    await evaluate();
    await workbench.dialogButton("Cancel").click();
    assert.equal(fake.times("POST /chat/completions"), 0);
    await evaluate();
    await workbench.dialogButton("Evaluate").click();
    await workbench.webview().getByText("Cannot tell which model is better").waitFor();
    assert.equal(fake.times("POST /chat/completions"), 24);
    await workbench.run("View: Close All Editors");
  });

  it("asks before the same is started again", async () => {
    await answer();
    await workbench.dialogButton("Start Again").waitFor();
    await workbench.dialogButton("Cancel").click();
    assert.equal(fake.times(creation), 2);
  });

  it("starts a job of another provider's API, and never shows one provider's key to another", async () => {
    await workbench.run("Tunesmith: Set API Key");
    await workbench.choose("Together AI");
    await workbench.answer("API key of Together AI", together.key);
    await workbench.treeRow("Jobs", "No jobs yet. Start one.").last().waitFor();
    await workbench.run("Tunesmith: Start Fine-Tuning Job");
    await workbench.choose("few-questions.jsonl");
    await workbench.choose("Together AI");
    await workbench.choose("Qwen/Qwen3-8B");
    await workbench.choose("supervised fine-tuning");
    await workbench.choose("The service's own choice");
    await workbench.answer("A name for the tuned model", "elsewhere");
    await workbench.dialogButton(/^Start$/).click();
    await workbench.treeRow("Jobs", "elsewhere").waitFor();
    const body = together.received.find(({ act }) => act === "POST /fine-tunes")?.body;
    assert.deepEqual([together.jobs.length, body?.["model"], body?.["suffix"]], [1, "Qwen/Qwen3-8B", "elsewhere"]);
    assert.ok(!JSON.stringify(together.received).includes(fake.key) && !JSON.stringify(fake.received).includes(together.key));
    await workbench.screenshot("together");
  });

  it("forgets the key", async () => {
    await workbench.run("Tunesmith: Forget API Key");
    await workbench.choose("Acme");
    await workbench.treeRow("Jobs", "Set an API key to see its jobs").waitFor();
  });

  async function evaluate(): Promise<void> {
    await workbench.run("Tunesmith: Evaluate Model");
    await workbench.choose("ft:gpt-4o-mini-2024-07-18:acme:few-questions");
    await workbench.choose("other-questions.jsonl");
    await workbench.accept("Evaluate Model: Metrics");
    await workbench.dialogButton("Evaluate").waitFor();
  }

  async function start(): Promise<void> {
    await answer();
    await workbench.dialogButton(/^Start$/).click();
  }

  async function answer(): Promise<void> {
    await workbench.run("Tunesmith: Start Fine-Tuning Job");
    await workbench.choose("few-questions.jsonl");
    await workbench.choose("Acme");
    await workbench.choose("gpt-4o-mini-2024-07-18");
    await workbench.choose("supervised fine-tuning");
    await workbench.choose("The service's own choice");
    await workbench.answer("A name for the tuned model", "few-questions");
  }
});
