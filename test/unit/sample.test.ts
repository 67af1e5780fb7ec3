import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fixText } from "../../src/dataset/fix.ts";
import { sourceOf } from "../../src/dataset/lines.ts";
import { lintOnce } from "../../src/dataset/lint.ts";
import { readConversation, type Conversation } from "../../src/dataset/formats/conversation.ts";
import { openaiSft } from "../../src/dataset/targets/openai.ts";

const train = readFileSync("media/sample/banking-train.jsonl", "utf8");
const test = readFileSync("media/sample/banking-test.jsonl", "utf8");
const fixed = fixText(train, openaiSft);
const lint = (text: string) => lintOnce(sourceOf(text), openaiSft).findings;

function conversations(text: string): Conversation[] {
  return text.trimEnd().split("\n").map((line) => {
    const read = readConversation(line);
    if ("reason" in read) throw new Error(read.reason);
    return read;
  });
}

const said = (role: string) => ({ messages }: Conversation): string => messages.find((message) => message.role === role)?.content ?? "";
const normalise = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

describe("sample", () => {
  it("shows what the linter does, and every error in it has a safe fix", () => {
    const findings = lint(train);
    assert.deepEqual([...new Set(findings.map(({ rule }) => rule))].sort(), ["blank-line", "duplicate-record", "invalid-json", "invalid-weight", "unknown-role"]);
    assert.deepEqual(findings.filter(({ severity, fixes }) => severity === "error" && !fixes.some(({ safe }) => safe)), []);
    assert.deepEqual(fixed.result.findings.map(({ rule, severity }) => `${severity} ${rule}`), ["warning duplicate-record"]);
  });

  it("trains on 300 distinct questions and tests on 100, with all ten labels in balance", () => {
    assert.deepEqual(lint(test), []);
    for (const { text, perLabel } of [{ text: fixed.text, perLabel: 30 }, { text: test, perLabel: 10 }]) {
      const labels = new Map(conversations(text).map((each) => [normalise(said("user")(each)), said("assistant")(each)]));
      assert.equal(labels.size, 10 * perLabel);
      const counts = new Map<string, number>();
      for (const label of labels.values()) counts.set(label, (counts.get(label) ?? 0) + 1);
      assert.deepEqual([...counts.values()], Array.from({ length: 10 }, () => perLabel));
    }
    assert.equal(conversations(fixed.text).length, 301, "the planted duplicate is the only record beside the 300");
    assert.equal(conversations(test).length, 100);
  });

  it("has no test question that equals a training question once normalised", () => {
    const seen = new Set(conversations(fixed.text).map((each) => normalise(said("user")(each))));
    assert.deepEqual(conversations(test).map((each) => normalise(said("user")(each))).filter((question) => seen.has(question)), []);
  });

  it("names the labels in the system prompt, so that the base model is asked fairly", () => {
    for (const each of [...conversations(fixed.text), ...conversations(test)]) assert.ok(said("system")(each).includes(said("assistant")(each)));
  });

  it("carries the mark that opens the walkthrough", () => {
    assert.notEqual(readFileSync("media/sample/.tunesmith/walkthrough", "utf8").trim(), "");
  });

  it("names its source and licence", () => {
    assert.match(readFileSync("media/sample/README.md", "utf8"), /banking77[^]*CC BY 4\.0/);
  });
});
