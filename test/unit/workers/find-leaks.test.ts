import assert from "node:assert/strict";
import { requireTarget } from "../../../src/workers/open-documents.ts";
import { findLeaks } from "../../../src/workers/find-leaks.ts";
import { lintFile } from "../../../src/workers/lint-file.ts";
import { scratchFolder } from "../../support/scratch.ts";

const record = (question: string, answer = "yes"): string => `${JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: answer }] })}\n`;
const questions = ["Where does my card go when I move to another country?", "Which rate do you take for a payment in dollars today?", "How can I choose another PIN for my card while I travel?", "Why was the last top-up of my account turned down?"] as const;

describe("leaks between files", () => {
  const scratch = scratchFolder();

  it("are told on the later side, whatever order the files are given in, with the file and line that they stand in", async () => {
    const training = scratch.file("train.jsonl", questions.slice(0, 3).map((each) => record(each)).join(""));
    const validation = scratch.file("validation.jsonl", record(questions[3]) + record(questions[1]));
    const test = scratch.file("test.jsonl", record("Something else altogether that nobody else asks about?") + record(questions[3]) + record(questions[0], "no"));
    const target = requireTarget("openai/sft");
    const found = await findLeaks([{ path: test, side: "test" }, { path: validation, side: "validation" }, { path: training, side: "training" }], 0.8, async (path, options) => lintFile(path, target, options));
    assert.deepEqual(found.map(({ path, count, findings }) => [path, count, findings.map(({ range, related }) => [range.start.line, related?.[0]?.file, related?.[0]?.line])]), [
      [validation, 1, [[1, training, 1]]],
      [test, 2, [[1, validation, 0], [2, training, 0]]],
    ]);
  });
});
