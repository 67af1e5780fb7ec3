import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { element } from "../../../src/evaluation/html/element.ts";
import { toHtml } from "../../../src/evaluation/html/report-page.ts";
import { style, styleHash } from "../../../src/evaluation/html/style.ts";
import { exactMatchMetric } from "../../../src/evaluation/metrics/exact-match.ts";
import { createPlanReport } from "../../../src/evaluation/plan-report.ts";
import { createReport } from "../../../src/evaluation/report.ts";

const hostile = `</td></table><script>alert(1)</script><img src=x onerror="alert(2)">&lt;'\u202e\u001b[31m\u2066`;
const says = (text: string) => ({ text, finishReason: "stop" });
const dataset = { path: `${hostile}.jsonl`, sha256: "0".repeat(64), refused: [{ line: 3, reason: hostile }] };
const options = { temperature: 0, maximumTokens: 8, seed: 0 };
const record = (line: number) => ({ line, prompt: [{ role: "system", content: hostile }, { role: "user", content: hostile }], reference: "a" });
const single = createReport({ createdAt: "2026-01-02T03:04:05.000Z", dataset, models: { provider: "p", base: hostile, tuned: "t" }, options }, exactMatchMetric, [{ record: record(1), base: says(hostile), tuned: { failure: hostile } }]);
const plan = createPlanReport({ createdAt: "2026-01-02T03:04:05.000Z", plan: "a.eval.jsonc", dataset, candidates: [hostile, "two"].map((name) => ({ name, service: "p", model: name })), options }, exactMatchMetric, Array.from({ length: 600 }, (_, index) => ({ record: record(index + 1), outcomes: [says("a"), says(index === 599 ? hostile : "a")] })));

describe("a report as a page", () => {
  it("needs nothing else and lets nothing run: no script, no address, and a policy that allows its one style sheet alone", () => {
    for (const page of [single, plan].map((each) => toHtml(each))) {
      assert.deepEqual([...page.matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name ?? "").filter((name) => ["script", "img", "link", "iframe", "a", "object", "form", "base"].includes(name)), []);
      assert.doesNotMatch(page.replaceAll(/>[^<]*</g, "><").replaceAll(/"[^"]*"/g, '""'), /\s(on\w+|src|href|style)=/);
      assert.match(page, /^<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/);
    }
    assert.equal(createHash("sha256").update(style).digest("base64"), styleHash);
  });

  it("shows what models, files and users wrote as text, with controls and changes of direction visible", () => {
    const page = toHtml(single);
    assert.ok(page.includes("✗ &lt;/td&gt;&lt;/table&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(2)&quot;&gt;&amp;lt;&#39;⟨U+202E⟩␛[31m⟨U+2066⟩</td>"));
    assert.doesNotMatch(page, /[\u0000-\u0009\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
  });

  it("opens no element by a text and loses none of its letters, whatever it is", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 50 }), (text) => {
      const { html } = element("p", { title: text }, text);
      assert.match(html, /^<p title="[^"<>]*">[^<>]*<\/p>$/);
      assert.equal(html.slice(html.indexOf(">") + 1, -4).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&").replaceAll(/⟨U\+(\w{4})⟩/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))).replaceAll(/[\u2400-\u241f]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x2400)), text.replaceAll(/[\u2400-\u241f]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x2400)));
    }), { numRuns: 50 });
  });

  it("has the verdict, every candidate, a plot of the differences, and the records on which they disagree first", () => {
    const page = toHtml(plan);
    assert.match(page, /<p>Nothing was shown to be better than /);
    assert.match(page, /<th scope="row">two<\/th><td>599 of 600<\/td>/);
    assert.match(page, /<svg viewBox="0 0 640 68"[^>]*aria-label="Differences against /);
    assert.match(page, /<p>500 of 600 records, those first on which the candidates disagree\.<\/p>.*<tbody><tr><th scope="row">600<\/th>/);
    assert.match(page, /<h2>Left out: 1<\/h2>/);
  });
});
