import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listUnfinished, listUnfinishedPlans, openAnswerFile, type Heading } from "../../../src/evaluating/answer-file.ts";
import { openBatchLedger } from "../../../src/evaluating/batch-ledger.ts";
import { evaluationFolder } from "../../../src/evaluating/evaluation-folder.ts";

const begun: Heading = { startedAt: "2026-01-02T03:04:05.000Z", testFile: "data/test.jsonl", provider: "local", base: "b", tuned: "t", job: "j" };
const says = (text: string) => ({ text, finishReason: "stop" });

describe("answers of an evaluation on disk", () => {
  let root: string;
  let folder: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "tunesmith-"));
    folder = evaluationFolder(root);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it("is on disk before the first answer, and is found again", async () => {
    await openAnswerFile(root, "a", begun);
    assert.deepEqual(await listUnfinished(root), [{ ...begun, answered: 0 }]);
  });

  it("keeps answers that come at the same time, each on a line of its own, and finds them after a restart", async () => {
    const first = await openAnswerFile(root, "a", begun);
    await Promise.all(Array.from({ length: 50 }, (_, index) => first.keep(`k${index}`, says(`line\nbreak \u2028 ${"x".repeat(index * 100)}`))));
    const second = await openAnswerFile(root, "a", { ...begun, startedAt: "later" });
    assert.equal(second.answered, 50);
    assert.deepEqual(second.find("k3"), says(`line\nbreak \u2028 ${"x".repeat(300)}`));
    assert.equal(second.find("other"), undefined);
    assert.equal((await readFile(join(folder, "a.answers.jsonl"), "utf8")).trimEnd().split("\n").length, 51);
  });

  it("keeps how likely models find references beside the answers, for itself and for others that ask the same models", async () => {
    const first = await openAnswerFile(root, "a", begun);
    await Promise.all([first.keep("k1", says("one")), first.likelihoods.keep("k2", { logprob: -1.5, tokens: 3 })]);
    for (const again of [await openAnswerFile(root, "a", begun), await openAnswerFile(root, "b", { ...begun, tuned: "other" })]) assert.deepEqual([again.likelihoods.find("k2"), again.find("k2"), again.likelihoods.find("k1")], [{ logprob: -1.5, tokens: 3 }, undefined, undefined]);
    assert.equal((await openAnswerFile(root, "a", begun)).answered, 1, "a likelihood is no answer");
  });

  it("passes over a line that a crash cut, and glues nothing to it", async () => {
    const first = await openAnswerFile(root, "a", begun);
    await first.keep("k1", says("one"));
    await appendFile(join(folder, "a.answers.jsonl"), '{"key":"k2","te');
    const second = await openAnswerFile(root, "a", begun);
    assert.equal(second.answered, 1);
    await second.keep("k3", says("three"));
    const third = await openAnswerFile(root, "a", begun);
    assert.deepEqual([third.find("k1"), third.find("k2"), third.find("k3")], [says("one"), undefined, says("three")]);
  });

  it("lists what was begun and not completed, the latest first, and nothing else", async () => {
    assert.deepEqual(await listUnfinished(root), []);
    await openAnswerFile(root, "old", begun);
    const latest = await openAnswerFile(root, "new", { ...begun, startedAt: "2026-05-01T00:00:00.000Z", tuned: "t2" });
    await latest.keep("k", says("a"));
    await writeFile(join(folder, "report.json"), "{}");
    await writeFile(join(folder, "broken.answers.jsonl"), "{}\n");
    assert.deepEqual((await listUnfinished(root)).map(({ tuned, answered }) => [tuned, answered]), [["t2", 1], ["t", 0]]);
    await latest.complete();
    assert.deepEqual((await readdir(folder)).sort(), ["broken.answers.jsonl", "old.answers.jsonl", "report.json"]);
  });

  it("lists the latest run of each plan that was not completed, with what batches of its models have yet to give", async () => {
    const plan = (planFile: string, startedAt: string) => ({ planFile, startedAt, asked: [{ provider: "p", model: "m" }, { provider: "p", model: "m" }, { provider: "q", model: "m" }] });
    await openAnswerFile(root, "a", plan("a.eval.jsonc", "2026-01-01"));
    await (await openAnswerFile(root, "b", plan("a.eval.jsonc", "2026-01-02"))).keep("k", says("one"));
    const done = await openAnswerFile(root, "c", plan("c.eval.jsonc", "2026-01-03"));
    await done.keep("k", says("one"));
    await done.complete();
    await openAnswerFile(root, "d", begun);
    const ledger = openBatchLedger(root);
    for (const [id, provider] of [["x", "p"], ["y", "other"]] as const) await ledger.keep({ id, provider, model: "m", keys: ["1", "2"], file: "f" });
    assert.deepEqual((await listUnfinishedPlans(root)).map(({ planFile, startedAt, answered, awaited }) => [planFile, startedAt, answered, awaited]), [["a.eval.jsonc", "2026-01-02", 1, 2]]);
    assert.equal((await listUnfinished(root)).length, 1);
    await ledger.remove("x");
    assert.deepEqual(await ledger.list("p", "m"), []);
  });

  it("finds what another evaluation asked the same model, completed or not, and nothing of other models or services", async () => {
    const first = await openAnswerFile(root, "a", begun);
    await first.keep("k1", says("one"));
    await first.complete();
    const second = await openAnswerFile(root, "b", { ...begun, tuned: "t2" });
    assert.deepEqual([second.find("k1"), second.answered], [says("one"), 0]);
    await second.keep("k2", says("two"));
    assert.deepEqual((await openAnswerFile(root, "c", { ...begun, base: "t2", tuned: "t3" })).find("k2"), says("two"));
    assert.equal((await openAnswerFile(root, "d", { ...begun, base: "x", tuned: "y" })).find("k1"), undefined);
    assert.equal((await openAnswerFile(root, "e", { ...begun, provider: "other" })).find("k1"), undefined);
  });

  it("keeps what was kept before when the same evaluation is completed again, and leaves nothing of one that asked nobody", async () => {
    const first = await openAnswerFile(root, "a", begun);
    await first.keep("k1", says("one"));
    await first.complete();
    const again = await openAnswerFile(root, "a", begun);
    await again.keep("k2", says("two"));
    await again.complete();
    const third = await openAnswerFile(root, "a", begun);
    assert.deepEqual([third.find("k1"), third.find("k2")], [says("one"), says("two")]);
    await third.complete();
    assert.deepEqual(await readdir(folder), []);
  });
});
