import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluationFolder } from "../../../src/evaluating/evaluation-folder.ts";
import { openReport, savePlanReport, saveReport, toFileName } from "../../../src/evaluating/report-file.ts";
import { listRuns } from "../../../src/evaluating/run-history.ts";
import { createPlanReport } from "../../../src/evaluation/plan-report.ts";
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

  it("lists the runs of a folder by what stands before their records, the latest first, and passes over what is no report", async () => {
    const first = makeReport("tuned");
    const large = { ...first, createdAt: "2026-01-03T00:00:00.000Z", dataset: { ...first.dataset, refused: Array.from({ length: 3000 }, (_, line) => ({ line: line + 1, reason: 'not a record: \n  "records": [' })) } };
    const { version: _version, models: _models, summary: _summary, records: _records, ...setting } = first;
    const plan = createPlanReport({ ...setting, createdAt: "2026-01-01T00:00:00.000Z", plan: "a.eval.jsonc", candidates: [{ name: "b", service: "s", model: "b" }, { name: "c", service: "s", model: "c" }] }, exactMatchMetric, [{ record: { line: 1, prompt: [{ role: "user", content: "q" }], reference: "a" }, outcomes: [{ failure: "no" }, { failure: "no" }] }]);
    for (const report of [first, large]) await saveReport(evaluationFolder(folder), report);
    await savePlanReport(evaluationFolder(folder), plan);
    await writeFile(join(evaluationFolder(folder), "other.json"), "{}");
    const runs = await listRuns(folder);
    assert.deepEqual(runs.map(({ head }) => [head.createdAt.slice(0, 10), head.version, head.dataset.refused.length]), [["2026-01-03", 1, 3000], ["2026-01-02", 1, 0], ["2026-01-01", 2, 0]]);
    assert.deepEqual(await listRuns(join(folder, "none")), []);
  });

  it("makes a file's name of any model's name", () => {
    assert.deepEqual(["a/../../b", "..\\x", "\u0000", "", "CON", "modèle:1", "x".repeat(200)].map(toFileName), ["a-..-..-b", "x", "model", "model", "CON", "modèle-1", "x".repeat(60)]);
  });
});
