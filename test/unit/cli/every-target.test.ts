import assert from "node:assert/strict";
import { targets } from "../../../src/dataset/targets/index.ts";
import { cleanRecords, programFixture } from "./program-fixture.ts";

interface Table {
  readonly path: string;
  readonly records: number;
  readonly judgedBy: string;
  readonly targets: readonly { readonly target: string; readonly method: string; readonly verdict: string; readonly errors: number; readonly reasons: readonly { readonly rule: string; readonly count: number; readonly message: string; readonly line?: number }[] }[];
}

describe("tunesmith targets FILE", function () {
  this.timeout(20_000);
  const { file, run } = programFixture();
  const keyed = cleanRecords.map((record) => record.replace("}]}", '}],"note":"n"}')).join("\n");

  it("says in a table which targets take the file, and why the others do not", async () => {
    file("data.jsonl", keyed);
    const { code, stdout, stderr } = await run(["targets", "data.jsonl"]);
    assert.deepEqual([code, stderr], [0, ""]);
    const lines = stdout.split("\n");
    assert.equal(lines[0], "data.jsonl: OpenAI chat, 10 records");
    assert.ok(lines.some((line) => /^ {2}as it is {10}trl\/sft +TRL supervised fine-tuning$/.test(line)));
    const openai = lines.findIndex((line) => /^ {2}after safe fixes {2}openai\/sft/.test(line));
    assert.match(lines[openai + 1] ?? "", /^ +1:\d+ .*"note".* \[unknown-key × 10\]$/);
    assert.match(lines.at(-2) ?? "", /^\d+ as it is, \d+ after safe fixes, \d+ not at all\.$/);
  });

  it("says the same as JSON, of standard input too", async () => {
    const { code, stdout } = await run(["targets", "-", "--format", "json"], { input: keyed });
    const table = JSON.parse(stdout) as Table;
    assert.deepEqual([code, table.path, table.records, table.judgedBy, table.targets.length], [0, "-", 10, "fixing", targets.length]);
    const openai = table.targets.find(({ target, method }) => target === "openai" && method === "sft");
    assert.deepEqual([openai?.verdict, openai?.errors, openai?.reasons.map(({ rule, count, line }) => [rule, count, line])], ["after-fixes", 10, [["unknown-key", 10, 1]]]);
  });

  it("heeds the configuration, and says when there is no file", async () => {
    file("project/data.jsonl", keyed);
    file("project/tunesmith.jsonc", '{"rules": {"unknown-key": "off"}}');
    assert.match((await run(["targets", "project/data.jsonl"])).stdout, /as it is {10}openai\/sft/);
    const gone = await run(["targets", "gone.jsonl"]);
    assert.deepEqual([gone.code, gone.stdout, gone.stderr], [2, "", "Cannot read gone.jsonl: there is no such file.\n"]);
  });
});
