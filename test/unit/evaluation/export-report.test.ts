import assert from "node:assert/strict";
import { formOf, toCsv, toJsonLines, toMarkdown } from "../../../src/evaluation/export-report.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { chrfMetric } from "../../../src/evaluation/metrics/chrf.ts";
import { createMetric } from "../../../src/evaluation/metrics/index.ts";
import { jsonValidMetric } from "../../../src/evaluation/metrics/json-valid.ts";
import { toPromptfoo } from "../../../src/evaluation/promptfoo-config.ts";
import { createPlanReport } from "../../../src/evaluation/plan-report.ts";
import { createReport } from "../../../src/evaluation/report.ts";

const dataset = { path: "t.jsonl", sha256: "0".repeat(64), refused: [{ line: 3, reason: "the line is <b>not</b> valid" }] };
const options = { temperature: 0, maximumTokens: 8, seed: 0 };
const record = { line: 1, prompt: [{ role: "user", content: '=HYPERLINK("http://x","y")' }], reference: "-1" };
const says = (text: string) => ({ text, finishReason: "stop" });
const report = createReport({ createdAt: "2026-01-02T03:04:05.000Z", dataset, models: { provider: "p", base: "b", tuned: "t" }, options }, exactMatchMetric, [{ record, base: says('a, "b"\nc'), tuned: { failure: "@home" } }]);
const plan = createPlanReport({ createdAt: "2026-01-02T03:04:05.000Z", plan: "a.eval.jsonc", dataset, candidates: ["one", "two", "three"].map((name) => ({ name, service: "p", model: name })), options }, exactMatchMetric, [{ record, outcomes: [says("-1"), says("x"), says("+2")] }]);

describe("a report that goes out", () => {
  it("is a table in which no cell is a formula, and quotes, commas and line breaks stay in their cells", () => {
    assert.equal(toCsv(report), `line,question,reference,b: answer,b: right,t: answer,t: right\r\n1,"'=HYPERLINK(""http://x"",""y"")",'-1,"a, ""b""\nc",false,no answer: @home,\r\n`);
    assert.equal(toCsv(plan).split("\r\n")[1], `1,"'=HYPERLINK(""http://x"",""y"")",'-1,'-1,true,x,false,'+2,false`);
  });

  it("is lines of JSON with every answer and the prompt whole", () => {
    assert.deepEqual(JSON.parse(toJsonLines(plan)), { line: 1, prompt: record.prompt, reference: "-1", answers: [
      { candidate: "one", ...says("-1"), right: true }, { candidate: "two", ...says("x"), right: false }, { candidate: "three", ...says("+2"), right: false },
    ] });
    assert.deepEqual((JSON.parse(toJsonLines(report)) as { answers: unknown[] }).answers[1], { candidate: "t", failure: "@home" });
  });

  it("is a document in which texts stay texts, and what is not known is called undefined", () => {
    const text = toMarkdown(report);
    assert.match(text, /^\*\*Cannot tell which model is better\.\*\* No record was answered by both models\./m);
    assert.match(text, /^\| b \| no record was answered \| undefined \| undefined \| baseline \|$/m);
    assert.match(text, /^- Line 3: the line is \\<b\\>not\\<\/b\\> valid$/m);
    assert.match(toMarkdown(plan), /^\| one \| 1 of 1 \| 100\.0 % \| .+ \| baseline \|$/m);
  });

  it("is a configuration of promptfoo's, which names no address and no key, and says what promptfoo lacks", () => {
    const records = ["plain", "with {{ a template }}"].map((content, index) => ({ record: { ...record, line: index + 1, prompt: [{ role: "user", content }] }, outcomes: [says("-1"), says("x")] }));
    const made = { createdAt: "2026-01-02T03:04:05.000Z", plan: "a.eval.jsonc", dataset, candidates: [{ name: "one", service: "My service", model: "m" }, { name: "shown", service: "My service", model: "m", fewShot: 2 }], options };
    const config = JSON.parse(toPromptfoo(createPlanReport(made, exactMatchMetric, records, [chrfMetric, jsonValidMetric, createMetric({ metric: "json-schema", schema: { type: "object" } } as never) ?? assert.fail()]))) as Record<string, unknown>;
    assert.deepEqual(config["providers"], [{ id: "openai:chat:m", label: "one", config: { apiBaseUrl: "{{ env.MY_SERVICE_BASE_URL }}", apiKeyEnvar: "MY_SERVICE_API_KEY", temperature: 0, max_tokens: 8, seed: 0 } }]);
    assert.deepEqual([config["prompts"], config["tests"]], [["{{ messages | dump }}"], [{
      description: "line 1", vars: { messages: [{ role: "user", content: "plain" }] }, metadata: { line: 1, reference: "-1" },
      assert: [{ type: "equals", value: "-1", transform: "output.trim()" }, { type: "is-json" }, { type: "is-json", value: { type: "object" } }],
    }]]);
    assert.match(String(config["description"]), /Without a counterpart here: chrf\. Asked with examples in Tunesmith and left out here: shown\. 1 record is left out, whose texts promptfoo would take for templates\.$/);
    assert.deepEqual(["a/promptfooconfig.yaml", "promptfooconfig.json", "x.JSONL", "x.json"].map((name) => formOf(name)?.name), ["toPromptfoo", "toPromptfoo", "toJsonLines", undefined]);
  });
});
