import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReport, saveReport, toFileName } from "../../../src/evaluating/report-file.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { createReport, type Report } from "../../../src/evaluation/report.ts";


function makeReport(tuned: string): Report {
  return createReport(
    { createdAt: "2026-01-02T03:04:05.678Z", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, models: { provider: "local", base: "b", tuned }, options: { temperature: 0, maximumTokens: 8 } },
    exactMatchMetric,
    [{ record: { line: 1, prompt: [{ role: "user", content: "q" }], reference: "a" }, base: { text: "a", finishReason: "stop" }, tuned: { failure: "no" } }],
  );
}

describe("files of an evaluation", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tunesmith-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("saves a report beside the others, replaces none, and reads it again", async () => {
    const report = makeReport("ft:base:org/x:1");
    const first = await saveReport(join(folder, "new"), report);
    const second = await saveReport(join(folder, "new"), report);
    assert.deepEqual((await readdir(join(folder, "new"))).sort(), ["2026-01-02T03-04-05Z-ft-base-org-x-1-2.json", "2026-01-02T03-04-05Z-ft-base-org-x-1.json"]);
    assert.notEqual(first, second);
    assert.deepEqual(await openReport(first), report);
    await writeFile(first, "{}");
    await assert.rejects(openReport(first), (error: Error) => error.message.startsWith(`${first}: This is not an evaluation report`));
  });

  it("makes a file's name of any model's name", () => {
    assert.deepEqual(["a/../../b", "..\\x", "\u0000", "", "CON", "modèle:1", "x".repeat(200)].map(toFileName), ["a-..-..-b", "x", "model", "model", "CON", "modèle-1", "x".repeat(60)]);
  });
});
