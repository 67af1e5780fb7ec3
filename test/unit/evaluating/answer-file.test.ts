import assert from "node:assert/strict";
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listUnfinished, openAnswerFile, type Heading } from "../../../src/evaluating/answer-file.ts";

const begun: Heading = { startedAt: "2026-01-02T03:04:05.000Z", testFile: "data/test.jsonl", provider: "local", base: "b", tuned: "t", job: "j" };
const says = (text: string) => ({ text, finishReason: "stop" });

describe("answers of an evaluation on disk", () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "tunesmith-")), "evaluations");
  });
  afterEach(() => rm(join(folder, ".."), { recursive: true, force: true }));

  it("is on disk before the first answer, and is found again", async () => {
    await openAnswerFile(folder, "a", begun);
    assert.deepEqual(await listUnfinished(folder), [{ ...begun, answered: 0 }]);
  });

  it("keeps answers that come at the same time, each on a line of its own, and finds them after a restart", async () => {
    const first = await openAnswerFile(folder, "a", begun);
    await Promise.all(Array.from({ length: 50 }, (_, index) => first.keep(`k${index}`, says(`line\nbreak \u2028 ${"x".repeat(index * 100)}`))));
    const second = await openAnswerFile(folder, "a", { ...begun, startedAt: "later" });
    assert.equal(second.answered, 50);
    assert.deepEqual(second.find("k3"), says(`line\nbreak \u2028 ${"x".repeat(300)}`));
    assert.equal(second.find("other"), undefined);
    assert.equal((await readFile(join(folder, "a.answers.jsonl"), "utf8")).trimEnd().split("\n").length, 51);
  });

  it("passes over a line that a crash cut, and glues nothing to it", async () => {
    const first = await openAnswerFile(folder, "a", begun);
    await first.keep("k1", says("one"));
    await appendFile(join(folder, "a.answers.jsonl"), '{"key":"k2","te');
    const second = await openAnswerFile(folder, "a", begun);
    assert.equal(second.answered, 1);
    await second.keep("k3", says("three"));
    const third = await openAnswerFile(folder, "a", begun);
    assert.deepEqual([third.find("k1"), third.find("k2"), third.find("k3")], [says("one"), undefined, says("three")]);
  });

  it("lists what was begun and not completed, the latest first, and nothing else", async () => {
    assert.deepEqual(await listUnfinished(folder), []);
    await openAnswerFile(folder, "old", begun);
    const latest = await openAnswerFile(folder, "new", { ...begun, startedAt: "2026-05-01T00:00:00.000Z", tuned: "t2" });
    await latest.keep("k", says("a"));
    await writeFile(join(folder, "report.json"), "{}");
    await writeFile(join(folder, "broken.answers.jsonl"), "{}\n");
    assert.deepEqual((await listUnfinished(folder)).map(({ tuned, answered }) => [tuned, answered]), [["t2", 1], ["t", 0]]);
    await latest.remove();
    assert.deepEqual((await readdir(folder)).sort(), ["broken.answers.jsonl", "old.answers.jsonl", "report.json"]);
  });
});
