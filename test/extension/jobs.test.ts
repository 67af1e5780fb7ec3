import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { openLedger } from "../../src/launch/ledger-file.ts";
import { stateFolder } from "../../src/launch/state-folder.ts";
import type { Job, JobReference } from "../../src/jobs/job.ts";
import { openService, type Service } from "../../src/providers/index.ts";

const record = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
const dataset = Array.from({ length: 12 }, (_, index) => record(`Is ${index} even?`, index % 2 ? "no" : "yes")).join("\n");
const never = new AbortController().signal;
const minutes = 60_000;

describe("Jobs on the local engine", function () {
  this.timeout(5 * minutes);
  /** VS Code's own files; the server's data lie beside the home that it was given. */
  const data = join(dirname(process.env["HOME"] ?? ""), "server/data");
  const state = stateFolder();
  const announced = join(state, "engine/engine.json");
  let folder: string;
  let file: vscode.Uri;

  before(async function () {
    this.timeout(15 * minutes);
    await vscode.extensions.getExtension("tunesmith.tunesmith")?.activate();
    folder = await mkdtemp(join(tmpdir(), "tunesmith-jobs-"));
    file = vscode.Uri.file(join(folder, "even.jsonl"));
    await writeFile(file.fsPath, dataset);
    await vscode.commands.executeCommand("tunesmith.engine.setUp", { agreed: true });
  });
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await rm(folder, { recursive: true, force: true });
  });

  const start = (hyperparameters: Readonly<Record<string, number>>): Thenable<JobReference | undefined> =>
    vscode.commands.executeCommand("tunesmith.job.start", { dataset: file, provider: "local", model: "smollm2-135m-instruct", hyperparameters, suffix: "even", seed: 1, confirmed: true });

  async function engine(): Promise<Service & { readonly pid: number }> {
    const { baseURL, token, pid } = JSON.parse(await readFile(announced, "utf8")) as { baseURL: string; token: string; pid: number };
    return { ...(await openService({ id: "local", title: "Local Engine", kind: "openai", baseURL, apiKey: token })), pid };
  }

  /** What the extension's log says, for a failure that was shown to the user only. */
  async function logged(): Promise<string> {
    const logs = join(data, "logs");
    const names = (await readdir(logs, { recursive: true })).filter((name) => name.endsWith("Tunesmith.log"));
    return (await Promise.all(names.map((name) => readFile(join(logs, name), "utf8")))).join("\n");
  }

  async function until(reference: JobReference, satisfied: (job: Job, steps: number) => boolean): Promise<Job> {
    for (;;) {
      try {
        const { provider } = await engine();
        const job = await provider.retrieveJob(reference.job, never);
        const steps = ((await provider.listEvents?.(reference.job, never)) ?? []).filter(({ metrics }) => metrics !== undefined).length;
        if (satisfied(job, steps)) return job;
      } catch {
        // The engine is being started again.
      }
      await delay(300);
    }
  }

  it("start on demand, survive a killed engine, and end with a model and a ledger that knows where it came from", async () => {
    const reference = await start({ batch_size: 2, max_steps: 5, lora_layers: 2 });
    assert.ok(reference);
    await until(reference, (_, steps) => steps >= 2);
    process.kill((await engine()).pid, "SIGKILL");
    const job = await until(reference, ({ status }) => status === "succeeded" || status === "failed");
    assert.equal(job.status, "succeeded", job.error?.message);
    assert.match(job.tunedModel ?? "", /^ft:smollm2-135m-instruct:local:even:/);
    const ledger = openLedger(join(state, "launches"));
    // The window waits for the end, and keeps that it has told it.
    while ((await ledger.list())[0]?.step !== "ended") await delay(200);
    const [launch] = await ledger.list();
    assert.deepEqual([launch?.job, launch?.dataset.path, launch?.dataset.records], [reference.job, file.fsPath, 12]);
  });

  it("show their events as a document, the killed engine among them", async () => {
    const [job] = await (await engine()).provider.listJobs(never);
    assert.ok(job);
    await vscode.commands.executeCommand("tunesmith.job.showEvents", { provider: "local", job: job.id });
    const text = vscode.window.activeTextEditor?.document.getText() ?? "";
    assert.match(text, /\[info\] Created fine-tuning job: ftjob-/);
    assert.match(text, /\[warning\] The engine stopped at step \d/);
    assert.match(text, /Step 5\/5: training loss=[\d.]+ .*train_loss=/);
    assert.match(text, /The job has successfully completed/);
  });

  it("show their training in a panel, one for each job", async () => {
    const [job] = await (await engine()).provider.listJobs(never);
    assert.ok(job);
    const panels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith("tunesmith.job"));
    for (let round = 0; round < 2; round++) {
      await vscode.commands.executeCommand("tunesmith.job.showTraining", { provider: "local", job: job.id });
      for (let tries = 0; panels().length === 0 && tries < 50; tries++) await delay(100);
      assert.equal(panels().length, 1);
    }
    // The page has been told what job it is about.
    for (let tries = 0; panels()[0]?.label === "Training" && tries < 100; tries++) await delay(100);
    assert.match(panels()[0]?.label ?? "", /even/);
  });

  it("are evaluated: base and tuned answer, and the report names the records that both files have", async () => {
    const test = join(folder, "test.jsonl");
    const numbers = Array.from({ length: 10 }, (_, index) => 100 + index);
    await writeFile(test, [...numbers.map((number) => record(`Is ${number} even?`, number % 2 === 0 ? "yes" : "no")), record("Is 2 even?", "yes")].join("\n"));
    const [job] = await (await engine()).provider.listJobs(never);
    const report = await vscode.commands.executeCommand<vscode.Uri | undefined>("tunesmith.model.evaluate", { testFile: vscode.Uri.file(test), provider: "local", job: job?.id });
    assert.ok(report, await logged());
    const { records, dataset: { refused }, summary } = JSON.parse(await readFile(report.fsPath, "utf8")) as { records: unknown[]; dataset: { refused: { line: number; reason: string }[] }; summary: { verdict: { outcome: string } } };
    assert.deepEqual([records.length, refused.map(({ line }) => line)], [10, [11]]);
    // Whether a model that was tuned for a few steps has learned to say "yes" is left to it.
    assert.match(summary.verdict.outcome, /^(?:better|cannot-tell)$/);
    await rm(report.fsPath);
  });

  it("are cancelled on the user's word, and leave the machine alone then", async () => {
    const reference = await start({ batch_size: 2, max_steps: 500, lora_layers: 2 });
    assert.ok(reference);
    await until(reference, (_, steps) => steps >= 1);
    await vscode.commands.executeCommand("tunesmith.job.cancel", { ...reference, confirmed: true });
    const job = await until(reference, ({ status }) => status === "cancelled");
    assert.equal(job.tunedModel, undefined);
  });

  it("are not started from a file with errors, and nothing is uploaded", async () => {
    const files = async (): Promise<number> => (await openLedger(join(state, "launches")).list()).length;
    const before = await files();
    await writeFile(file.fsPath, `${dataset}\n{`);
    assert.equal(await start({ max_steps: 1 }), undefined);
    assert.equal(await files(), before);
    assert.ok(existsSync(announced));
  });
});
