import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import type { Launch } from "../../../../src/jobs/launch.ts";
import { mergeRuns, readRun, runRecordJsonSchema, toRunText, type RunRecord, type RunScore } from "../../../../src/jobs/runs/run-record.ts";
import { runId, toRun } from "../../../../src/jobs/runs/run-of-launch.ts";
import { jobOf } from "../job-of.ts";

const launch: Launch = {
  id: "0f3b2c1d-aaaa-bbbb-cccc-000000000000", provider: "Ours", createdAt: Date.UTC(2026, 10, 29, 9, 5, 7), changedAt: 1, step: "created", job: "ftjob-1", trainingFile: "file-1",
  dataset: { path: "/w/train.jsonl", sha256: "a".repeat(64), records: 300 }, launchFile: "/w/a.finetune.jsonc",
  request: { model: "base", suffix: "even", seed: 7, hyperparameters: { n_epochs: 2, batch_size: 4 } },
  origin: { root: "/w", content: { service: "Ours", model: "base", data: { training: "train.jsonl" } }, tokens: { training: { least: 10, most: 20 } }, versions: { tunesmith: "0.1.0" } },
};
const nameOf = (path: string): string => path.replace("/w/", "");
const ended = jobOf("ftjob-1", { status: "succeeded", tunedModel: "ft:1", finishedAt: Date.UTC(2026, 10, 29, 9, 30), trainedTokens: 600, hyperparameters: { n_epochs: 2, batch_size: 4, learning_rate_multiplier: 1 } });
const score: RunScore = { report: ".tunesmith/evaluations/1.json", at: "2026-11-29T10:00:00.000Z", test: { path: "test.jsonl", sha256: "b".repeat(64) }, metric: "exact-match", records: 100, base: 0, tuned: 0.74, low: 0.64, high: 0.82, outcome: "better" };

describe("a run record", () => {
  it("says what went in, what was asked for, and what came of it, in one order", () => {
    const run = toRun(launch, { job: ended, metrics: { train_loss: 0.1, full_valid_loss: 0.2 }, evaluations: [score] }, nameOf);
    assert.deepEqual(readRun(toRunText(run)), run);
    assert.deepEqual(Object.keys(run), ["format", "version", "id", "name", "service", "job", "state", "times", "model", "data", "launchFile", "parameters", "files", "versions", "results"]);
    assert.deepEqual([run.id, run.state, run.model, run.data.training, run.parameters.sent, run.results?.metrics], [
      "20261129-090507-0f3b2c1d", "succeeded", { base: "base", tuned: "ft:1" }, { path: "train.jsonl", sha256: "a".repeat(64), records: 300, tokens: { least: 10, most: 20 } }, { batch_size: 4, n_epochs: 2 }, { full_valid_loss: 0.2, train_loss: 0.1 },
    ]);
  });

  it("is the same text for the same facts, whatever order they come in", () => {
    const other: Launch = { ...launch, request: { ...launch.request, hyperparameters: { batch_size: 4, n_epochs: 2 } } };
    assert.equal(toRunText(toRun(launch, {}, nameOf)), toRunText(toRun(other, {}, nameOf)));
  });

  it("holds no address, even where a service tells one, and stays small", () => {
    const failed = jobOf("ftjob-1", { status: "failed", error: { code: "x", message: `See https://private.example/v1?key=secret now. ${"y".repeat(9000)}` }, hyperparameters: Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`p${index}`, "z".repeat(9000)])) });
    const text = toRunText(toRun(launch, { job: failed }, nameOf));
    assert.ok(!/private\.example|secret/.test(text));
    assert.ok(text.length < 150_000, String(text.length));
    assert.match(text, /See \(address\) now\./);
  });

  it("keeps what it does not know, and what is not said anew", () => {
    const before = { ...toRun(launch, { job: ended, metrics: { train_loss: 0.1 }, evaluations: [score] }, nameOf), later: { member: 1 } } as RunRecord;
    before.data["more"] = "kept";
    const now = mergeRuns(readRun(toRunText(before)), toRun(launch, { job: ended }, nameOf));
    assert.deepEqual(now, { ...before, results: { ...before.results } });
    const second = { ...score, report: ".tunesmith/evaluations/2.json", at: "2026-11-30T10:00:00.000Z" };
    assert.deepEqual(mergeRuns(now, toRun(launch, { evaluations: [second, score] }, nameOf)).results?.evaluations, [score, second]);
  });

  it("is refused with a reason when it is none", () => {
    assert.throws(() => readRun("{"), /no run record: it is not valid JSON/);
    assert.throws(() => readRun('{"format": "tunesmith-run", "version": 2}'), /version/);
  });

  it("is explained to editors by the schema that it is read by", () => {
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(runRecordJsonSchema());
    const run = toRun(launch, { job: ended, metrics: { train_loss: 0.1 }, evaluations: [score] }, nameOf);
    assert.ok(validate(JSON.parse(toRunText(run))), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...run, state: 5 }));
    const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as { contributes: { jsonValidation: { fileMatch: string; url: string }[] } };
    assert.ok(contributes.jsonValidation.some(({ fileMatch, url }) => fileMatch === ".tunesmith/runs/*.json" && url === "./dist/run.schema.json"));
  });

  it("has an id that sorts by time", () => {
    assert.ok(runId({ id: "b", createdAt: 1 }) < runId({ id: "a", createdAt: 2000 }));
  });
});
