import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { exactMatchMetric } from "../../../../src/evaluation/metrics/exact-match.ts";
import { createReport, writeReport } from "../../../../src/evaluation/report.ts";
import { openReport } from "../../../../src/workers/report/report-client.ts";
import { toWholeRecord } from "../../../../src/workers/report/whole-record.ts";
import { buildProgram } from "../../../support/build-program.ts";
import { scratchFolder } from "../../../support/scratch.ts";

describe("report worker", () => {
  const scratch = scratchFolder();
  let worker: URL;
  before(async () => {
    worker = pathToFileURL(await buildProgram("report-worker"));
  });

  it("reads a report once, and answers from it until it is closed", async () => {
    const report = createReport(
      { createdAt: "2026-01-02T03:04:05.000Z", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, models: { provider: "local", base: "b", tuned: "t" }, options: { temperature: 0, maximumTokens: 8 } },
      exactMatchMetric,
      [1, 2, 3].map((line) => ({ record: { line, prompt: [{ role: "user", content: `q${line}` }], reference: "a" }, base: { text: "a", finishReason: "stop" }, tuned: { text: line === 2 ? "x" : "a", finishReason: "stop" } })),
    );
    const client = await openReport(worker, scratch.file("r.json", writeReport(report)));
    assert.deepEqual((await client.rows({ filter: "all", order: "regression" }, 0, 2)).rows.map(({ line }) => line), [2, 1]);
    assert.deepEqual([(await client.candidates()), (await client.record(3)).prompt], [["b", "t"], [{ role: "user", content: "q3" }]]);
    await assert.rejects(client.record(9), { message: "The report has no record of line 9." });
    const { summary } = await client.overview();
    assert.deepEqual([summary.base.right, summary.tuned.right], [3, 2]);
    const waiting = client.record(1);
    client.dispose();
    await assert.rejects(waiting, { message: "The report was closed." });
    await assert.rejects(client.head(), { message: "The report was closed." });
  });

  it("says of a file that is no report which it is and what is wrong, and of one that is not there that it is not", async () => {
    await assert.rejects(openReport(worker, scratch.file("no.json", "{}")), /no\.json: This is not an evaluation report: it lacks "format"/);
    await assert.rejects(openReport(worker, scratch.path("absent.json")), /absent\.json.*no such file/);
  });
});

describe("record as a page shows it", () => {
  const record = (text: string) => ({ line: 1, prompt: [{ role: "user", content: text }], reference: "yes", outcomes: [{ text, finishReason: "stop", right: false }, { failure: "No answer." }] });

  it("is whole as long as a message can carry it", () => {
    assert.deepEqual(toWholeRecord(record("x"), ["b", "t"]), { line: 1, prompt: [{ role: "user", content: "x" }], reference: "yes", answers: [{ name: "b", outcome: { text: "x", finishReason: "stop", right: false } }, { name: "t", outcome: { failure: "No answer." } }] });
  });

  it("is cut where it says so, whatever the texts are made of", () => {
    for (const text of ["x".repeat(2_000_000), "\u0000".repeat(500_000), "\u{1F600}".repeat(400_000)]) {
      const shown = toWholeRecord(record(text), []);
      assert.ok(Buffer.byteLength(JSON.stringify(shown)) < 1_000_000);
      assert.ok(shown.cutAt !== undefined && shown.cutAt > 30_000 && (shown.prompt[0]?.content.length ?? 0) <= shown.cutAt);
      assert.doesNotMatch(shown.prompt[0]?.content ?? "", /[\uD800-\uDBFF]$/);
    }
  });
});
