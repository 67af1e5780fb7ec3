import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { runProgram } from "../../../src/cli/program.ts";
import type { Streams } from "../../../src/cli/streams.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("shaping datasets on the command line", () => {
  const scratch = scratchFolder();
  let notes = "";
  const run = (...parameters: string[]): Promise<number> => {
    notes = "";
    return runProgram(parameters, { output: () => undefined, notes: (text: string) => void (notes += text), columns: 80, colour: false } as unknown as Streams);
  };
  const records = Array.from({ length: 20 }, (_, number) => `{"prompt":"${number}","completion":"${number % 2 ? "odd" : "even"}"}`);

  it("splits beside the file, and says how many records of each label a part has", async () => {
    const input = scratch.file("n.jsonl", records.join("\n"));
    assert.equal(await run("split", input, "--validation", "4", "--test", "10%"), 0, notes);
    assert.match(notes, /^14 records of 20 written to .*n\.train\.jsonl\.\n {2}even 7, odd 7\n4 records of 20 written to .*n\.validation\.jsonl\.\n {2}even 2, odd 2\n2 records of 20 written to .*n\.test\.jsonl\.\n {2}even 1, odd 1\n$/);
    assert.ok(existsSync(scratch.path("n.test.jsonl.provenance")));
  });

  it("says what would be written, and writes nothing", async () => {
    assert.equal(await run("filter", scratch.file("d.jsonl", records.join("\n")), "--where", 'completion == "odd"', "--out", scratch.path("odd.jsonl"), "--dry-run"), 0);
    assert.match(notes, /^10 records of 20 would be written to /);
    assert.equal(existsSync(scratch.path("odd.jsonl")), false);
  });

  it("merges what patterns match", async () => {
    scratch.file("m1.jsonl", records[0] ?? "");
    scratch.file("m2.jsonl", records[1] ?? "");
    assert.equal(await run("merge", scratch.path("m?.jsonl"), "--out", scratch.path("merged.jsonl")), 0, notes);
    assert.equal(readFileSync(scratch.path("merged.jsonl"), "utf8"), `${records.slice(0, 2).join("\n")}\n`);
  });

  it("gives 2 for what cannot be asked, and says what can", async () => {
    const input = scratch.file("w.jsonl", records.join("\n"));
    assert.equal(await run("sample", input, "--records", "200%", "--out", scratch.path("x.jsonl")), 2);
    assert.match(notes, /--records 200%: an amount is a number of records, or a share such as 0\.1 or 10%/);
    assert.equal(await run("filter", input, "--where", "a ==", "--out", scratch.path("x.jsonl")), 2);
    assert.match(notes, /The condition cannot be read/);
    assert.equal(await run("balance", scratch.file("u.jsonl", '{"text":"a"}\n'), "--out", scratch.path("x.jsonl")), 2);
    assert.match(notes, /its records have no labels to balance/);
  });
});
