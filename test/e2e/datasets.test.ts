import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import assert from "node:assert/strict";
import { openWorkbench, type Workbench } from "./workbench.ts";
import { stepByStep } from "../support/step-by-step.ts";

const record = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
const records = (number: number): string => `${Array.from({ length: number }, (_, index) => record(`Is the number ${index} even or odd?`, index % 2 ? "It is odd." : "It is even.")).join("\n")}\n`;

describe("The views in a workspace without trust", function () {
  this.timeout(180_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ folder: "test/fixtures/endpoint", trusted: false });
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("failed");
  });
  after(() => workbench?.stop());

  it("check datasets, and say what waits for trust", async () => {
    await workbench.openView("Tunesmith");
    await workbench.treeRow("Datasets", "few-questions.jsonl").filter({ hasText: "12 records" }).waitFor();
    for (const words of ["Jobs are listed, started and evaluated once you trust this workspace.", "Models are evaluated once you trust this workspace"]) await workbench.page.getByText(words).waitFor();
    assert.equal(await workbench.treeRow("Jobs", "Local Engine").count(), 0);
    await workbench.treeRow("Datasets", "few-questions.jsonl").hover();
    assert.equal(await workbench.page.locator('.pane:has([aria-label^="Datasets"]) .action-label[aria-label="Fine-Tune"]').count(), 0, "nothing is started from here");
    await workbench.screenshot("restricted");
  });
});

describe("The views of datasets and evaluations", function () {
  this.timeout(180_000);
  stepByStep();
  let folder: string;
  let workbench: Workbench;
  const dataset = (text: string) => workbench.treeRow("Datasets", text).first();
  const evaluation = (text: string) => workbench.treeRow("Evaluations", text).first();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-datasets-"));
    await mkdir(join(folder, "data"));
    await mkdir(join(folder, "node_modules/other"), { recursive: true });
    await writeFile(join(folder, "good.jsonl"), records(40));
    await writeFile(join(folder, "data/faulty.jsonl"), `${records(20)}{"messages": [}\n${record("Is 7 even?", "")}\n`);
    await writeFile(join(folder, "packed.jsonl.gz"), gzipSync(records(15)));
    await writeFile(join(folder, "table.csv"), "question,answer\nIs 1 even?,no\n");
    await writeFile(join(folder, "node_modules/other/foreign.jsonl"), records(3));
    workbench = await openWorkbench({ folder });
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("failed");
  });
  after(async () => {
    await workbench?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("list what can be learned from, with records and findings, packed or not, and tables that can be converted", async () => {
    await workbench.openView("Tunesmith");
    await dataset("good.jsonl").filter({ hasText: "40 records · no problems · OpenAI chat" }).waitFor();
    await dataset("faulty.jsonl").filter({ hasText: /22 records · \d errors?/ }).waitFor();
    await dataset("packed.jsonl.gz").filter({ hasText: "15 records" }).waitFor();
    await dataset("table.csv").filter({ hasText: "can be converted" }).waitFor();
    assert.equal(await workbench.treeRow("Datasets", "foreign.jsonl").count(), 0);
    await evaluation("No evaluation yet").or(workbench.page.getByText("No evaluation yet.")).first().waitFor();
    await workbench.screenshot("datasets");
  });

  it("tell target, findings and size below a dataset", async () => {
    await dataset("faulty.jsonl").locator(".monaco-tl-twistie").click();
    await dataset("Target").filter({ hasText: "OpenAI supervised fine-tuning, by default" }).waitFor();
    await dataset("Findings").filter({ hasText: "error" }).waitFor();
  });

  it("follow files that are written, come and go", async () => {
    await writeFile(join(workbench.workspace, "good.jsonl"), records(41));
    await dataset("good.jsonl").filter({ hasText: "41 records" }).waitFor();
    await writeFile(join(workbench.workspace, "new.jsonl"), records(12));
    await dataset("new.jsonl").filter({ hasText: "12 records" }).waitFor();
    await rm(join(workbench.workspace, "new.jsonl"));
    await dataset("new.jsonl").waitFor({ state: "detached" });
  });

  it("have a dataset split beside it, every record in one of the parts", async () => {
    await dataset("good.jsonl").click();
    await workbench.page.locator(".tab.active", { hasText: "good.jsonl" }).waitFor();
    await workbench.run("Tunesmith: Split Dataset");
    await workbench.answer("How many percent", "25");
    await workbench.choose("The same ones from now on");
    await workbench.dialogButton("Write").click();
    await dataset("good.train.jsonl").waitFor();
    const lines = async (name: string) => (await readFile(join(workbench.workspace, name), "utf8")).trimEnd().split("\n");
    const [training, validation] = [await lines("good.train.jsonl"), await lines("good.validation.jsonl")];
    assert.ok(validation.length > 2 && training.length > validation.length);
    assert.deepEqual(new Set([...training, ...validation]), new Set(records(41).trimEnd().split("\n")));
    assert.equal((await lines("good.frozen")).filter((line) => /^1 [0-9a-f]{14}$/.test(line)).length, validation.length, "what is kept back is listed");
  });

  it("list evaluations with their verdict, runs of the same models as one history, and open one by a click", async () => {
    assert.ok(existsSync("test/fixtures/evaluations/better.json"));
    const place = join(workbench.workspace, ".tunesmith/evaluations");
    await mkdir(place, { recursive: true });
    await cp("test/fixtures/evaluations/better.json", join(place, "2026-11-28T12-00-00Z-tuned.json"));
    await cp("test/fixtures/evaluations/better.json", join(place, "2026-11-29T12-00-00Z-tuned.json"));
    await writeFile(join(place, "2026-11-27T12-00-00Z-broken.json"), "{}");
    const history = evaluation("ft:base:acme:tuned:1");
    await history.filter({ hasText: /2 runs, the last: better, \+\d/ }).waitFor();
    await evaluation("broken").filter({ hasText: "cannot be read" }).waitFor();
    await history.locator(".monaco-tl-twistie").click();
    const row = evaluation("tuned 100.0 %");
    await row.filter({ hasText: /2026.*base 0\.0 %/ }).waitFor();
    await row.locator(".monaco-tl-twistie").click();
    await evaluation("Tuned model right").filter({ hasText: "20 of 20" }).waitFor();
    await workbench.screenshot("evaluations");
    await row.click();
    await workbench.webview().getByText("The tuned model is better").first().waitFor();
  });

  it("show what an evaluation made of each record in its test file and among the tests", async () => {
    const { records } = JSON.parse(await readFile("test/fixtures/evaluations/better.json", "utf8")) as { records: { prompt: object[]; reference: string }[] };
    await writeFile(join(workbench.workspace, "test.jsonl"), `${records.map(({ prompt, reference }) => JSON.stringify({ messages: [...prompt, { role: "assistant", content: reference }] })).join("\n")}\n${record("Is this new?", "yes")}\n`);
    await workbench.openView("Explorer");
    await workbench.openFile("test.jsonl");
    // What stands before a line is made by its style.
    await workbench.page.waitForFunction(() => [...document.querySelectorAll(".view-line span")].filter((each) => getComputedStyle(each, "::before").content.includes("✗✓")).length === 20);
    await workbench.screenshot("results-in-file");
    await workbench.openView("Testing");
    const test = workbench.page.locator(".test-explorer .monaco-list-row");
    await test.filter({ hasText: "ft:base:acme:tuned:1 against base" }).locator(".monaco-tl-twistie").click();
    await test.filter({ hasText: "Line 2: " }).waitFor();
    await workbench.page.locator('.test-explorer .monaco-list-row[aria-label*="Passed"]').first().waitFor();
    await workbench.screenshot("test-explorer");
  });
});
