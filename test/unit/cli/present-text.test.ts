import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { presentText } from "../../../src/cli/present-text.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import { lintFile } from "../../../src/workers/lint-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("findings as text", () => {
  const scratch = scratchFolder();
  const present = (content: string, colour: boolean, columns = 120): string => {
    const path = scratch.file("data.jsonl", content);
    return [...presentText([{ path, result: lintFile(path, openaiSft) }], { colour, columns })].join("").replaceAll(path, "data.jsonl");
  };
  const record = '{"messages": [{"role": "User", "content": "a"}, {"role": "assistant", "content": "b"}]}';

  it("says where, what, and how it is repaired, and sums up", () => {
    const others = Array.from({ length: 10 }, (_, index) => record.replace('"User"', '"user"').replace('"a"', `"${index}"`)).join("\n");
    assert.equal(present(`${record}\n\n${others}`, false), [
      'data.jsonl:1:24 error The role "User" must be written "user": roles are exact, in letter case and without spaces. [unknown-role]',
      `    ${record}`,
      `    ${" ".repeat(23)}^^^^^^`,
      '    fix: Write "user"',
      "data.jsonl:2:1 warning This line is empty; every line of a JSONL dataset holds one record. Remove it. [blank-line]",
      "    fix: Remove the empty line",
      "",
      '1 file, 11 records: 1 error, 1 warning; 2 can be fixed with "tunesmith fix"',
      "",
    ].join("\n"));
  });

  it("shows no line for a finding about the whole file", () => {
    assert.match(present(record.replace("User", "user"), false), /^data\.jsonl:1:1 error The file has 1 record; .*\n\n1 file, 1 record: 1 error, 0 warnings\n$/);
  });

  it("cuts excerpts to the terminal's width", () => {
    const lines = present(record, false, 60).split("\n").filter((line) => line.startsWith("    ") && !line.includes("fix: "));
    assert.equal(lines.length, 2);
    for (const line of lines) assert.ok(line.length <= 60, line);
  });

  it("shows findings without their lines when the file is gone", () => {
    const path = scratch.file("gone.jsonl", `${record}\n{`);
    const linted = { path, result: lintFile(path, openaiSft) };
    rmSync(path);
    assert.match([...presentText([linted], { colour: false, columns: 80 })].join(""), /^\S+gone\.jsonl:1:1 .*\[too-few-records\]\n\S+gone\.jsonl:1:24 .*\[unknown-role\]\n {4}fix: /);
  });

  it("colours severities where that is wanted", () => {
    assert.match(present("{", true), /\u001b\[31merror\u001b\[39m/);
  });

  it("shows what a dataset holds, but never obeys it", () => {
    assert.doesNotMatch(present('{"\u001b[2J": 1}\n{"messages": "\u009b2J\u202e"}', false), /[\u001b\u009b\u202e]/);
  });
});
