import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { glob } from "tinyglobby";
import { fixText } from "../../../src/dataset/fix.ts";
import { datasetRules, recordRules } from "../../../src/dataset/rules/index.ts";
import { assertGolden } from "../../support/golden.ts";
import { findRuleFixtures, lintFixture, readRuleFixture } from "../../support/rule-fixtures.ts";
import { showFindings } from "../../support/show-findings.ts";

const fixtures = await findRuleFixtures();
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
      await assertGolden(file.replace(/\.jsonl$/, ".findings.txt"), showFindings(readRuleFixture(file).text, lintFile(file)));
    });

    it(`${name} is fixed as expected, and fixing again changes nothing`, async () => {
      const { text, source, target } = readRuleFixture(file);
      const fixed = fixText(text, target, source);
      const golden = file.replace(/\.jsonl$/, ".fixed.jsonl");
      if (fixed.fixed > 0) await assertGolden(golden, fixed.text);
      else assert.ok(!existsSync(golden), `${golden} stands there, but nothing is fixed`);
      assert.equal(fixText(fixed.text, target, { byteOrderMark: fixed.encoding === undefined ? source.byteOrderMark : fixed.encoding === "utf-8-marked" }).fixed, 0);
    });
  }
});

function lintFile(file: string) {
  return lintFixture(readRuleFixture(file)).findings;
}
