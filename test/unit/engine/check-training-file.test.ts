import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import { createTrainingFileCheck, type CheckTrainingFile } from "../../../src/engine/check-training-file.ts";
import { createDatasetClient, type DatasetClient } from "../../../src/workers/dataset-client.ts";
import { buildProgram } from "../../support/build-program.ts";
import { scratchFolder } from "../../support/scratch.ts";

const never = new AbortController().signal;
const record = '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}';
const noAnswer = '{"messages":[{"role":"user","content":"Hi"}]}';

describe("createTrainingFileCheck, with the real worker", () => {
  const { path, file } = scratchFolder();
  let linting: DatasetClient;
  let check: CheckTrainingFile;

  before(async () => {
    linting = createDatasetClient(pathToFileURL(resolve(await buildProgram("dataset-worker"))), () => undefined, () => undefined);
    check = createTrainingFileCheck(linting);
  });
  after(() => linting.dispose());

  it("counts the records, of which one is enough, and passes over blank lines", async () => {
    assert.equal(await check(file("one.jsonl", record), "training", "supervised", never), 1);
    assert.equal(await check(file("three.jsonl", `${record}\n\n${record}\n${record}\n`), "training", "supervised", never), 3);
  });

  it("takes pairs for the method dpo and answers for the method supervised, not the one for the other", async () => {
    const pair = '{"input":{"messages":[{"role":"user","content":"Hi"}]},"preferred_output":[{"role":"assistant","content":"Hello"}],"non_preferred_output":[{"role":"assistant","content":"What?"}]}';
    assert.equal(await check(file("pairs.jsonl", `${pair}\n${pair}\n`), "training", "dpo", never), 2);
    for (const [content, method] of [[pair, "supervised"], [record, "dpo"]] as const) await assert.rejects(check(file("other.jsonl", content), "training", method, never), { code: "invalid_training_file", message: /Example 1: / });
  });

  it("refuses what OpenAI refuses, in its words, with 1-based numbers; names five faults and counts the others", async () => {
    await assert.rejects(check(file("bad.jsonl", `${record}\n{"messages":\n${noAnswer}\n`), "training", "supervised", never), (error: { code: string; message: string }) => {
      assert.equal(error.code, "invalid_training_file");
      assert.match(error.message, /^The job failed due to an invalid training file\. Invalid file format\. Example 2: .* Example 3: /);
      return true;
    });
    await assert.rejects(check(file("worse.jsonl", "no\n".repeat(12)), "validation", "supervised", never), (error: { code: string; message: string }) => {
      assert.equal(error.code, "invalid_validation_file");
      assert.match(error.message, /invalid validation file\. .*Example 5: .* … and 7 more\.$/s);
      assert.doesNotMatch(error.message, /Example 6/);
      return true;
    });
  });

  it("says of a whole file what is wrong with it, without the number of an example", async () => {
    const wrong: readonly [string, RegExp][] = [
      [file("empty.jsonl", ""), /Invalid file format\. (?!Example).*empty/i],
      [file("blank.jsonl", "\n\n"), /Invalid file format\. (?!Example).*0 records/],
      [file("utf-16.jsonl", Buffer.from(`\uFEFF${record}\n`, "utf16le")), /Invalid file format\. (?!Example).*UTF-16/],
    ];
    for (const [wrongFile, message] of wrong) await assert.rejects(check(wrongFile, "training", "supervised", never), { code: "invalid_training_file", message });
  });

  it("says that a file is missing, or a directory", async () => {
    await assert.rejects(check(path("none.jsonl"), "training", "supervised", never), { message: `Cannot read ${path("none.jsonl")}: there is no such file.` });
    await assert.rejects(check(path("."), "training", "supervised", never), { message: `Cannot read ${path(".")}: it is a directory; a file is expected.` });
  });

  it("leaves this thread free while it checks 30 MB, and can be aborted", async function () {
    this.timeout(60_000);
    const long = record.replace("Hello", "word ".repeat(1000));
    const records = Math.ceil(30e6 / (long.length + 1));
    const large = file("large.jsonl", `${long}\n`.repeat(records));
    let turns = 0;
    const turn = (): void => {
      turns++;
      timer = setTimeout(turn);
    };
    let timer = setTimeout(turn);
    assert.equal(await check(large, "training", "supervised", never), records);
    clearTimeout(timer);
    assert.ok(turns > 20, `the event loop turned ${turns} times`);

    const abort = new AbortController();
    const aborted = assert.rejects(check(large, "training", "supervised", abort.signal), { name: "AbortError" });
    abort.abort();
    await aborted;
  });
});
