import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { metrics } from "../../../src/evaluation/metrics/index.ts";
import { readReport } from "../../../src/evaluation/report.ts";
import { cut, refusal, startFakeOpenAi, type FakeOpenAi } from "../../support/fake-openai.ts";
import type { Ended } from "../../support/run-program.ts";
import { programFixture } from "./program-fixture.ts";

const [base, tuned, chat] = ["gpt-4o-mini", "gpt-4.1-mini", "POST /chat/completions"];
const record = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });
/** The fake says which model heard what; so one model is right on each record. */
const rightFor = (model: string, number: number, from = 0): string[] => Array.from({ length: number }, (_, index) => record(`Question ${from + index}`, `${model} heard: Question ${from + index}`));

/** The program as it ships, over a fake of OpenAI's specification. */
describe("evaluating on the command line", function () {
  this.timeout(60_000);
  const fixture = programFixture();
  let fake: FakeOpenAi;
  let number = 0;

  beforeEach(async () => {
    fake = await startFakeOpenAi();
    number++;
    fixture.file("config.jsonc", `{ "services": { "Ours": { "baseURL": "${fake.baseURL}", "keyVariable": "OUR_KEY" } } }`);
    fixture.file(`${number}/test.jsonl`, rightFor(tuned, 20).join("\n"));
  });
  afterEach(() => fake.close());

  const here = (): string => fixture.path(String(number));
  const run = (...parameters: string[]): Promise<Ended> => fixture.run(["evaluate", ...parameters], { cwd: here(), env: { TUNESMITH_CONFIG: fixture.path("config.jsonc"), TUNESMITH_STATE: fixture.path(`state-${number}`), OUR_KEY: fake.key } });
  const models = ["--service", "Ours", "--base", base, "--tuned", tuned];

  it("says which model is better and by which numbers, and keeps the report where the editor finds it", async () => {
    const { code, stdout, stderr } = await run("test.jsonl", ...models);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^The tuned model is better\.\nThe tuned model is right 100\.0 percentage points more often[^\n]+\n\n {2}Base +gpt-4o-mini +0 of 20 right +0\.0 % .+\n {2}Tuned +gpt-4\.1-mini +20 of 20 right +100\.0 %/);
    const [name] = readdirSync(`${here()}/.tunesmith/evaluations`).filter((each) => each.endsWith(".json"));
    const report = readReport(fixture.read(`${number}/.tunesmith/evaluations/${name}`));
    assert.deepEqual([report.models, report.dataset.path, report.records.length, report.options], [{ provider: "Ours", base, tuned }, "test.jsonl", 20, { temperature: 0, maximumTokens: 64, seed: 0 }]);
    assert.equal(fake.times(chat), 40);
  });

  it("writes the numbers as JSON, and the report where --out says", async () => {
    const { code, stdout, stderr } = await run("test.jsonl", ...models, "--format", "json", "--out", "reports/a.json", "--seed", "7", "--max-tokens", "5", "--concurrency", "2", "--metric", '{"metric":"regex","pattern":"^GPT-4\\\\.1","ignoreCase":true}', "--also", '["chrf", {"metric":"length","most":2}]');
    assert.equal(code, 0, stderr);
    const told = JSON.parse(stdout) as { report: string; summary: { verdict: { outcome: string }; tuned: { rate: number } }; passed: boolean };
    assert.deepEqual([told.report, told.summary.verdict.outcome, told.summary.tuned.rate, told.passed], [`${here()}/reports/a.json`, "better", 1, true]);
    const { records, metric, also } = readReport(fixture.read(`${number}/reports/a.json`));
    assert.deepEqual([records.length, metric, also], [20, 'regex {"pattern":"^GPT-4\\\\.1","ignoreCase":true}', ["chrf", 'length {"most":2}']]);
    assert.deepEqual([fake.received.at(-1)?.body?.["seed"], fake.received.at(-1)?.body?.["max_tokens"]], [7, 5]);
  });

  it("judges by several metrics together, and leaves out what the first is undefined for, with the reason", async () => {
    fixture.file(`${number}/test.jsonl`, [...rightFor(tuned, 20), record("What is left?", "the!")].join("\n"));
    const asked = ["test.jsonl", ...models, "--metric", "normalised-match", "--also", "exact-match, chrf"];
    const { code, stdout, stderr } = await run(...asked, "--batch");
    assert.equal(code, 0, stderr);
    assert.deepEqual([fake.times("POST /batches"), fake.times(chat)], [2, 0]);
    assert.match(stderr, /^A batch goes on when this program is ended; the same call then waits for it again …$[^]*^gpt-4o-mini, batch of 20 questions: 0 answered \(validating\) …$/m);
    assert.match(stdout, /By all 3 metrics: The tuned model is better\. Better by Normalised match, Exact match, chrF\.\n {2} +Base +Tuned\n {2}Normalised match +0\.000 +1\.000 +better\n/);
    assert.match(stdout, /chrF: The tuned model's mean score is [^\n]* after Holm's correction for 3 metrics\.\n {2}chrF of each answer/);
    assert.match(stdout, /line 21: Normalised match is undefined for it: nothing is left of the reference/);
    const json = JSON.parse((await run(...asked, "--format", "json")).stdout) as { also: string[]; overall: { outcome: string }; metrics: { id: string; outcome: string; adjusted: number }[] };
    assert.deepEqual([json.also, json.overall.outcome, json.metrics.map(({ id, outcome }) => [id, outcome])], [["exact-match", "chrf"], "better", [["normalised-match", "better"], ["exact-match", "better"], ["chrf", "better"]]]);
    assert.ok(json.metrics.every(({ adjusted }) => adjusted > 0 && adjusted < 0.001));
  });

  it("tells a score, and a metric that is not there, from one that says what is right", async () => {
    assert.match((await run("test.jsonl", ...models, "--metric", "chrf")).stderr, /chrF gives scores .* Name it with --also, beside one of exact-match, /);
    assert.match((await run("test.jsonl", ...models, "--also", "vibes")).stderr, /There is no metric "vibes"\. There are: exact-match, /);
    assert.match((await run("test.jsonl", ...models, "--metric", "json-match")).stderr, /No record of test\.jsonl can be judged by this metric; choose another\. Line 1: Same JSON is undefined for it: the reference is no JSON/);
    assert.equal(fake.times(chat), 0);
    const help = (await fixture.run(["evaluate", "--help"])).stdout;
    for (const { id } of metrics) assert.ok(help.includes(id), id);
  });

  it("goes on where a call was cut off: what is answered is not asked again", async () => {
    fake.models.splice(fake.models.findIndex(({ id }) => id === tuned), 1);
    const first = await run("test.jsonl", ...models);
    assert.equal(first.code, 2);
    assert.match(first.stderr, /gpt-4\.1-mini answers nothing\. The last reason: [^\n]*does not exist/);
    fake.models.push({ id: tuned, object: "model", created: 1, owned_by: "system" });
    const before = fake.times(chat);
    const second = await run("test.jsonl", ...models);
    assert.equal(second.code, 0, second.stderr);
    assert.match(second.stderr, /20 answers are kept from before/);
    assert.equal(fake.times(chat) - before, 20);
    assert.equal((await run("test.jsonl", ...models)).code, 0);
    assert.equal(fake.times(chat) - before, 20, "a rerun costs nothing");
  });

  it("asks again what may pass, and slower when the service takes no more", async () => {
    for (const fault of [refusal(429, "Slow", null, { "retry-after-ms": "5" }), refusal(503, "Busy", null, { "retry-after-ms": "5" }), cut]) fake.misbehave(chat, fault, 2);
    const { code, stdout, stderr } = await run("test.jsonl", ...models);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /20 of 20 right/);
    assert.deepEqual([fake.times(chat), stderr.includes("Warning")], [46, false]);
  });

  it("leaves out what the model was trained on, and lists it", async () => {
    fixture.file(`${number}/train.jsonl`, [record("question 3!", "other"), record("Something else", "x")].join("\n"));
    const { code, stdout, stderr } = await run("test.jsonl", ...models, "--training", "train.jsonl");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^1 line of test\.jsonl was left out:\n {2}line 4: the training file asks the same on line 1/m);
    assert.match(stdout, /19 of 19 right/);
    fixture.file(`${number}/train.jsonl`, rightFor(base, 11).join("\n"));
    const refused = await run("test.jsonl", ...models, "--training", "train.jsonl");
    assert.deepEqual([refused.code, refused.stderr.split("\n").at(-2)], [2, "All but 9 records of test.jsonl stand in the training file too, so right answers would prove nothing; at least 10 have to be left. Choose a test file that the model has not seen."]);
    assert.match((await run("test.jsonl", ...models, "--training", "test.jsonl")).stderr, /tuned on test\.jsonl itself/);
  });

  it("ends with 1 when the tuned model is right too seldom, a missing answer counting as wrong", async () => {
    fixture.file(`${number}/test.jsonl`, [...rightFor(tuned, 15), ...rightFor(base, 5, 15)].join("\n"));
    const passed = await run("test.jsonl", ...models, "--fail-under", "0.75");
    assert.equal(passed.code, 0, passed.stderr);
    assert.match(passed.stdout, /^✓ The tuned model has 15 of 20 records right, 75\.0 %; at least 75\.0 % is demanded\.$/m);
    const failed = await run("test.jsonl", ...models, "--fail-under", ".76");
    assert.equal(failed.code, 1);
    assert.match(failed.stdout, /^✗ The tuned model has 15 of 20/m);
    fixture.file(`${number}/test.jsonl`, rightFor(tuned, 20, 100).join("\n"));
    const tooLong = refusal(400, "Too long");
    fake.misbehave(chat, async (context, regular) => {
      const { model, messages } = await context.req.json<{ model: string; messages: { content: string }[] }>();
      return model === tuned && messages.at(-1)?.content === "Question 105" ? tooLong(context, regular) : regular();
    }, 40);
    const incomplete = await run("test.jsonl", ...models, "--fail-under", "1");
    assert.equal(incomplete.code, 1, incomplete.stderr);
    assert.match(incomplete.stdout, /^✗ The tuned model has 19 of 20 records right/m);
  });

  it("ends with 1 when the tuned model is significantly worse than that of an earlier report", async () => {
    assert.equal((await run("test.jsonl", ...models, "--out", "good.json")).code, 0);
    const same = await run("test.jsonl", ...models, "--baseline", "good.json");
    assert.equal(same.code, 0, same.stderr);
    assert.match(same.stdout, /✓ Against good\.json: it cannot be told that the model is better or worse than before: it has 20 of 20 records right and had 20/);
    const worse = await run("test.jsonl", "--service", "Ours", "--base", tuned, "--tuned", base, "--baseline", "good.json", "--format", "json");
    assert.equal(worse.code, 1, worse.stderr);
    const { baseline, passed } = JSON.parse(worse.stdout) as { baseline: { outcome: string; records: number }; passed: boolean };
    assert.deepEqual([baseline.outcome, baseline.records, passed], ["worse", 20, false]);
  });

  it("ends with 2 and asks nobody when something cannot be", async () => {
    const stranger = await run("test.jsonl", "--service", "None", "--base", base, "--tuned", tuned);
    assert.deepEqual([stranger.code, stranger.stderr], [2, 'There is no service "None". There are: local, Ours\n']);
    for (const [parameters, words] of [
      [["none.jsonl", ...models], /none\.jsonl: there is no such file/],
      [["test.jsonl", ...models, "--metric", "vibes"], /There is no metric "vibes"\. There are: exact-match/],
      [["test.jsonl", ...models, "--baseline", "none.json"], /none\.json: there is no such file/],
      [["test.jsonl", ...models, "--fail-under", "80"], /A number from 0 to 1 is expected/],
      [["test.jsonl", ...models, "--concurrency", "0"], /A whole number from 1 is expected/],
      [["test.jsonl", "--service", "Ours", "--base", base, "--tuned", base], /both gpt-4o-mini/],
      [["test.jsonl", "--service", "Ours"], /required option '--base <model>' not specified/],
    ] as const) {
      const { code, stderr } = await run(...parameters);
      assert.equal(code, 2, stderr);
      assert.match(stderr, words);
    }
    assert.equal(fake.times(chat), 0);
  });
});
