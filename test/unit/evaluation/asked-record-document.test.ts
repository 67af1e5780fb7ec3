import assert from "node:assert/strict";
import { askedRecordDocument } from "../../../src/evaluation/asked-record-document.ts";
import { findMetric } from "../../../src/evaluation/metrics/index.ts";

const metric = (id: string) => findMetric(id) ?? assert.fail(id);
const record = { line: 3, prompt: [{ role: "system", content: "Be brief." }, { role: "user", content: "What is ```js\nx\n``` ?" }], reference: "code" };
const says = (text: string, finishReason = "stop") => ({ text, finishReason });

describe("the answers to one record", () => {
  it("stand beside its reference, each judged, a failure and a cut answer said", () => {
    const text = askedRecordDocument(record, [{ name: "base", service: "local", outcome: says("a", "length"), kept: false }, { name: "tuned", service: "local", outcome: says("code"), kept: true }, { name: "gone", service: "Acme", outcome: { failure: "No such model." }, kept: false }], metric("exact-match"));
    assert.match(text, /## Reference\n\n```text\ncode\n```\n\n## ✗ base \(local\)\n\n```text\na\n```\n\nThe answer was cut at the most tokens that it may have\.\n\n## ✓ tuned \(local, kept from before\)\n\n```text\ncode\n```\n\n## – gone \(Acme\)\n\nNo answer:\n\n```text\nNo such model\.\n```/);
  });

  it("are texts whatever they hold: no fence ends early, no name is Markdown", () => {
    const text = askedRecordDocument(record, [{ name: "[x](command:y)", service: "s", outcome: says("````\n<img src=http://e>"), kept: false }], metric("exact-match"));
    assert.ok(text.includes("`````text\n````\n<img src=http://e>\n`````"));
    assert.ok(text.includes("````text\nWhat is ```js\nx\n``` ?\n````"));
    assert.ok(!text.includes("[x](command"));
  });

  it("are not judged by a metric that is undefined for the record, and scored by one that gives scores", () => {
    const [undefinedFor, scored] = ["json-match", "chrf"].map((id) => askedRecordDocument(record, [{ name: "base", service: "local", outcome: says("code"), kept: false }], metric(id)));
    assert.match(undefinedFor ?? "", /Same JSON says nothing here: [^]*\n## base \\?\(local/);
    assert.match(scored ?? "", /\n## 1\.000 base/);
  });
});
