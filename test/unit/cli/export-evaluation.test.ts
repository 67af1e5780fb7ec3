import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { exportEvaluation } from "../../../src/cli/evaluation/export-evaluation.ts";
import type { Streams } from "../../../src/cli/streams.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { createReport, writeReport } from "../../../src/evaluation/report.ts";
import { exportReportFile } from "../../../src/workers/export-report.ts";
import { scratchFolder } from "../../support/scratch.ts";

const report = createReport(
  { createdAt: "2026-01-02T03:04:05.000Z", dataset: { path: "t.jsonl", sha256: "0".repeat(64), refused: [] }, models: { provider: "local", base: "b", tuned: "t" }, options: { temperature: 0, maximumTokens: 8 } },
  exactMatchMetric,
  [1, 2].map((line) => ({ record: { line, prompt: [{ role: "user", content: `q${line}` }], reference: "a" }, base: { text: "x", finishReason: "stop" }, tuned: { text: "a", finishReason: "stop" } })),
);
const said = (by: string, line: number, preferred: string | null, rating: number): string => [{ pair: ["b", "t"], first: "t", preferred }, { candidate: "t", rating }].map((word) => `${JSON.stringify({ at: "2026-01-03T00:00:00.000Z", by, line, ...word })}\n`).join("");

describe("a saved report in another form", () => {
  const scratch = scratchFolder();
  const written = { output: "", notes: "" };
  const streams = { output: (text: string) => void (written.output += text), notes: (text: string) => void (written.notes += text) } as unknown as Streams;
  let path: string;
  before(() => {
    path = scratch.file("r.json", writeReport(report));
    scratch.file("r.review.ann.jsonl", said("ann", 1, "t", 5) + said("ann", 2, "t", 4));
    scratch.file("r.review.bob.jsonl", said("bob", 1, "t", 5) + said("bob", 2, null, 2));
  });

  it("has what people said of its answers, and how far they agree", async () => {
    assert.equal(await exportEvaluation(path, {}, streams), 0);
    assert.match(written.output, /## What people say\n\n2 people reviewed answers without the names of models: ann, bob\./);
    assert.match(written.output, /ann and bob agree on which answer is better, that of b or of t, with Cohen's κ 0\.00 on 2 items/);
    assert.match(written.output, /\| t \| 1 \| 0 \| 1 \| 100\.0 % .+ \| cannot tell, exact sign test p = 1\.0000 \|/);
    assert.match(written.output, /\| t \| 4\.00 \| .+ \| 2 \|/);
    await exportEvaluation(path, { out: scratch.path("r.html") }, streams);
    assert.match(readFileSync(scratch.path("r.html"), "utf8"), /<h2>What people say<\/h2>/);
    assert.match(written.notes, /^Written: .*r\.html\n$/);
  });

  it("is what the editor writes; a name of its own form keeps the report as it is, and the report is never written over", () => {
    exportReportFile(path, scratch.path("e.csv"), new Map());
    assert.match(readFileSync(scratch.path("e.csv"), "utf8"), /^line,question,reference,b: answer/);
    exportReportFile(path, scratch.path("copy.json"), new Map());
    assert.equal(readFileSync(scratch.path("copy.json"), "utf8"), writeReport(report));
    assert.throws(() => exportReportFile(path, path, new Map()));
    assert.throws(() => exportReportFile(scratch.file("none.json", "{}"), scratch.path("x.html"), new Map()), /none\.json: This is not an evaluation report/);
  });

  it("asks for a form by the name's end", async () => {
    await assert.rejects(exportEvaluation(path, { out: "x.docx" }, streams), /\.md, \.html, \.csv, \.jsonl or promptfooconfig\.yaml is expected/);
  });
});
