import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { Ajv } from "ajv";
import type { Log, Result } from "sarif";
import { presentSarif, type SarifOptions } from "../../../src/cli/present-sarif.ts";
import { datasetRules, recordRules } from "../../../src/dataset/rules/index.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import { lintFile } from "../../../src/workers/lint-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

// It is written in draft 4 of JSON Schema, and uses nothing that later drafts read otherwise.
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json", "utf8")) as Record<string, unknown>;
const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
const isSarif = ajv.compile(schema);

describe("findings as SARIF", () => {
  const scratch = scratchFolder();
  const record = '{"messages": [{"role": "User", "content": "😀"}, {"role": "assistant", "content": "b", "weight": 2}]}';

  const present = (files: Readonly<Record<string, string>>, messages: readonly string[] = [], options?: SarifOptions): Log => {
    const linted = Object.entries(files).map(([path, content], index) => {
      const copy = scratch.file(`data-${index}.jsonl`, content);
      return { path, copy, result: lintFile(copy, openaiSft) };
    });
    const log = JSON.parse([...presentSarif(linted, messages.map((message) => ({ path: "none.jsonl", message })), options)].join("")) as Log;
    assert.ok(isSarif(log), ajv.errorsText(isSarif.errors, { separator: "\n" }));
    return log;
  };

  it("follow the schema of SARIF 2.1.0, with every rule and every finding", () => {
    const [run] = present({ "data/a b.jsonl": `${record}\n\n{`, "/abs/ü.jsonl": "" }).runs;
    assert.deepEqual(run?.tool.driver.rules?.map(({ id }) => id), [...recordRules, ...datasetRules].map(({ id }) => id).sort());
    const results = run?.results ?? [];
    for (const { ruleId, ruleIndex } of results) assert.equal(run?.tool.driver.rules?.[ruleIndex ?? -1]?.id, ruleId);
    assert.deepEqual(new Set(results.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri)), new Set(["data/a%20b.jsonl", "file:///abs/%C3%BC.jsonl"]));
    const role = results.find(({ ruleId }) => ruleId === "unknown-role");
    assert.deepEqual(role?.locations?.[0]?.physicalLocation?.region, { startLine: 1, startColumn: 24, endLine: 1, endColumn: 30 });
    assert.deepEqual(role?.fixes, [{
      description: { text: 'Write "user"' },
      artifactChanges: [{ artifactLocation: { uri: "data/a%20b.jsonl", index: 0 }, replacements: [{ deletedRegion: { startLine: 1, startColumn: 24, endLine: 1, endColumn: 30 }, insertedContent: { text: '"user"' } }] }],
    }]);
  });

  it("say what could not be read, and that the run is not whole", () => {
    const [run] = present({}, ["Cannot read none.jsonl: there is no such file."]).runs;
    assert.deepEqual(run?.invocations, [{ executionSuccessful: false, toolExecutionNotifications: [{ level: "error", message: { text: "Cannot read none.jsonl: there is no such file." } }] }]);
    assert.deepEqual(run?.results, []);
  });

  it("have what GitHub's code scanning requires of every rule and every result", () => {
    const [run] = present({ "data.jsonl": `${record}\n{\n${record}` }).runs;
    for (const { shortDescription, fullDescription, help } of run?.tool.driver.rules ?? []) {
      for (const text of [shortDescription?.text, fullDescription?.text]) assert.ok(text && text.length <= 1024);
      assert.ok(help?.text && help.markdown);
    }
    for (const { locations, partialFingerprints } of run?.results ?? []) {
      assert.equal(locations?.length, 1);
      assert.match(partialFingerprints?.["primaryLocationLineHash"] ?? "", /^[0-9a-f]{16}:\d+$/);
    }
  });

  it("keep a finding's fingerprint when lines before it come and go, and tell equal lines apart", () => {
    const fingerprints = (content: string, rule: string) => (present({ "data.jsonl": content }).runs[0]?.results ?? []).filter(({ ruleId }) => ruleId === rule).map(({ partialFingerprints }) => partialFingerprints?.["primaryLocationLineHash"]);
    const others = Array.from({ length: 3 }, (_, index) => record.replace('"User"', '"user"').replace("😀", String(index))).join("\n");
    const [first, second] = fingerprints(`${record}\n${record}`, "unknown-role");
    assert.deepEqual(fingerprints(`${others}\n${record}\n\n${record}`, "unknown-role"), [first, second]);
    assert.notEqual(first, second);
    assert.notEqual(fingerprints(record.replace('"b"', '"c"'), "unknown-role")[0], first);
  });

  it("are cut to what GitHub takes, the least grave first, and say so", () => {
    const content = `\n\n\n${record}`;
    const all = present({ "data.jsonl": content }).runs[0]?.results ?? [];
    const errors = all.filter(({ level }) => level === "error");
    assert.ok(errors.length < all.length);
    const [run] = present({ "data.jsonl": content }, [], { limits: { results: errors.length + 1, packedBytes: 10e6 } }).runs;
    assert.deepEqual(run?.results?.filter(({ level }) => level === "error"), errors);
    assert.equal(run?.results?.length, errors.length + 1);
    assert.deepEqual(run?.invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text), [
      `${all.length - errors.length - 1} of ${all.length} findings are left out, the least grave ones: GitHub takes ${errors.length + 1} at most, and 10 MB of them packed. "--format json" has all.`,
    ]);
  });

  it("are cut to the bytes that GitHub takes packed, the least grave first, whatever they hold, and say so", function () {
    this.timeout(60_000);
    const noise = (seed: number): string => createHash("sha512").update(String(seed)).digest("base64");
    const broken = Array.from({ length: 700 }, (_, index) => `{"messages": [{"role": "${noise(index)}", "content": "a "}, {"role": "assistant", "content": " b"}]}`).join("\n");
    const all = present({ "data.jsonl": broken });
    const packedBytes = Math.floor(gzipSync(JSON.stringify(all)).length * 0.8);
    const cut = present({ "data.jsonl": broken }, [], { limits: { results: 25_000, packedBytes } });
    const [results, whole] = [cut, all].map(({ runs }) => runs[0]?.results ?? []) as [Result[], Result[]];
    const size = gzipSync(JSON.stringify(cut)).length;
    assert.ok(size <= packedBytes && size > packedBytes * 0.6, `${size} bytes`);
    const levels = ["error", "warning", "note"];
    const numbers = (of: readonly Result[]): readonly number[] => levels.map((level) => of.filter((result) => result.level === level).length);
    const [errors = 0, warnings = 0] = numbers(whole);
    assert.deepEqual(numbers(results), results.length <= errors ? [results.length, 0, 0] : [errors, Math.min(warnings, results.length - errors), 0]);
    assert.match(cut.runs[0]?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text ?? "", new RegExp(`^${whole.length - results.length} of ${whole.length} findings are left out`));
  });

  it("hold the page of each rule as its help, where the program lies beside them", () => {
    const [run] = present({ "data.jsonl": record }, [], { rulePage: (rule) => (rule === "unknown-role" ? "# unknown-role\n\nA page.\n" : undefined) }).runs;
    const help = (rule: string) => run?.tool.driver.rules?.find(({ id }) => id === rule)?.help?.markdown ?? "";
    assert.match(help("unknown-role"), /^# unknown-role\n\nA page\.\n\n`"rules": \{ "unknown-role": "off" \}` in `tunesmith\.jsonc` silences it\.$/);
    assert.match(help("blank-line"), /Source: /);
  });

  it("are valid whatever a dataset holds", () => {
    present({ "C:\\data\\x.jsonl": '\uFEFF{"messages": [{"role": "\u202e</script>\u2028", "content": null}]}\n[1]\nnull', "b.jsonl": "\u0000" });
  });
});
