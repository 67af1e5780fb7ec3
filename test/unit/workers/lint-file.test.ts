import assert from "node:assert/strict";
import { sourceOf } from "../../../src/dataset/lines.ts";
import { lintOnce } from "../../../src/dataset/lint.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import { lintFile, type FileProgress } from "../../../src/workers/lint-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("linting a file", () => {
  const scratch = scratchFolder();
  const record = '{"messages": [{"role": "User", "content": "a"}, {"role": "assistant", "content": "b"},]}';

  it("finds what there is in its text", () => {
    const text = [record, "", "{", record].join("\n");
    assert.deepEqual(lintFile(scratch.file("some.jsonl", text), openaiSft), lintOnce(sourceOf(text), openaiSft));
  });

  it("tells how far it is, to the end", () => {
    // Without faults, which take their time.
    const path = scratch.file("long.jsonl", `${record.replace("User", "user").replace(",]", "]")} \n`.repeat(40_000));
    const seen: FileProgress[] = [];
    lintFile(path, openaiSft, { watch: (progress) => void seen.push(progress), withoutLikeness: true });
    assert.ok(seen.length >= 3);
    assert.deepEqual(seen.map(({ bytes }) => bytes), [...seen].map(({ bytes }) => bytes).sort((a, b) => a - b));
    assert.equal(seen.at(-1)?.bytes, seen.at(-1)?.byteLength);
    // The lines of the last slice are still being read when it is told.
    assert.ok(seen.every(({ lines }, index) => lines > (seen[index - 1]?.lines ?? 0) && lines <= 40_000));
  });

  it("ends with the error of a watcher that cancels", () => {
    const path = scratch.file("cancelled.jsonl", `${record}\n`.repeat(40_000));
    let told = 0;
    assert.throws(() => lintFile(path, openaiSft, {
      watch: () => {
        told++;
        throw new Error("enough");
      },
    }), /^Error: enough$/);
    assert.equal(told, 1);
  });

  it("says why a file cannot be read", () => {
    assert.throws(() => lintFile(scratch.path("gone.jsonl"), openaiSft), /Cannot read .*gone\.jsonl: there is no such file\./);
    assert.throws(() => lintFile(scratch.path(""), openaiSft), /it is a directory/);
  });
});
