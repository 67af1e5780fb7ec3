import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits } from "../../../src/dataset/text.ts";
import type { FromWorker } from "../../../src/workers/worker-protocol.ts";
import { applyChanges, createWorkerSession } from "../../../src/workers/worker-session.ts";
import { scratchFolder } from "../../support/scratch.ts";

const origin = { encoding: "utf-8", byteOrderMark: false } as const;
const target = "openai/sft";
const chat = (question: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: "Yes." }] });

/** A session whose `later` waits until the test lets it run. */
function begin() {
  const sent: FromWorker[] = [];
  const waiting: (() => void)[] = [];
  const take = createWorkerSession((message) => sent.push(message), (run) => waiting.push(run));
  const settle = (): FromWorker[] => {
    for (const run of waiting.splice(0)) run();
    return sent.splice(0);
  };
  return { take, settle };
}

describe("the worker's side of linting", () => {
  const scratch = scratchFolder();

  it("after any changes finds what it would find in the whole text", () => {
    const change = fc.record({ offset: fc.nat(), length: fc.nat({ max: 5 }), text: fc.string({ maxLength: 5 }) });
    fc.assert(fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      let text = [chat("a"), chat("b")].join("\n");
      const session = begin();
      session.take({ type: "open", document: "d", version: 1, text, origin, aim: target });
      for (const [index, { offset, length, text: inserted }] of changes.entries()) {
        const fitted = { offset: offset % (text.length + 1), length, text: inserted };
        text = applyChanges(text, [fitted]);
        session.take({ type: "change", document: "d", version: index + 2, changes: [fitted] });
      }
      const [incremental] = session.settle();
      const whole = begin();
      whole.take({ type: "open", document: "d", version: changes.length + 1, text, origin, aim: target });
      assert.deepEqual(incremental, whole.settle()[0]);
    }), { numRuns: 300 });
  });

  it("lints only the newest of several quick changes, and only the changed record", () => {
    const { take, settle } = begin();
    take({ type: "open", document: "d", version: 1, text: Array.from({ length: 50 }, (_, index) => chat(String(index))).join("\n"), origin, aim: target });
    settle();
    for (let version = 2; version < 10; version++) take({ type: "change", document: "d", version, changes: [{ offset: 0, length: 0, text: " " }] });
    const answers = settle();
    assert.equal(answers.length, 1);
    const [answer] = answers;
    assert.ok(answer?.type === "linted");
    assert.equal(answer.version, 9);
    assert.equal(answer.result.linted, 1);
  });

  it("says nothing more of a closed document", () => {
    const { take, settle } = begin();
    take({ type: "open", document: "d", version: 1, text: "{}", origin, aim: target });
    take({ type: "close", document: "d" });
    assert.deepEqual(settle(), []);
  });

  it("heeds the configuration of a document's folder, and looks at all documents again when one changes", () => {
    const { take, settle } = begin();
    const document = { version: 1, text: Array.from({ length: 10 }, (_, index) => `${chat(String(index))}\n\n`).join(""), origin, aim: undefined };
    const rulesOf = (messages: readonly FromWorker[]) => messages.map((message) => (message.type === "linted" ? [...new Set(message.result.findings.map(({ rule }) => rule))] : message.type));
    take({ type: "open", document: "a", path: scratch.path("a.jsonl"), ...document });
    take({ type: "open", document: "untitled", ...document });
    assert.deepEqual(rulesOf(settle()), [["blank-line"], ["blank-line"]]);
    scratch.file("tunesmith.jsonc", '{"rules": {"blank-line": "off"}}');
    take({ type: "configuration-changed" });
    assert.deepEqual(rulesOf(settle()), [[], ["blank-line"]]);
    scratch.file("tunesmith.jsonc", '{"rules": 1}');
    take({ type: "configuration-changed" });
    assert.deepEqual(rulesOf(settle()), ["configuration-refused", ["blank-line"], ["blank-line"]]);
  });

  it("answers in words when a file cannot be read", () => {
    const { take, settle } = begin();
    take({ type: "lint-file", request: 7, path: "no/such/file.jsonl", aim: target });
    assert.deepEqual(settle(), [{ type: "failed", request: 7, message: "Cannot read no/such/file.jsonl: there is no such file." }]);
  });

  it("finds anew what another target wants, for a document and for a file, and says for which it was", () => {
    const { take, settle } = begin();
    const text = Array.from({ length: 10 }, (_, index) => chat(String(index)).replace("}]}", '}], "note": "n"}')).join("\n");
    take({ type: "open", document: "d", version: 1, text, origin, aim: target });
    const found = (): unknown => settle().map((message) => message.type === "linted" && [message.version, message.target, message.result.findings.filter(({ severity }) => severity === "error").length]);
    assert.deepEqual(found(), [[1, "openai/sft", 10]]);
    take({ type: "aim", document: "d", aim: "trl/sft" });
    assert.deepEqual(found(), [[1, "trl/sft", 0]]);
    take({ type: "change", document: "d", version: 2, changes: [{ offset: 0, length: 0, text: "\n" }] });
    take({ type: "aim", document: "d", aim: "mlx-lm/sft" });
    assert.deepEqual(found(), [[2, "mlx-lm/sft", 1]]);
  });

  it("is told by the configuration what datasets are for, where nobody chose it", () => {
    const { take, settle } = begin();
    const targets = (): unknown => settle().map((message) => message.type === "linted" && [message.aim, message.target]);
    scratch.file("tunesmith.jsonc", '{"target": "trl", "method": "dpo"}');
    take({ type: "open", document: "d", version: 1, text: chat("a"), origin, aim: undefined, path: scratch.path("d.jsonl") });
    assert.deepEqual(targets(), [[undefined, "trl/dpo"]]);
    take({ type: "aim", document: "d", aim: "together/sft" });
    assert.deepEqual(targets(), [["together/sft", "together/sft"]]);
    take({ type: "aim", document: "d", aim: undefined });
    scratch.file("tunesmith.jsonc", "{}");
    take({ type: "configuration-changed" });
    assert.deepEqual(targets(), [[undefined, "openai/sft"]]);
  });

  it("gives the edits of all safe repairs in one step, with the version that they are of; none where the configuration ignores the file", () => {
    const { take, settle } = begin();
    const text = [chat("a").replace('"user"', '"User"'), `${chat("b")},`].join("\n");
    take({ type: "open", document: "d", version: 3, text, origin, aim: undefined, path: scratch.path("d.jsonl") });
    const fixes = () => settle().flatMap((message) => (message.type === "document-fixed" ? [[message.request, message.fixes.version, applyEdits(text, message.fixes.edits), message.fixes.fixed]] : []));
    take({ type: "fix-document", request: 5, document: "d" });
    assert.deepEqual(fixes(), [[5, 3, [chat("a"), chat("b")].join("\n"), 2]]);
    scratch.file("tunesmith.jsonc", '{"rules": {"unknown-role": "off"}}');
    take({ type: "configuration-changed" });
    take({ type: "fix-document", request: 6, document: "d" });
    assert.deepEqual(fixes(), [[6, 3, text.slice(0, -1), 1]]);
    scratch.file("tunesmith.jsonc", '{"ignore": ["*.jsonl"]}');
    take({ type: "configuration-changed" });
    take({ type: "fix-document", request: 7, document: "d" });
    assert.deepEqual(fixes(), [[7, 3, text, 0]]);
    take({ type: "fix-document", request: 8, document: "closed" });
    assert.deepEqual(settle(), [{ type: "failed", request: 8, message: "The document was closed." }]);
  });

  it("writes an open document's records on one line each", () => {
    const { take, settle } = begin();
    const text = `[\r\n  ${chat("a")},\r\n\r\n  {"n":\r\n 1.0}\r\n]`;
    take({ type: "open", document: "d", version: 1, text, origin, aim: undefined });
    take({ type: "fix-document", request: 1, document: "d", only: "jsonl" });
    const [answer] = settle().filter(({ type }) => type === "document-fixed");
    assert.ok(answer?.type === "document-fixed");
    assert.equal(applyEdits(text, answer.fixes.edits), `${chat("a")}\n{"n":1.0}\n`);
  });
});
