import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeRulePages } from "../../../esbuild.mjs";
import type { Finding } from "../../../src/dataset/finding.ts";
import { escapeMarkdown, linkSource, repairingOf, rulePage, type RuleExample } from "../../../src/dataset/rule-page.ts";
import { ruleFacts } from "../../../src/dataset/rules/index.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import { trl } from "../../../src/dataset/targets/trl.ts";
import { rangeOnLine } from "../../../src/dataset/text.ts";
import { rulePages } from "../../support/rule-pages.ts";

const facts = { id: "no-shouting", severity: "warning", summary: "A text shouts.", explanation: "It hurts. Speak softly.", source: "https://example.org/manners (chapter 2)" } as const;

function example(text: string, [line, start, end]: readonly [number, number, number], changes: Partial<Finding & RuleExample> = {}): RuleExample {
  const { message = "Too loud.", fixes = [], target = openaiSft, name = "loud", fixed = text } = changes;
  return { name, target, text, fixed, findings: [{ rule: facts.id, severity: "warning", range: rangeOnLine(line, start, end), message, fixes }] };
}

describe("the page of a rule", () => {
  it("shows the line with carets, the message, the fix and the line after it", () => {
    const range = rangeOnLine(1, 2, 7);
    const page = rulePage(facts, [example('{}\n["HELLO"]\n', [1, 2, 7], { fixes: [{ title: "Write hello", safe: true, edits: [{ range, text: "hello" }] }] })]);
    assert.equal(page, [
      "# no-shouting", "", "**Warning**, repaired safely", "", "A text shouts.", "", "## Why, and what to do", "", "It hurts. Speak softly.", "",
      "## Example", "", "Checked for OpenAI supervised fine-tuning, line 2:", "", "```jsonl", '["HELLO"]', "  ^^^^^", "```", "", "> **warning:** Too loud.", "",
      "Safe fix: *Write hello*, which gives", "", "```jsonl", '["hello"]', "```", "", "## Source", "", "<https://example.org/manners> (chapter 2)", "",
    ].join("\n"));
  });

  it("cuts long lines around the finding, and keeps the carets under it", () => {
    const page = rulePage(facts, [example(`${"a".repeat(300)}LOUD${"b".repeat(300)}`, [0, 300, 304])]);
    const [shown = "", carets = ""] = page.split("```jsonl\n")[1]?.split("\n") ?? [];
    assert.ok(shown.length <= 152 && shown.startsWith("…a") && shown.endsWith("b…"), shown);
    assert.equal(shown.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1), "LOUD");
  });

  it("prefers an example that can be repaired, and tells other cases once each, the silent ones too, but not those that are clean", () => {
    const range = rangeOnLine(0, 0, 1);
    const [other = openaiSft] = trl;
    const page = rulePage(facts, [
      example("A", [0, 0, 1], { name: "by-hand" }), example("B", [0, 0, 1], { name: "repaired", fixes: [{ title: "Whisper", safe: false, edits: [{ range, text: "b" }] }], message: "Loud B." }),
      example("C", [0, 0, 1], { name: "again" }), { ...example("D", [0, 0, 1], { name: "taken", target: other }), findings: [] }, { ...example("E", [0, 0, 1], { name: "clean" }), findings: [] },
    ]);
    assert.match(page, /repaired as a suggestion/);
    assert.match(page, /> \*\*warning:\*\* Loud B\./);
    assert.deepEqual(page.split("\n").filter((line) => line.startsWith("| ")).slice(1), ["| by hand | OpenAI supervised fine-tuning | **warning:** Too loud. |", "| taken | TRL supervised fine-tuning | nothing |"]);
  });

  it("lets nothing in a dataset or a message act as Markdown", () => {
    const page = rulePage(facts, [example("```\n<img>", [0, 0, 3], { message: "<|im_start|> *a* [b](c) `d`\n# e" })]);
    assert.match(page, /````jsonl\n```\n\^\^\^\n````/);
    assert.ok(page.includes("> **warning:** \\<\\|im\\_start\\|\\> \\*a\\* \\[b\\](c) \\`d\\` \\# e\n"));
    assert.equal(escapeMarkdown("a\n\nb"), "a b");
    assert.equal(linkSource("RFC 8259"), "RFC 8259");
  });

  it("says how findings are repaired by what the examples offer", () => {
    const fix = { title: "t", edits: [] };
    assert.equal(repairingOf([example("A", [0, 0, 1])]), "by hand");
    assert.equal(repairingOf([example("A", [0, 0, 1], { fixes: [{ ...fix, safe: false }] })]), "as a suggestion");
    assert.equal(repairingOf([example("A", [0, 0, 1], { fixes: [{ ...fix, safe: false }, { ...fix, safe: true }] })]), "safely");
  });
});

describe("the pages of the rules", () => {
  it("are one for each, with an example and a source, and are what the build writes", async () => {
    const pages = await rulePages();
    assert.deepEqual([...pages.keys()], ruleFacts.map(({ id }) => id));
    for (const { id, summary, explanation } of ruleFacts) {
      const page = pages.get(id) ?? "";
      assert.ok(page.includes(summary) && page.includes(explanation), id);
      assert.match(page, /## Example\n\nChecked for [^]*## Source\n\n/, id);
    }
    const folder = await mkdtemp(join(tmpdir(), "tunesmith-rules-"));
    try {
      await writeRulePages(folder);
      assert.deepEqual((await readdir(folder)).sort(), [...pages.keys()].map((id) => `${id}.md`).sort());
      for (const [id, page] of pages) assert.equal(await readFile(join(folder, `${id}.md`), "utf8"), page);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
