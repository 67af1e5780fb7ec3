import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importEvaluation } from "../../../src/cli/evaluation/import.ts";
import type { Streams } from "../../../src/cli/streams.ts";
import { parsePlan } from "../../../src/evaluation/plan-file/parse.ts";

describe("taking over evaluations on the command line", () => {
  let folder: string;
  const said = { output: "", notes: "" };
  const streams = { output: (text: string) => void (said.output += text), notes: (text: string) => void (said.notes += text) } as unknown as Streams;
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tunesmith-import-"));
    Object.assign(said, { output: "", notes: "" });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("makes a plan and its test file of promptfoo's YAML, which can be run as they are, and replaces nothing", async () => {
    const config = file("promptfooconfig.yaml", "prompts:\n  - 'Capital of {{country}}?'\nproviders: [openai:gpt-4o-mini, openai:gpt-4o]\ntests:\n  - vars: { country: France }\n    assert:\n      - type: equals\n        value: Paris\n      - { type: similar, value: Paris }\n");
    const out = join(folder, "capitals.eval.jsonc");
    assert.equal(await importEvaluation(config, { out, service: "Ours" }, streams), 0);
    const plan = parsePlan(readFileSync(out, "utf8"));
    assert.deepEqual("value" in plan && plan.value, { test: "capitals.test.jsonl", metrics: ["exact-match"], candidates: [{ model: "gpt-4o-mini", service: "Ours" }, { model: "gpt-4o", service: "Ours" }] });
    assert.equal(readFileSync(join(folder, "capitals.test.jsonl"), "utf8"), '{"messages":[{"role":"user","content":"Capital of France?"},{"role":"assistant","content":"Paris"}]}\n');
    assert.deepEqual([said.output.startsWith("1 record in "), said.notes], [true, "Left out: the assertion similar\n"]);
    await assert.rejects(importEvaluation(config, { out, service: "Ours" }, streams), /is there already, and nothing is replaced/);
  });

  it("finds the samples of a registry entry of OpenAI Evals, and asks for candidates, which these have none of", async () => {
    for (const name of ["evals", "data"]) mkdirSync(join(folder, name));
    file("data/samples.jsonl", '{"input": "2+2=", "ideal": "4"}\n');
    const entry = file("evals/arithmetic.yaml", "arithmetic:\n  id: arithmetic.v0\narithmetic.v0:\n  class: evals.elsuite.basic.match:Match\n  args:\n    samples_jsonl: samples.jsonl\n");
    const out = join(folder, "a.eval.jsonc");
    assert.equal(await importEvaluation(entry, { out, service: "local" }, streams), 0);
    assert.deepEqual((JSON.parse(readFileSync(out, "utf8")) as { metrics: unknown }).metrics, ["starts-with"]);
    assert.match(said.notes, /names none: add them to the plan/);
  });

  it("says what cannot be read", async () => {
    const refused = (name: string, text: string, out = "x.eval.jsonc"): Promise<unknown> => importEvaluation(file(name, text), { out: join(folder, out), service: "local" }, streams);
    await assert.rejects(refused("a.yaml", "a: [1"), /a\.yaml is neither YAML nor JSON: /);
    await assert.rejects(refused("b.yaml", "a: 1"), /is none of what can be read/);
    await assert.rejects(refused("c.yaml", "c:\n  class: x:Match\n  args: { samples_jsonl: //host/share/s.jsonl }"), /its samples are at an address/);
    await assert.rejects(refused("d.jsonl", '{"input": "a", "ideal": ["b", "c"]}'), /Nothing of .*d\.jsonl can be taken over\. line 1: it has several ideal answers/);
    await assert.rejects(refused("e.yaml", "a: 1", "x.jsonc"), /the name of a plan ends with \.eval\.jsonc/);
  });
});
