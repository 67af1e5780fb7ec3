import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { splitFile } from "../../../src/workers/split-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

describe("splitting a file", () => {
  const scratch = scratchFolder();
  const partsIn = (folder: string) => ({ training: scratch.path(`${folder}/a.training.jsonl`), validation: scratch.path(`${folder}/a.validation.jsonl`) });

  it("gives every record to one part, byte for byte and in its order, and same records to the same", () => {
    const records = Array.from({ length: 300 }, (_, index) => `{"n": ${index % 100}, "big": 1.0}`);
    const parts = partsIn("parts");
    splitFile(scratch.file("a.jsonl", records.join("\r\n\r\n")), parts, { share: 0.2, seed: 1 });
    const [training, validation] = [parts.training, parts.validation].map((part) => readFileSync(part, "utf8").split(/\r?\n/).filter(Boolean));
    assert.ok(training && validation);
    assert.deepEqual([...training, ...validation].sort(), [...records].sort());
    assert.deepEqual(training.filter((line) => validation.includes(line)), []);
    assert.deepEqual(validation.slice(0, validation.length / 3), validation.slice(validation.length / 3, (validation.length / 3) * 2));
  });

  it("refuses a share that leaves a part empty, and leaves nothing behind", () => {
    assert.throws(() => splitFile(scratch.file("few.jsonl", '{"n":1}\n{"n":2}\n'), partsIn("none"), { share: 0.000001, seed: 0 }), /few\.jsonl: a share of 0\.000001 of its 2 records keeps 0 back, and both parts need some/);
    assert.deepEqual(readdirSync(scratch.path("none")), []);
  });

  it("never writes over the file that it reads", () => {
    const path = scratch.file("own.jsonl", '{"n":1}\n');
    assert.throws(() => splitFile(path, { training: path, validation: scratch.path("v.jsonl") }, { share: 0.5, seed: 0 }), /it is the file that is read/);
  });
});
