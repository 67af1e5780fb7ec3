import assert from "node:assert/strict";
import type { Launch } from "../../../src/jobs/launch.ts";
import { filesInThread } from "../../../src/launch/files-in-thread.ts";
import { openLedger } from "../../../src/launch/ledger-file.ts";
import { fileToMend, locateFailure, openFailures, reasonOf } from "../../../src/launch/locate-failure.ts";
import { hashLine } from "../../../src/workers/find-lines.ts";
import { scratchFolder } from "../../support/scratch.ts";

const never = new AbortController().signal;
const files = filesInThread((message) => assert.fail(message));
const line = (number: number): string => JSON.stringify({ messages: [{ role: "user", content: `${number}?` }] });
const refused = { code: "invalid_training_file", message: "Invalid file format. Example 2 is missing key 'messages'" };

describe("the lines that a failed job means", () => {
  const scratch = scratchFolder();

  async function launched(text: string): Promise<Launch> {
    const path = scratch.file("train.jsonl", text);
    return { id: "1", provider: "p", createdAt: 1, changedAt: 1, step: "created", job: "job-1", dataset: { path, sha256: await files.hashFile(path, never), records: 3 }, request: { model: "m", hyperparameters: {} } };
  }

  it("are known by what stood there, and kept in the ledger", async () => {
    const launch = await launched([line(1), line(2), line(3)].join("\n"));
    const failure = await locateFailure(launch, refused, files, never);
    assert.deepEqual(failure, { ...refused, file: "training", lines: [{ line: 2, sha256: hashLine(line(2)), byteLength: line(2).length + 1, words: "Example 2 is missing key 'messages'" }] });
    const ledger = openLedger(scratch.path("launches"));
    await ledger.save({ ...launch, step: "ended", failure });
    assert.deepEqual((await ledger.list())[0]?.failure, failure);
  });

  it("are not made up for a file that has changed since, nor for one that is too long for what its server counts", async () => {
    const launch = await launched([line(1), line(2)].join("\n"));
    scratch.file("train.jsonl", line(1));
    assert.deepEqual(await locateFailure(launch, refused, files, never), { ...refused, file: "training", lines: [], changed: true });
    const large = await launched(`${line(1)}\n`.repeat(300_000));
    assert.deepEqual((await locateFailure(large, { message: "ArrowInvalid: JSON parse error: Invalid value. in row 5" }, files, never)).lines, []);
  });

  it("are those of the validation file where the failure is about that", async () => {
    const launch = await launched(line(1));
    const path = scratch.file("valid.jsonl", `${line(8)}\n${line(9)}\n`);
    const both: Launch = { ...launch, validation: { path, sha256: await files.hashFile(path, never), records: 2 } };
    const failure = await locateFailure(both, { code: "invalid_validation_file", message: "Example 2 is missing key 'messages'" }, files, never);
    assert.deepEqual([failure.file, failure.lines.map((each) => each.sha256)], ["validation", [hashLine(line(9))]]);
    assert.equal(fileToMend({ ...both, failure }), path);
    assert.equal(fileToMend({ ...both, failure, splitFrom: "/whole.jsonl" }), "/whole.jsonl");
  });

  it("may be told by an event only", async () => {
    const events = [{ id: "1", createdAt: 1, level: "error" as const, message: "ArrowInvalid: JSON parse error: Invalid value. in row 5" }, { id: "2", createdAt: 2, level: "info" as const, message: "line 3" }];
    assert.match((await reasonOf({ id: "j", error: { code: "ERROR", message: "The job ended with an error." } }, { listEvents: async () => events }, never)).message, /in row 5/);
    assert.equal((await reasonOf({ id: "j", error: { message: "Closed." } }, { listEvents: () => Promise.reject(new Error("away")) }, never)).message, "Closed.");
  });

  it("are to be mended until the same was started again", async () => {
    const launch = await launched(line(1));
    const failed: Launch = { ...launch, launchFile: "/a.finetune.jsonc", step: "ended", failure: { ...refused, file: "training", lines: [{ line: 2, sha256: "a", byteLength: 1, words: "w" }] } };
    const again: Launch = { ...launch, id: "2", createdAt: 2, launchFile: "/a.finetune.jsonc" };
    assert.deepEqual(openFailures([failed]).map(({ id }) => id), ["1"]);
    assert.deepEqual(openFailures([failed, again]), []);
    assert.deepEqual(openFailures([failed, { ...again, step: "refused" }]).map(({ id }) => id), ["1"]);
  });
});
