import type { Finding } from "./finding.ts";
import { splitLines } from "./lines.ts";
import type { RuleFacts } from "./rules/rule.ts";
import type { Target } from "./targets/target.ts";
import { applyEdits } from "./text.ts";

/** A dataset that shows what a rule says of it for one target; or, where it has no findings of the rule, what the rule is silent about. */
export interface RuleExample {
  /** What is shown, in a word or two. */
  readonly name: string;
  readonly target: Target;
  readonly text: string;
  /** The rule's own findings in the text. */
  readonly findings: readonly Finding[];
  /** The text after all safe fixes. */
  readonly fixed: string;
}

/** How a rule's findings are repaired, by what its examples offer. */
export type Repairing = "safely" | "as a suggestion" | "by hand";

/** Longer excerpts of a line are cut to so many characters, most of them behind the finding's start. */
const excerptLength = 150;
const excerptBefore = 50;

/** Lines that show a finding about a whole file. */
const linesOfFile = 3;

/** Whether any example has a safe fix, or at least a suggestion. */
export function repairingOf(examples: readonly RuleExample[]): Repairing {
  const fixes = examples.flatMap(({ findings }) => findings.flatMap((finding) => finding.fixes));
  return fixes.some(({ safe }) => safe) ? "safely" : fixes.length > 0 ? "as a suggestion" : "by hand";
}

/** The documentation of a rule as Markdown: what is wrong, why and how to mend it, an example, what other targets say, and the source. */
export function rulePage({ id, severity, summary, explanation, source }: RuleFacts, examples: readonly RuleExample[]): string {
  const chosen = chooseExample(examples);
  const others = furtherCases(examples.filter((example) => !example.name.startsWith("clean")), chosen);
  return [
    `# ${id}`,
    `**${severity[0]?.toUpperCase()}${severity.slice(1)}**, repaired ${repairingOf(examples)}`,
    summary,
    "## Why, and what to do",
    explanation,
    ...(chosen ? ["## Example", ...showExample(chosen)] : []),
    ...(others.length > 0 ? ["## Further cases", caseTable(others)] : []),
    "## Source",
    linkSource(source),
  ].join("\n\n") + "\n";
}

/** The example that says most: one with a safe fix before one with a suggestion, one for the usual target before others. */
function chooseExample(examples: readonly RuleExample[]): RuleExample | undefined {
  const rank = ({ findings, target }: RuleExample): number => {
    const fixes = findings[0]?.fixes ?? [];
    return (fixes.some(({ safe }) => safe) ? 0 : fixes.length > 0 ? 2 : 4) + (target.id === "openai" && target.method === "sft" ? 0 : 1);
  };
  return examples.filter(({ findings }) => findings.length > 0).sort((a, b) => rank(a) - rank(b))[0];
}

function showExample({ target, text, findings, fixed }: RuleExample): readonly string[] {
  const [finding] = findings;
  if (!finding) return [];
  const { severity, message, fixes, range } = finding;
  const fix = fixes.find(({ safe }) => safe) ?? fixes[0];
  const place = isAboutFile(finding) ? "" : `, line ${range.start.line + 1}`;
  return [
    `Checked for ${target.title}${place}:`,
    fence(isAboutFile(finding) ? beginOf(text) : excerpt(text, finding)),
    `> **${severity}:** ${escapeMarkdown(message)}`,
    ...(fix ? [`${fix.safe ? "Safe fix" : "Suggestion"}: *${escapeMarkdown(fix.title)}*${after(fix, finding, text, fixed)}`] : []),
  ];
}

/** What a fix leaves of the lines that it changes. */
function after({ edits, rewrites }: Finding["fixes"][number], { range }: Finding, text: string, fixed: string): string {
  if (rewrites === "jsonl") return `, which gives\n\n${fence(beginOf(fixed))}`;
  if (rewrites) return ".";
  const repaired = applyEdits(text, edits);
  const lines = [...splitLines(repaired)];
  const removed = lines.length < [...splitLines(text)].length && edits.every((edit) => edit.text === "");
  const line = lines[range.start.line];
  return removed || !line ? "." : `, which gives\n\n${fence(cut(line.text, range.start.character))}`;
}

/** The cases but the chosen one; of those that say the same for the same target, the first. */
function furtherCases(examples: readonly RuleExample[], chosen: RuleExample | undefined): readonly RuleExample[] {
  const said = ({ target, findings: [finding] }: RuleExample): string => JSON.stringify([target.title, finding?.message]);
  const seen = new Set(chosen ? [said(chosen)] : []);
  return examples.filter((example) => example !== chosen && !seen.has(said(example)) && seen.add(said(example)));
}

function caseTable(examples: readonly RuleExample[]): string {
  const rows = examples.map(({ name, target, findings: [finding] }) => {
    const said = finding ? `**${finding.severity}:** ${escapeMarkdown(finding.message)}` : "nothing";
    return `| ${escapeMarkdown(name.replaceAll("-", " "))} | ${escapeMarkdown(target.title)} | ${said} |`;
  });
  return ["| Case | Checked for | What is said |", "|---|---|---|", ...rows].join("\n");
}

function isAboutFile({ range: { start, end } }: Finding): boolean {
  return [start.line, start.character, end.line, end.character].every((number) => number === 0);
}

function beginOf(text: string): string {
  return [...splitLines(text.slice(0, 10_000))].slice(0, linesOfFile).map((line) => cut(line.text, 0)).join("\n");
}

/** The line at a finding's start with carets under the finding. */
function excerpt(text: string, { range: { start, end } }: Finding): string {
  const line = [...splitLines(text)][start.line]?.text ?? "";
  const from = startOfCut(line, start.character);
  const shown = cut(line, start.character);
  const offset = start.character - from + (from > 0 ? 1 : 0);
  const width = end.line > start.line ? shown.length - offset : Math.min(end.character - start.character, shown.length - offset);
  return `${shown}\n${" ".repeat(offset)}${"^".repeat(Math.max(1, width))}`;
}

function cut(line: string, character: number): string {
  const from = startOfCut(line, character);
  const shown = line.slice(from, from + excerptLength).replaceAll(/\p{Cc}/gu, "\u00b7");
  return `${from > 0 ? "…" : ""}${shown}${from + excerptLength < line.length ? "…" : ""}`;
}

function startOfCut(line: string, character: number): number {
  return line.length <= excerptLength ? 0 : Math.max(0, character - excerptBefore);
}

/** A code block, whose fence is longer than any run of backticks in it. */
function fence(code: string): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}jsonl\n${code}\n${ticks}`;
}

/** Text that Markdown shows as it is. */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|~&#]/g, "\\$&").replaceAll(/\s+/g, " ");
}

/** A source as Markdown: an address, with what is meant there behind it in brackets. */
export function linkSource(source: string): string {
  const [, address, place = ""] = /^(https?:\/\/\S+)(.*)$/.exec(source) ?? [];
  return address ? `<${address}>${place}` : source;
}
