import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import type { LaunchFile } from "../../../src/jobs/launch-file/schema.ts";
import { describePlan, planDocument } from "../../../src/jobs/describe-plan.ts";
import { mayStart, type LaunchPlan } from "../../../src/jobs/launch-plan.ts";
import type { LaunchDesk } from "../../../src/launch/desk.ts";
import { filesInThread } from "../../../src/launch/files-in-thread.ts";
import { knownServices } from "../../../src/launch/known-services.ts";
import { openLedger } from "../../../src/launch/ledger-file.ts";
import { prepareLaunch } from "../../../src/launch/prepare.ts";
import { startPlan } from "../../../src/launch/start.ts";
import { openUploads } from "../../../src/launch/uploads-file.ts";
import { openService } from "../../../src/providers/index.ts";
import { startFakeOpenAi, type FakeOpenAi } from "../../support/fake-openai.ts";
import { scratchFolder } from "../../support/scratch.ts";

const never = new AbortController().signal;
const recordsOf = (number: number): string => Array.from({ length: number }, (_, index) => `${JSON.stringify({ messages: [{ role: "user", content: `Is ${index} even?` }, { role: "assistant", content: index % 2 ? "It is odd." : "It is even." }] })}\n`).join("");

/** From a launch file to a job, over a fake of OpenAI's specification and real files. */
describe("a launch at a service that speaks OpenAI's API", function () {
  this.timeout(30_000);
  const scratch = scratchFolder();
  let fake: FakeOpenAi;
  let desk: LaunchDesk;
  let number = 0;

  beforeEach(async () => {
    fake = await startFakeOpenAi();
    number++;
    const named = [{ id: "Ours", title: "Ours", baseURL: fake.baseURL }];
    desk = {
      services: { known: () => knownServices(named), open: async (id) => openService({ id, title: id, kind: "openai", baseURL: fake.baseURL, apiKey: fake.key }) },
      clusters: [], files: filesInThread((message) => assert.fail(message)), projectOf: dirname, modelFolder: () => undefined, ledger: openLedger(scratch.path(`launches-${number}`)), uploads: openUploads(scratch.path(`uploads-${number}`)),
      clock: { now: Date.now }, report: () => undefined,
    };
    scratch.file("train.jsonl", recordsOf(40));
  });
  afterEach(() => fake.close());

  const prepare = (part: Partial<LaunchFile> = {}): Promise<LaunchPlan> =>
    prepareLaunch({ service: "Ours", model: "gpt-4o-mini", data: { training: "train.jsonl" }, ...part }, scratch.path("a.finetune.jsonc"), desk, never);
  const failed = ({ checks }: LaunchPlan): string[] => checks.filter(({ outcome }) => outcome === "failed").map(({ name, message }) => `${name}: ${message}`);

  it("is planned without sending anything, and names service, model, records, tokens and price in one question", async () => {
    const plan = await prepare({ hyperparameters: { n_epochs: 2, batch_size: "auto" } });
    assert.deepEqual([failed(plan), mayStart(plan), plan.earlier], [[], true, []]);
    assert.deepEqual([fake.times("POST /files"), fake.times("POST /fine_tuning/jobs")], [0, 0]);
    const { question, detail, button } = describePlan(plan);
    assert.equal(question, "Fine-tune gpt-4o-mini on train.jsonl at Ours?");
    assert.match(detail, /^Ours learns by supervised fine-tuning\.\n40 records, [\d,]+ tokens\.\nWith n_epochs 2\.\n/);
    assert.match(detail, /The service bills the tokens that it trains on/);
    assert.equal(button, "Start");
    assert.match(planDocument(plan), /\| \*\*Epochs\*\* \| 2 \| as chosen \|/);
    assert.match(planDocument(plan), /- ✓ service: Ours answers[^]*Nothing forbids the start\./);
  });

  it("starts what was planned, and its ledger knows from which file", async () => {
    const plan = await prepare({ suffix: "even", seed: 7, hyperparameters: { n_epochs: 2 } });
    const job = await startPlan(plan, desk, never);
    const [created] = fake.jobs;
    assert.deepEqual([created?.["id"], created?.["seed"], fake.files.size], [job.id, 7, 1]);
    const [launch] = await desk.ledger.list();
    assert.deepEqual([launch?.step, launch?.job, launch?.launchFile, launch?.request], ["created", job.id, scratch.path("a.finetune.jsonc"), { model: "gpt-4o-mini", suffix: "even", seed: 7, hyperparameters: { n_epochs: 2 } }]);
  });

  it("says when the same was started before, and starts it again only as agreed; the bytes are sent once", async () => {
    await startPlan(await prepare(), desk, never);
    const stale = await prepare();
    const again = await prepare();
    assert.match(describePlan(again).detail, /The same was started before, on .+ \(ftjob-/);
    assert.equal(describePlan(again).button, "Start Again");
    await startPlan(again, desk, never);
    assert.deepEqual([fake.times("POST /fine_tuning/jobs"), fake.times("POST /files")], [2, 1]);
    // Of the second start the one who looked earlier does not know.
    await assert.rejects(startPlan(stale, desk, never), /The same is started already/);
    assert.equal(fake.times("POST /fine_tuning/jobs"), 2);
  });

  it("is forbidden by a dataset with errors, at its line", async () => {
    scratch.file("train.jsonl", `${recordsOf(12)}{"messages": []}\n`);
    const plan = await prepare();
    assert.match(failed(plan)[0] ?? "", /^dataset: train\.jsonl would be refused\. Line 13: /);
    assert.deepEqual(plan.checks.find(({ name }) => name === "dataset")?.place, { file: scratch.path("train.jsonl"), line: 12, character: 13 });
    await assert.rejects(startPlan(plan, desk, never), /train\.jsonl would be refused/);
    assert.equal(fake.files.size, 0);
  });

  it("is forbidden where nobody answers, or not to this key; the estimate is there all the same", async () => {
    fake.misbehave("GET /fine_tuning/jobs", (context) => context.json({ error: { message: "No.", type: "invalid_request_error", param: null, code: "invalid_api_key" } }, 401));
    const plan = await prepare();
    assert.match(failed(plan)[0] ?? "", /^service: /);
    assert.equal(plan.estimate?.records, 40);
  });

  it("is doubted where it would send what lies outside its project, behind a link too", async () => {
    mkdirSync(scratch.path("project"));
    const outside = scratch.file("private.jsonl", recordsOf(40));
    symlinkSync(outside, scratch.path("project/link.jsonl"));
    for (const training of ["../private.jsonl", "link.jsonl", outside]) {
      const { checks } = await prepareLaunch({ service: "Ours", model: "gpt-4o-mini", data: { training } }, scratch.path("project/a.finetune.jsonc"), desk, never);
      assert.match(checks.find(({ outcome }) => outcome === "doubtful")?.message ?? "", /^data\.training: This leads out of .+project, to .+private\.jsonl\. What stands there would be sent to Ours\.$/);
    }
  });

  it("is told of a model that the list does not have, or that will be shut down", async () => {
    assert.match((await prepare({ model: "gpt-4o-mimi" })).checks.map(({ message }) => message).join("\n"), /Ours lists no model "gpt-4o-mimi"; did you mean "gpt-4o-mini"\?/);
    Object.assign(fake.models.find(({ id }) => id === "gpt-4o-mini") ?? {}, { shutdown_date: "2020-01-01" });
    assert.match(failed(await prepare())[0] ?? "", /^model: Ours has shut gpt-4o-mini down on 2020-01-01\.$/);
  });

  it("is forbidden by a file that makes no sense, before anything is read or asked", async () => {
    const plan = await prepare({ service: "Theirs", data: { training: "none.jsonl" } });
    assert.deepEqual(failed(plan), ['launch file: service: There is no service "Theirs" in your settings; there are "Ours".', `launch file: data.training: There is no file ${scratch.path("none.jsonl")}.`]);
    assert.equal(fake.received.length, 0);
    assert.match(planDocument(plan), /It cannot be started like this\./);
  });

  it("is told as text, whatever a dataset holds", async () => {
    scratch.file("train.jsonl", recordsOf(12).replace('"assistant"', '"![x](https://evil.example/p.png)"'));
    const text = planDocument(await prepare());
    assert.match(text, /evil\.example/);
    assert.doesNotMatch(text, /(?<!\\)!\[|(?<!\\)\]\(/);
  });

  it("never looks at a share of a network that a file names", async () => {
    const plan = await prepare({ data: { training: "\\\\evil.example\\share\\x.jsonl" }, evaluation: { test: "//evil.example/share/y.jsonl" } });
    assert.deepEqual(failed(plan).map((message) => message.slice(0, 56)), ["launch file: data.training: The training file is an addr", "launch file: evaluation.test: The test file is an addres"]);
    assert.equal(plan.launch, undefined);
  });

  it("keeps records back for validation beside the launch file, and sends both parts", async () => {
    const plan = await prepare({ data: { training: "train.jsonl", split: { validation: 0.25, seed: 3 } } });
    assert.deepEqual(failed(plan), []);
    const { dataset, validation } = plan.launch ?? {};
    assert.ok(dataset && validation);
    assert.equal(dataset.records + validation.records, 40);
    assert.ok(dataset.path.startsWith(scratch.path(".tunesmith/splits/train-")), dataset.path);
    await startPlan(plan, desk, never);
    assert.deepEqual([...fake.files.values()].map(({ text }) => text), [dataset.path, validation.path].map((path) => readFileSync(path, "utf8")));
    assert.equal(typeof fake.jobs[0]?.["validation_file"], "string");
  });

  it("tells of records of the validation file that stand in the training file", async () => {
    scratch.file("held.jsonl", `${recordsOf(60).split("\n").slice(39, 60).join("\n")}\n`);
    const { checks } = await prepare({ data: { training: "train.jsonl", validation: "held.jsonl" } });
    const [leak, ...more] = checks.filter(({ outcome }) => outcome === "doubtful");
    assert.deepEqual(more, []);
    assert.match(leak?.message ?? "", /^One record of held\.jsonl stands in the training data too, or nearly\. Line 1: This record equals line 40 of \S+train\.jsonl/);
    assert.deepEqual(leak?.place, { file: scratch.path("held.jsonl"), line: 0, character: 0 });
  });

  it("is forbidden by a validation file that is the training file under another name", async () => {
    scratch.file("copy.jsonl", recordsOf(40));
    assert.match(failed(await prepare({ data: { training: "train.jsonl", validation: "copy.jsonl" } }))[0] ?? "", /^validation file: .+byte for byte/);
  });

  it("takes the pace from an earlier job of this model here", async () => {
    const job = await startPlan(await prepare(), desk, never);
    fake.finish(job.id, "succeeded");
    Object.assign(fake.jobs[0] ?? {}, { model: "gpt-4o-mini", trained_tokens: 4000, finished_at: Number(fake.jobs[0]?.["created_at"]) + 100 });
    const plan = await prepare({ seed: 9 });
    assert.match(plan.estimate?.time?.basis ?? "", /an earlier job of this model here/);
  });

  it("is cancelled with the signal, and nothing is left open", async () => {
    const plan = await prepare();
    await assert.rejects(startPlan(plan, desk, AbortSignal.abort(new Error("enough"))), /enough/);
    assert.equal(fake.times("POST /fine_tuning/jobs"), 0);
    assert.deepEqual((await desk.ledger.list()).map(({ step }) => step), ["refused"]);
  });
});
