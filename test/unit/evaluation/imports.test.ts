import assert from "node:assert/strict";
import { readRegistry, readSamples } from "../../../src/evaluation/imports/openai-evals.ts";
import { readPromptfoo } from "../../../src/evaluation/imports/promptfoo.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { createPlanReport } from "../../../src/evaluation/plan-report.ts";
import { toPromptfoo } from "../../../src/evaluation/promptfoo-config.ts";

const chat = (question: string, answer: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] });

describe("a configuration of promptfoo's", () => {
  const equals = (value: string) => ({ type: "equals", value });

  it("is records and metrics: variables in the prompt, the right answer of an assertion, and what all tests share", () => {
    const schema = { type: "is-json", value: { type: "object" } };
    assert.deepEqual(readPromptfoo({
      prompts: ["Translate {{ text }} to {{language}}."], defaultTest: { vars: { language: "German" }, assert: [schema, { type: "latency", threshold: 100 }] },
      providers: ["openai:chat:gpt-4o-mini", { id: "openai:gpt-4o", label: "large" }, "anthropic:messages:claude-x"],
      tests: [{ vars: { text: "cat" }, assert: [equals("Katze"), { type: "llm-rubric", value: "polite" }] }, { vars: { text: "dog", language: "French" }, assert: [{ type: "icontains", value: "chien" }] }, { vars: { text: "x" } }],
    }), {
      lines: [chat("Translate cat to German.", "Katze"), chat("Translate dog to French.", "chien")], metrics: ["exact-match", "contains", { metric: "json-schema", schema: { type: "object" } }],
      candidates: [{ model: "gpt-4o-mini" }, { model: "gpt-4o", name: "large" }, { model: "claude-x" }],
      left: ["that letter case does not count for icontains", "test 3: no assertion says what the right answer is", "the assertion latency (3 times)", "the assertion llm-rubric"],
    });
  });

  it("may have a chat as its prompt; what stands in it stays a text", () => {
    const prompt = '[{"role": "system", "content": "Be brief."}, {"role": "user", "content": "{{ q }}"}]';
    const [line = ""] = readPromptfoo({ prompts: prompt, tests: [{ vars: { q: 'say "hi"\n{{ x }}' }, assert: [equals("hi")] }] })?.lines ?? [];
    assert.deepEqual((JSON.parse(line) as { messages: unknown[] }).messages, [{ role: "system", content: "Be brief." }, { role: "user", content: 'say "hi"\n{{ x }}' }, { role: "assistant", content: "hi" }]);
  });

  it("runs no template that does more than name variables, and says so", () => {
    const reasons = (prompt: string, vars: object): readonly string[] => readPromptfoo({ prompts: [prompt], tests: [{ vars, assert: [equals("a")] }] })?.left ?? [];
    assert.deepEqual(reasons("{% for x in y %}{{ x }}{% endfor %}", { x: "1" }), ["test 1: its prompt is a template that does more than name variables"]);
    assert.deepEqual(reasons("{{ x | upper }}", { x: "1" }), ["test 1: its prompt uses the filter upper"]);
    assert.deepEqual(reasons("{{ constructor }} {{ y }}", {}), ["test 1: its prompt wants y, which is no single value"]);
    assert.deepEqual(reasons("file://prompt.txt", {}), ["test 1: its prompt is in another file"]);
    assert.deepEqual(readPromptfoo({ prompts: ["q", "r"], providers: 7, defaultTest: "file://d.yaml", tests: [{ assert: [equals("a")] }] })?.left, ["1 further prompt: a plan asks every candidate the same", "defaultTest, which is in another file or another form", "providers, which are in another file or another form"]);
    assert.deepEqual([readPromptfoo({}), readPromptfoo([]), readPromptfoo("x"), readPromptfoo({ prompts: [], tests: [] })], [undefined, undefined, undefined, undefined]);
  });

  it("that a report was written as comes back as the same records", () => {
    const prompt = [{ role: "system", content: 'Name "it".' }, { role: "user", content: "Zeile\n2 🙂" }];
    const report = createPlanReport({ createdAt: "2026-01-02T03:04:05.000Z", plan: "a.eval.jsonc", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, candidates: ["one", "two"].map((name) => ({ name, service: "Ours", model: `m-${name}` })), options: { temperature: 0, maximumTokens: 8 } }, exactMatchMetric, [{ record: { line: 1, prompt, reference: "a" }, outcomes: [] }]);
    assert.deepEqual(readPromptfoo(JSON.parse(toPromptfoo(report))), { lines: [JSON.stringify({ messages: [...prompt, { role: "assistant", content: "a" }] })], metrics: ["exact-match"], candidates: [{ model: "m-one", name: "one" }, { model: "m-two", name: "two" }], left: [] });
  });
});

describe("definitions of OpenAI Evals", () => {
  it("name their samples and what counts as right; a class that is a model or a program is refused", () => {
    const entry = (name: string) => ({ "arithmetic": { id: "arithmetic.dev.v0", metrics: ["accuracy"] }, "arithmetic.dev.v0": { class: name, args: { samples_jsonl: "arithmetic/samples.jsonl" } } });
    assert.deepEqual(readRegistry(entry("evals.elsuite.basic.includes:Includes")), { name: "arithmetic.dev.v0", samples: "arithmetic/samples.jsonl", metric: "contains" });
    assert.deepEqual(["match:Match", "fuzzy_match:FuzzyMatch", "json_match:JsonMatch"].map((each) => (readRegistry(entry(`evals.elsuite.basic.${each}`)) as { metric: string }).metric), ["starts-with", "normalised-match", "json-match"]);
    assert.match((readRegistry(entry("evals.elsuite.modelgraded.classify:ModelBasedClassify")) as { reason: string }).reason, /which is a program or a model\. Expected is one of Match, /);
    assert.deepEqual([readRegistry([]), readRegistry({ a: 1 })], [undefined, undefined]);
  });

  it("have samples with an input and an ideal answer", () => {
    const samples = ['{"input": [{"role": "user", "content": "2+2="}], "ideal": "4"}', "", '{"input": "3+3=", "ideal": ["6"]}', '{"input": "x", "ideal": ["a", "b"]}', "{"].join("\r\n");
    assert.deepEqual(readSamples(samples, "starts-with"), { lines: [chat("2+2=", "4"), chat("3+3=", "6")], metrics: ["starts-with"], candidates: [], left: ["line 4: it has several ideal answers", 'line 5: it is no sample with "input" and "ideal"'] });
    assert.deepEqual([readSamples("", "contains"), readSamples('{"messages": []}', "contains")], [undefined, undefined]);
  });
});
