import assert from "node:assert/strict";
import { scoreFile, type ScoreDesk } from "../../../src/evaluating/score-file.ts";
import type { ChatModel } from "../../../src/evaluation/model.ts";
import type { LearnedFile } from "../../../src/workers/read-learned.ts";

const live = new AbortController().signal;
const request = { path: "/w/train.jsonl", name: "train.jsonl", service: "local", model: "mine", most: 2 };
const file = (number: number, more: Partial<LearnedFile> = {}): LearnedFile => ({ records: Array.from({ length: number }, (_, line) => ({ line, messages: [{ role: "user", content: `q${line}` }, { role: "assistant", content: `a${line}` }] })), refused: [], more: false, ...more });
function desk(read: LearnedFile, likelihood: ChatModel["likelihood"], progress: string[] = []): ScoreDesk {
  return {
    open: async () => ({ chatModel: (id) => ({ id, answer: () => Promise.reject(new Error("nobody is answered here")), ...(likelihood ? { likelihood } : {}) }) }),
    readLearned: async () => read,
    scored: (done, of) => void progress.push(`${done}/${of}`),
  };
}

describe("scoring a dataset with a model", () => {
  it("lists the records with the highest loss, tells of each, and what was not scored", async () => {
    const progress: string[] = [];
    const scored = await scoreFile(request, desk(file(4, { refused: [{ line: 9, reason: "it is not a chat record" }] }), async (messages) => {
      const line = Number(messages[0]?.content.slice(1));
      if (line === 3) throw new Error("too long");
      return { logprob: -line * 2, tokens: 2 };
    }, progress), live);
    assert.deepEqual(scored.found.map(({ line, loss, question, answer }) => [line, loss, question, answer]), [[2, 2, "q2", "a2"], [1, 1, "q1", "a1"]]);
    assert.deepEqual([scored.scored, scored.median, scored.left], [3, 1, [{ line: 3, reason: "too long" }, { line: 9, reason: "it is not a chat record" }]]);
    assert.deepEqual(progress.at(-1), "4/4");
  });

  it("asks nothing where nothing can come of it, and stops where a model scores nothing", async () => {
    let asked = 0;
    const fails: ChatModel["likelihood"] = () => {
      asked += 1;
      return Promise.reject(new Error("no such model"));
    };
    await assert.rejects(scoreFile(request, desk(file(2, { more: true }), fails), live), { message: "train.jsonl has more than 20,000 records, which would take hours. Take a sample of it first." });
    await assert.rejects(scoreFile(request, desk(file(0), fails), live), { message: "train.jsonl has no records." });
    await assert.rejects(scoreFile(request, desk(file(0, { refused: [{ line: 0, reason: "it is not a chat record" }] }), fails), live), { message: "No record of train.jsonl can be scored. Line 1: it is not a chat record." });
    await assert.rejects(scoreFile(request, desk(file(2), undefined), live), { message: /^local does not tell how likely a model finds a given text\. Choose a model of the local engine/ });
    assert.equal(asked, 0);
    await assert.rejects(scoreFile(request, desk(file(100), fails), live), { message: "mine scores no record. The last reason: no such model" });
    assert.ok(asked <= 2 * 16, `those under way, and as many again: ${asked}`);
  });

  it("ends when it is cancelled", async () => {
    const abort = new AbortController();
    const hangs: ChatModel["likelihood"] = (_messages, _tools, signal) => new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }));
    const scoring = scoreFile(request, desk(file(3), hangs), abort.signal);
    setTimeout(() => abort.abort(new Error("enough")), 10);
    await assert.rejects(scoring, { message: "enough" });
  });
});
