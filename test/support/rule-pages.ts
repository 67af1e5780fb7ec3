import { fixText } from "../../src/dataset/fix.ts";
import { rulePage, type RuleExample } from "../../src/dataset/rule-page.ts";
import { ruleFacts } from "../../src/dataset/rules/index.ts";
import { findRuleFixtures, lintFixture, readRuleFixture } from "./rule-fixtures.ts";

/** The examples of every rule, which are its fixtures, by its id. */
export async function ruleExamples(): Promise<ReadonlyMap<string, readonly RuleExample[]>> {
  const examples = new Map<string, RuleExample[]>(ruleFacts.map(({ id }) => [id, []]));
  for (const file of await findRuleFixtures()) {
    const fixture = readRuleFixture(file);
    const { rule, name, target, text, source } = fixture;
    const findings = lintFixture(fixture).findings.filter((finding) => finding.rule === rule);
    const fixed = findings.some(({ fixes }) => fixes.some(({ rewrites }) => rewrites)) ? fixText(text, target, source).text : text;
    examples.get(rule)?.push({ name, target, text, findings, fixed });
  }
  return examples;
}

/** The page of every rule as Markdown, by its id: what the build writes to `dist/rules`. */
export async function rulePages(): Promise<ReadonlyMap<string, string>> {
  const examples = await ruleExamples();
  return new Map(ruleFacts.map((rule) => [rule.id, rulePage(rule, examples.get(rule.id) ?? [])]));
}
