import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { glob } from "tinyglobby";
import { fixText } from "../../../src/dataset/fix.ts";
import { createLinter } from "../../../src/dataset/lint.ts";
import { datasetRules, recordRules } from "../../../src/dataset/rules/index.ts";
import { findTarget } from "../../../src/dataset/targets/index.ts";
import { openaiSft } from "../../../src/dataset/targets/openai.ts";
import type { Target } from "../../../src/dataset/targets/target.ts";
import { decode } from "../../support/decode.ts";
import { assertGolden } from "../../support/golden.ts";
import { showFindings } from "../../support/show-findings.ts";

const fixtures = (await glob("test/fixtures/rules/*/*.jsonl", { ignore: "**/*.fixed.jsonl" })).sort();
const ids = [...recordRules, ...datasetRules].map(({ id }) => id);

describe("rules", () => {
  it("are each one file, in the list, with fixtures", async () => {
    const files = (await glob("src/dataset/rules/*.ts")).map((file) => basename(file, ".ts")).filter((name) => name !== "index" && name !== "rule");
    assert.deepEqual([...ids].sort(), files.sort());
    assert.deepEqual([...new Set(fixtures.map((file) => basename(dirname(file))))].sort(), [...ids].sort());
  });

  for (const id of ids) {
    it(`${id} reports in one fixture and is silent in another`, () => {
      const reports = fixtures.filter((file) => basename(dirname(file)) === id).map((file) => lintFile(file).some(({ rule }) => rule === id));
      assert.ok(reports.includes(true), "no fixture shows the rule");
      assert.ok(reports.includes(false), "no fixture is clean");
    });
  }
});

describe("fixtures", () => {
  for (const file of fixtures) {
    const name = file.replace("test/fixtures/rules/", "").replace(/\.jsonl$/, "");
    it(`${name} gives its findings`, async () => {
      const bytes = await readFile(file);
      await assertGolden(file.replace(/\.jsonl$/, ".findings.txt"), showFindings(decode(bytes).text, lintFile(file)));
    });

    it(`${name} is fixed as expected, and fixing again changes nothing`, async () => {
      const { text, source } = decode(await readFile(file));
      const fixed = fixText(text, targetOf(file), source);
      const golden = file.replace(/\.jsonl$/, ".fixed.jsonl");
      if (fixed.fixed > 0) await assertGolden(golden, fixed.text);
      else assert.ok(!existsSync(golden), `${golden} stands there, but nothing is fixed`);
      assert.equal(fixText(fixed.text, targetOf(file), { byteOrderMark: fixed.encoding === undefined ? source.byteOrderMark : fixed.encoding === "utf-8-marked" }).fixed, 0);
    });
  }
});

/** The target in a fixture's name, `case@target.method.jsonl`; OpenAI's supervised fine-tuning where there is none. */
function targetOf(file: string): Target {
  const [, id, method] = /@(.+)\.(\w+)\.jsonl$/.exec(file) ?? [];
  if (id === undefined || method === undefined) return openaiSft;
  const target = findTarget(id, method);
  assert.ok(target, `${file} names no target`);
  return target;
}

/** The findings of a fixture. A file `case.byte-length.txt` beside it says how large the file is to be taken for: some are too large to be kept. */
function lintFile(file: string) {
  const sized = file.replace(/\.jsonl$/, ".byte-length.txt");
  const byteLength = existsSync(sized) ? { byteLength: Number(readFileSync(sized, "utf8")) } : {};
  return createLinter(targetOf(file)).lint({ ...decode(readFileSync(file)).source, ...byteLength }).findings;
}
