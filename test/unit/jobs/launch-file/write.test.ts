import assert from "node:assert/strict";
import { parseLaunchFile } from "../../../../src/jobs/launch-file/parse.ts";
import { toLaunchText } from "../../../../src/jobs/launch-file/write.ts";
import type { LaunchFile } from "../../../../src/jobs/launch-file/schema.ts";

describe("writing a launch file", () => {
  it("gives what is read again, with service, model and data first", () => {
    const file: LaunchFile = { seed: 1, hyperparameters: { n_epochs: 3 }, data: { training: "train.jsonl", split: { validation: 0.1 } }, model: "m", service: "local", suffix: "bank", evaluation: { test: "test.jsonl" } };
    const text = toLaunchText(file);
    const read = parseLaunchFile(text);
    assert.deepEqual("value" in read && read.value, file);
    assert.match(text, /^\/\/ [^\n]+\n\{\n {2}"service": "local",\n {2}"model": "m",\n {2}"data": \{/);
  });
});
