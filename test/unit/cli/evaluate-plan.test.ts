import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import type { PlanReport } from "../../../src/evaluation/plan-report.ts";
import { completion, startFakeOpenAi, type FakeOpenAi } from "../../support/fake-openai.ts";
import type { Ended } from "../../support/run-program.ts";
import { programFixture } from "./program-fixture.ts";

const chat = "POST /chat/completions";
const record = (question: string, answer: string, more: object = {}): string => JSON.stringify({ ...more, messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });

/** The program as it ships, over a fake of OpenAI's specification, which says which model heard what. */
describe("running an evaluation plan on the command line", function () {
  this.timeout(60_000);
  const fixture = programFixture();
  let fake: FakeOpenAi;

  beforeEach(async () => {
    fake = await startFakeOpenAi();
    fixture.file("config.jsonc", `{ "services": { "Ours": { "baseURL": "${fake.baseURL}", "keyVariable": "OUR_KEY" } } }`);
    fixture.file("test.jsonl", Array.from({ length: 12 }, (_, index) => record(`Question ${index}`, `gpt-4.1-mini heard: Question ${index}`, { topic: index % 2 === 0 ? "even" : "odd" })).join("\n"));
    fixture.file("train.jsonl", [record("Question 3", "x"), record("Why Question 5", "five"), record("Who 7", "seven")].join("\n"));
    fixture.file("a.eval.jsonc", `// Which way is best?
{
  "test": "test.jsonl", "training": "train.jsonl", "limits": { "maximumTokens": 9, "concurrency": 3 },
  "candidates": [
    { "service": "Ours", "model": "gpt-4o-mini" },
    { "service": "Ours", "model": "gpt-4o-mini", "fewShot": 2 },
    { "service": "Ours", "model": "gpt-4o-mini", "retrieval": 1 },
    { "name": "tuned", "service": "Ours", "model": "gpt-4.1-mini", "tuned": true },
  ],
}
`);
  });
  afterEach(() => fake.close());

  const run = (...parameters: string[]): Promise<Ended> => fixture.run(["evaluate", ...parameters], { env: { TUNESMITH_CONFIG: fixture.path("config.jsonc"), TUNESMITH_STATE: fixture.path("state"), OUR_KEY: fake.key } });

  it("has every candidate answer in its way, says what won, and keeps a report of all; a second run asks nobody, and ends with 1 where a candidate became worse", async () => {
    const { code, stdout, stderr } = await run("a.eval.jsonc", "--baseline", "last");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /There is no earlier run to compare with yet/);
    assert.match(stdout, /^Tuning won: tuned is better than gpt-4o-mini\.\n\n {2}gpt-4o-mini +0 of 11 right .+ baseline\n {2}gpt-4o-mini with 2 examples +0 of 11 right .+ cannot tell: 0\.0 points/);
    assert.match(stdout, /\n {2}tuned +11 of 11 right .+ better: \+100\.0 points .+ after Holm's correction\n/);
    assert.match(stdout, /1 line of test\.jsonl was left out:\n {2}line 4: the training file asks the same/);
    const asked = fake.received.filter(({ act }) => act === chat).map(({ body }) => body as { max_tokens: number; messages: { content: string }[] });
    assert.equal(asked.length, 44);
    assert.ok(asked.every(({ max_tokens }) => max_tokens === 9));
    assert.deepEqual([...new Set(asked.filter(({ messages }) => messages.at(-1)?.content === "Question 5").map(({ messages }) => messages.slice(0, -1).map(({ content }) => content).join("|")))].sort(), ["", "Question 3|x|Why Question 5|five", "Why Question 5|five"]);
    const [name] = readdirSync(fixture.path(".tunesmith/evaluations/plans"));
    assert.match(name ?? "", /^\d{4}-.+Z-a\.json$/);
    const report = JSON.parse(fixture.read(`.tunesmith/evaluations/plans/${name}`)) as PlanReport;
    assert.deepEqual([report.version, report.plan, report.candidates.map((each) => each.name).at(-1), report.records.length, report.records[0]?.outcomes.length, report.training?.path], [2, "a.eval.jsonc", "tuned", 11, 4, "train.jsonl"]);
    assert.equal((await run("a.eval.jsonc", "--out", "a.csv")).code, 0);
    assert.equal(fixture.read("a.csv").split("\r\n").length, 13);
    const again = await run("a.eval.jsonc", "--format", "json", "--out", "again.json", "--baseline", "last");
    assert.equal(again.code, 0, again.stderr);
    const told = JSON.parse(again.stdout) as PlanReport & { report: string };
    assert.deepEqual([told.summary.candidates[3]?.comparison?.outcome, told.report, fake.times(chat)], ["better", fixture.path("again.json"), 44]);
    // The model that was tuned anew has another name, and is no better than its base.
    fixture.file("a.eval.jsonc", `{ "test": "test.jsonl", "training": "train.jsonl", "limits": { "maximumTokens": 9 }, "candidates": [{ "service": "Ours", "model": "gpt-4o-mini", "retrieval": 1 }, { "service": "Ours", "model": "gpt-4o-mini", "tuned": true }] }`);
    const worse = await run("a.eval.jsonc", "--baseline", "last");
    assert.equal(worse.code, 1, worse.stderr);
    assert.match(worse.stdout, /\n✓ Against .+: it cannot be told that gpt-4o-mini with the nearest example is better or worse than before: [^\n]+\n✗ Against .+-a(-\d)?\.json: gpt-4o-mini is worse than before: it has 0 of 11 records right and had 11/);
    assert.match(worse.stdout, /Runs on this test file:\n {2}This is comparison 2 on this test file\./);
  });

  it("tests with the frozen share of a dataset, and takes examples from the rest of it", async () => {
    fixture.file("all.jsonl", `${fixture.read("test.jsonl")}\n${fixture.read("train.jsonl")}\n`);
    assert.equal((await fixture.run(["split", "all.jsonl", "--validation", "50%", "--frozen", "all.frozen", "--similarity", "1", "--out", "parts"])).code, 0);
    fixture.file("share.eval.jsonc", `{ "test": { "dataset": "all.jsonl", "frozen": "all.frozen" }, "candidates": [{ "service": "Ours", "model": "gpt-4o-mini" }, { "service": "Ours", "model": "gpt-4o-mini", "retrieval": 1 }] }`);
    const { code, stdout, stderr } = await run("share.eval.jsonc", "--format", "json");
    assert.equal(code, 0, stderr);
    const { records, dataset, training } = JSON.parse(fixture.read((JSON.parse(stdout) as { report: string }).report.slice(fixture.path("").length))) as PlanReport;
    assert.deepEqual([dataset.path.replace(/[0-9a-f]{12}/, "*"), training?.path.replace(/[0-9a-f]{12}/, "*")], [".tunesmith/splits/all-frozen-*/test.jsonl", ".tunesmith/splits/all-frozen-*/training.jsonl"]);
    assert.equal(records.length, fixture.read("parts/all.validation.jsonl").trim().split("\n").length);
  });

  it("judges by several metrics with parameters together, and reads the files that they name", async () => {
    fixture.file("guard.jsonl", Array.from({ length: 10 }, (_, index) => record(`General ${index}`, `gpt-4o-mini heard: General ${index}`)).join("\n"));
    fixture.file("ratings.jsonl", Array.from({ length: 4 }, (_, index) => JSON.stringify({ line: index + 1, candidate: index % 2 === 0 ? "gpt-4.1-mini" : "gpt-4o-mini", rating: index % 2 === 0 ? 5 : 1 })).join("\n"));
    fake.misbehave(chat, async (context, regular) => {
      const { model, messages, response_format: form } = await context.req.json<{ model: string; messages: { content: string }[]; response_format?: { json_schema: { name: string } } }>();
      if (!model.startsWith("ft:")) return regular();
      const { answer, answerA } = JSON.parse(messages[1]?.content ?? "") as { answer: string; answerA: string };
      const judgement = form?.json_schema.name === "judgement" ? { reason: "r", score: answer.startsWith("gpt-4.1") ? 5 : 1 } : { reason: "r", winner: answerA.startsWith("gpt-4.1") ? "A" : "B" };
      return context.json(completion(model, { role: "assistant", content: JSON.stringify(judgement), refusal: null }));
    }, 200);
    fixture.file("schemas/short.json", '{ "type": "string" }');
    const plan = (metrics: string): string => fixture.file("m.eval.jsonc", `{ "test": "test.jsonl", "metrics": ${metrics}, "slices": ["topic"], "judge": { "service": "Ours", "model": "ft:gpt-4o-mini:acme::old", "rubric": "correctness", "ratings": "ratings.jsonl" }, "guardRail": { "test": "guard.jsonl", "metrics": ["exact-match"] }, "breakEven": { "tuned": "gpt-4.1-mini", "instead": "gpt-4o-mini", "training": 3, "dated": "2026-11-29" }, "candidates": [{ "service": "Ours", "model": "gpt-4o-mini", "price": { "input": 0.15, "output": 0.6, "dated": "2026-11-22" } }, { "service": "Ours", "model": "gpt-4.1-mini", "tuned": true, "price": { "input": 0.1, "output": 0.1, "dated": "2026-11-23" } }] }`);
    plan('[{ "metric": "regex", "pattern": "^gpt-4\\\\.1" }, { "metric": "json-schema", "schema": "schemas/short.json" }, "chrf", "json-match"]');
    const { code, stdout, stderr } = await run("m.eval.jsonc");
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Tuning won: gpt-4\.1-mini is better than gpt-4o-mini\. On the guard-rail set of 10 records became worse than gpt-4o-mini: gpt-4\.1-mini by Exact match \(−100\.0 points, /);
    assert.match(stdout, /Judge ft:gpt-4o-mini:acme::old of Ours:\n[^]*On 4 answers that people rated too, Cohen's κ \(quadratic\) is 1\.00 .*too few[^]*gpt-4\.1-mini +5\.00 +5\.00 to 5\.00 +12 +better: [^]*gpt-4\.1-mini +12 +0 +0 +0 \(0\.0 %\) +100\.0 % .+ better, p = 0\.0005/);
    assert.match(stdout, /Guard-rail set guard\.jsonl:\n[^]*gpt-4\.1-mini +0\.000 +.+ worse: −100\.0 points/);
    assert.match(stdout, /Break-even:\n {2}gpt-4\.1-mini costs \$0\.0002 for 1,000 requests like these and gpt-4o-mini \$0\.00075\. Training cost \$3\.00 \(2026-11-29; prices of tokens: gpt-4\.1-mini 2026-11-23, gpt-4o-mini 2026-11-22\)\.\n {2}Tuning pays after 5,454,54\d requests\.\n {2}On these records gpt-4\.1-mini is better than gpt-4o-mini\./);
    assert.match(stdout, /By all 4 metrics, corrected for together:\n\nMatches \/\^gpt-4\\\.1\/: .+\n {2}Candidate .+\n {2}gpt-4o-mini +0\.000 +0\.000 to 0\.\d+ +baseline\n {2}gpt-4\.1-mini +1\.000 .+ better: \+100\.0 points/);
    assert.match(stdout, /Valid by the schema: .+\n.+\n.+\n {2}gpt-4\.1-mini +0\.000 .+ cannot tell: 0\.0 points/);
    assert.match(stdout, /Same JSON: .+ It is undefined for 12 records: the reference is no JSON object or array\.\n.+\n {2}gpt-4o-mini +undefined/);
    assert.match(stdout, /Slices:\n {2}None of 4 slices was shown to have become worse.+\n.+\n.+\n.+\n.+\n {2}topic: even +6, small +0\.0 % .+\n {2}topic: odd +6, small +0\.0 % .+ cannot tell: \+100\.0 points/);
    assert.match(stdout, /Tokens, time and cost:\n {2}Prices are those of the plan.+ 0\.15 in and 0\.6 out on 2026-11-22; gpt-4\.1-mini 0\.1 in and 0\.1 out on 2026-11-23\.\n.+\n {2}gpt-4o-mini +1\.0 +1\.0 +\d+\.\d\d s +\d+\.\d\d s +\$0\.00075\n/);
    const [name] = readdirSync(fixture.path(".tunesmith/evaluations/plans")).filter((each) => each.endsWith("-m.json"));
    assert.deepEqual((JSON.parse(fixture.read(`.tunesmith/evaluations/plans/${name}`)) as PlanReport).also, ['json-schema {"schema":{"type":"string"}}', "chrf", "json-match"]);
    plan('["label", { "metric": "json-schema", "schema": "schemas/none.json" }]');
    assert.match((await run("m.eval.jsonc")).stderr, /none\.json: there is no such file/);
  });

  it("says where a plan is none, and asks nobody", async () => {
    fixture.file("bad.eval.jsonc", '{\n  "test": "test.jsonl",\n  "candidates": [\n    { "service": "Nowhere", "model": "m" },\n    { "service": "Ours", "model": "m", "retrieval": 2 },\n    { "service": "Ours", "model": "m", "retrieval": 2 }\n  ]\n}');
    const { code, stderr } = await run("bad.eval.jsonc");
    assert.equal(code, 2);
    assert.match(stderr, /^bad\.eval\.jsonc:4:18 There is no service "Nowhere"; there are "local" and "Ours"\.$/m);
    assert.match(stderr, /^bad\.eval\.jsonc:5:53 Examples come from the training file; name it as "training"\.$/m);
    assert.match(stderr, /^bad\.eval\.jsonc:6:5 It is called "m with the 2 nearest examples" as candidate 2 is; give it a "name" of its own\.$/m);
    fixture.file("bad.eval.jsonc", '{ "test": "test.jsonl", "candidates": [], "baseURL": "https://example.org" }');
    const none = await run("bad.eval.jsonc");
    assert.match(none.stderr, /There is no setting "baseURL"[^]*"candidates" is a list; expected is a list of at least 2|"candidates" is a list; expected is a list of at least 2[^]*There is no setting "baseURL"/);
    fixture.file("bad.eval.jsonc", '{ "test": "test.jsonl", "candidates": [{ "service": "Ours", "model": "m" }, { "service": "editor", "model": "gpt-4o" }] }');
    assert.match((await run("bad.eval.jsonc")).stderr, /bad\.eval\.jsonc: "editor" means VS Code's own language models, which exist only in the editor/);
    assert.match((await run("a.eval.jsonc", "--seed", "1")).stderr, /--seed does not go with a plan; say it in a\.eval\.jsonc\./);
    assert.equal(fake.times(chat), 0);
  });
});
