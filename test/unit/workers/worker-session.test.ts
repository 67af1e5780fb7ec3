import assert from "node:assert/strict";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { lintOnce } from "../../../src/dataset/lint.ts";
import { sourceOf } from "../../../src/dataset/lines.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import { applyEdits } from "../../../src/dataset/text.ts";
import { toDocumentCheck } from "../../../src/workers/file-check.ts";
import { pause, slowAfter } from "../../../src/workers/open-documents.ts";
import type { FromWorker } from "../../../src/workers/worker-protocol.ts";
import { createWorkerSession } from "../../../src/workers/worker-session.ts";
import { scratchFolder } from "../../support/scratch.ts";

const origin = { encoding: "utf-8", byteOrderMark: false } as const;
const target = "openai/sft";
const chat = (question: string): string => JSON.stringify({ messages: [{ role: "user", content: question }, { role: "assistant", content: "Yes." }] });
const chats = (count: number): string => Array.from({ length: count }, (_, index) => chat(String(index))).join("\n");

/** A session over a clock that the test moves. */
function begin() {
  const sent: FromWorker[] = [];
  const due = new Set<{ readonly at: number; run(): void }>();
  let now = 0;
  const take = createWorkerSession((message) => sent.push(message), (milliseconds, run) => {
    const timer = { at: now + milliseconds, run };
    due.add(timer);
    return () => due.delete(timer);
  });
  /** Lets time pass; gives what was sent meanwhile. */
  const wait = (milliseconds: number): FromWorker[] => {
    now += milliseconds;
    for (const timer of due) {
      if (timer.at > now) continue;
      due.delete(timer);
      timer.run();
    }
    return sent.splice(0);
  };
  return { take, wait, settle: () => wait(pause) };
}

const linted = (messages: readonly FromWorker[]) => messages.flatMap((message) => (message.type === "linted" ? [message] : []));

describe("the worker's side of linting", () => {
  const scratch = scratchFolder();

  it("compares a validation file with the training file that is named", async () => {
    const [training, path] = [scratch.file("train.jsonl", chats(12)), scratch.file("valid.jsonl", `${chat("12")}\n${chat("7")}`)];
    const answer = await new Promise<FromWorker>((resolve) => {
      const take = createWorkerSession((message) => message.type !== "progress" && resolve(message), () => () => undefined);
      take({ type: "check-file", request: 1, path, aim: target, trainingPath: training });
    });
    assert.ok(answer.type === "file-checked");
    assert.deepEqual(answer.check.findings.filter(({ rule }) => rule === "leaked-record").map(({ range, related }) => [range.start.line, related]), [[1, [{ file: training, line: 7 }]]]);
  });

  it("after any changes finds what it would find in the whole text", () => {
    const change = fc.record({ offset: fc.nat(), length: fc.nat({ max: 5 }), text: fc.string({ maxLength: 5 }) });
    fc.assert(fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      let text = [chat("a"), chat("b")].join("\n");
      const session = begin();
      session.take({ type: "open", document: "d", version: 1, text, origin, aim: target });
      for (const [index, { offset, length, text: inserted }] of changes.entries()) {
        const start = offset % (text.length + 1);
        text = text.slice(0, start) + inserted + text.slice(start + length);
        session.take({ type: "change", document: "d", version: index + 2, changes: [{ offset: start, length, text: inserted }] });
      }
      const [incremental] = linted(session.settle());
      assert.deepEqual([incremental?.version, incremental?.check], [changes.length + 1, toDocumentCheck(lintOnce(sourceOf(text), openaiSft))]);
    }), { numRuns: 300 });
  });

  it("keeps what slow rules found while one types, and has them look once nothing has been typed for a while", () => {
    const { take, wait } = begin();
    const text = readFileSync("test/fixtures/rules/suspicious-label/suspicious.jsonl", "utf8");
    const suspicious = (messages: readonly FromWorker[]) => linted(messages).map(({ check }) => check?.findings.filter(({ rule }) => rule === "suspicious-label").map(({ range }) => range.start.line));
    take({ type: "open", document: "d", version: 1, text, origin, aim: target });
    assert.deepEqual(suspicious(wait(0)), [[]]);
    const compared = [1, 2, 3].flatMap(() => suspicious(wait(300)));
    assert.deepEqual(compared, [[9]]);
    const start = text.split("\n").slice(0, 9).join("\n").length + 1;
    take({ type: "change", document: "d", version: 2, changes: [{ offset: start, length: 0, text: " " }] });
    assert.deepEqual(suspicious(wait(pause)), [[]], "the record has changed, and is not judged yet");
    assert.deepEqual(suspicious(wait(slowAfter - 1)), []);
    assert.deepEqual(suspicious(wait(1)), [[9]]);
    take({ type: "change", document: "d", version: 3, changes: [{ offset: 0, length: 0, text: " " }] });
    assert.deepEqual(suspicious(wait(pause)), [undefined], "what is found is the same");
    assert.deepEqual(wait(10 * slowAfter), []);
  });

  it("lints once while one types, a pause after the last key, and only the changed record", () => {
    const { take, wait } = begin();
    take({ type: "open", document: "d", version: 1, text: chats(50), origin, aim: target });
    assert.deepEqual(linted(wait(0)).map(({ version, linted: count }) => [version, count]), [[1, 50]]);
    for (let version = 2; version < 10; version++) {
      take({ type: "change", document: "d", version, changes: [{ offset: 0, length: 0, text: " " }] });
      assert.deepEqual(wait(pause - 1), []);
    }
    assert.deepEqual(linted(wait(1)).map(({ version, linted: count }) => [version, count]), [[9, 1]]);
    assert.deepEqual(wait(10 * pause), []);
  });

  it("does not tell again what has not changed, however much that is", () => {
    const { take, settle } = begin();
    const broken = `${Array.from({ length: 2000 }, (_, index) => `${chat(String(index))},`).join("\n")}\n`;
    take({ type: "open", document: "d", version: 1, text: broken, origin, aim: target });
    const [first] = linted(settle());
    assert.deepEqual([first?.check?.findings.length, first?.check?.counts.error, first?.check?.omitted], [500, 2000, [{ rule: "invalid-json", severity: "error", count: 1500 }]]);
    take({ type: "change", document: "d", version: 2, changes: [{ offset: broken.length - 10, length: 1, text: "x" }] });
    assert.deepEqual(linted(settle()).map(({ version, linted: count, check }) => [version, count, check]), [[2, 1, undefined]]);
    take({ type: "change", document: "d", version: 3, changes: [{ offset: chat("0").length, length: 1, text: "" }] });
    assert.deepEqual(linted(settle()).map(({ check }) => check?.counts.error), [1999]);
    take({ type: "change", document: "d", version: 3, changes: [] });
    assert.deepEqual(settle(), [], "a document that was saved is as it was");
  });

  it("says what is found on lines whose findings are not shown, of the newest text, and how many alike can be repaired", () => {
    const { take, wait } = begin();
    const broken = Array.from({ length: 2000 }, (_, index) => `${chat(String(index))},`).join("\n");
    take({ type: "open", document: "d", version: 1, text: broken, origin, aim: target });
    wait(0);
    const newest = `${chat("new").replace("user", "User")},\n`;
    take({ type: "change", document: "d", version: 2, changes: [{ offset: 0, length: 0, text: newest }] });
    take({ type: "look-at-lines", request: 1, document: "d", first: 1999, last: 1999 });
    const [first, looked] = wait(0);
    assert.deepEqual([first?.type === "linted" && [first.version, first.linted], looked?.type], [[2, 1], "lines-looked-at"]);
    assert.ok(looked?.type === "lines-looked-at");
    const { version, findings, fixable, fixableInText } = looked.found;
    assert.deepEqual(findings, lintOnce(sourceOf(newest + broken), openaiSft).findings.filter(({ range }) => range.start.line === 1999));
    assert.deepEqual([version, findings.length, [...fixable], fixableInText], [2, 1, [["invalid-json", 2001]], 2001]);
    take({ type: "fix-document", request: 2, document: "d", what: { rule: "invalid-json" } });
    const [fixed] = wait(0);
    assert.ok(fixed?.type === "document-fixed");
    assert.equal(applyEdits(newest + broken, fixed.fixes.edits), [chat("new").replace("user", "User"), ...Array.from({ length: 2000 }, (_, index) => chat(String(index)))].join("\n"));
    assert.deepEqual(wait(pause), []);
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
    const rulesOf = (messages: readonly FromWorker[]) => messages.map((message) => (message.type === "linted" ? (message.check ? [...new Set(message.check.findings.map(({ rule }) => rule))] : "unchanged") : message.type));
    take({ type: "open", document: "a", path: scratch.path("a.jsonl"), ...document });
    take({ type: "open", document: "untitled", ...document });
    assert.deepEqual(rulesOf(settle()), [["blank-line"], ["blank-line"]]);
    scratch.file("tunesmith.jsonc", '{"rules": {"blank-line": "off"}}');
    take({ type: "configuration-changed" });
    assert.deepEqual(rulesOf(settle()), [[], "unchanged"]);
    scratch.file("tunesmith.jsonc", '{"rules": 1}');
    take({ type: "configuration-changed" });
    assert.deepEqual(rulesOf(settle()), ["configuration-refused", ["blank-line"], "unchanged"]);
  });

  it("answers in words when a file cannot be read", async () => {
    const { take, wait } = begin();
    take({ type: "lint-file", request: 7, path: "no/such/file.jsonl", aim: target });
    let answers = wait(0);
    while (answers.length === 0) {
      await new Promise(setImmediate);
      answers = wait(0);
    }
    assert.deepEqual(answers, [{ type: "failed", request: 7, message: "Cannot read no/such/file.jsonl: there is no such file." }]);
  });

  it("finds anew what another target wants, for a document and for a file, and says for which it was", () => {
    const { take, settle } = begin();
    const text = Array.from({ length: 10 }, (_, index) => chat(String(index)).replace("}]}", '}], "note": "n"}')).join("\n");
    take({ type: "open", document: "d", version: 1, text, origin, aim: target });
    const found = (): unknown => settle().map((message) => message.type === "linted" && [message.version, message.target, message.check?.counts.error]);
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
    take({ type: "fix-document", request: 1, document: "d", what: "jsonl" });
    const [answer] = settle().filter(({ type }) => type === "document-fixed");
    assert.ok(answer?.type === "document-fixed");
    assert.equal(applyEdits(text, answer.fixes.edits), `${chat("a")}\n{"n":1.0}\n`);
  });
});
