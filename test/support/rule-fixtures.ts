import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { glob } from "tinyglobby";
import { lintOnce, type LintResult } from "../../src/dataset/lint.ts";
import { defaultSettings } from "../../src/dataset/rule-settings.ts";
import { createLeakSearch } from "../../src/dataset/similarity/leaks.ts";
import type { Source } from "../../src/dataset/source.ts";
import { findTarget } from "../../src/dataset/targets/index.ts";
import { openaiSft } from "../../src/dataset/targets/openai.ts";
import type { Target } from "../../src/dataset/targets/target.ts";
import { decode } from "./decode.ts";

/** A dataset that shows what a rule says, or that it is silent: `test/fixtures/rules/<rule>/<name>.jsonl`, or `<name>@<target>.<method>.jsonl`. */
export interface RuleFixture {
  readonly file: string;
  readonly rule: string;
  readonly name: string;
  readonly target: Target;
  readonly text: string;
  readonly source: Source;
}

/** The files of all fixtures, in the order of their names. */
export async function findRuleFixtures(): Promise<readonly string[]> {
  return (await glob("test/fixtures/rules/*/*.jsonl", { ignore: "**/*.fixed.jsonl" })).sort();
}

/** Reads a fixture. A file `case.byte-length.txt` beside it says how large it is to be taken for: some datasets are too large to be kept. */
export function readRuleFixture(file: string): RuleFixture {
  const { text, source } = decode(readFileSync(file));
  const sized = file.replace(/\.jsonl$/, ".byte-length.txt");
  const name = basename(file, ".jsonl").replace(/@.*/, "");
  return { file, rule: basename(dirname(file)), name, target: targetOf(file), text, source: { ...source, ...(existsSync(sized) ? { byteLength: Number(readFileSync(sized, "utf8")) } : {}) } };
}

/** What a fixture's dataset is found to be. The records of a file `case.training.txt` beside it are those of a training file, and its own those of a test file. */
export function lintFixture({ file, target, source }: RuleFixture): LintResult {
  const beside = file.replace(/\.jsonl$/, ".training.txt");
  if (!existsSync(beside)) return lintOnce(source, target);
  const search = createLeakSearch(defaultSettings.similarity);
  lintOnce(decode(readFileSync(beside)).source, target, { leaks: () => search.begin("train.jsonl", "training") });
  return lintOnce(source, target, { leaks: () => search.begin(file, "test") });
}

/** The target in a fixture's name; OpenAI's supervised fine-tuning where there is none. */
function targetOf(file: string): Target {
  const [, id, method] = /@(.+)\.(\w+)\.jsonl$/.exec(file) ?? [];
  if (id === undefined || method === undefined) return openaiSft;
  const target = findTarget(id, method);
  assert.ok(target, `${file} names no target`);
  return target;
}
