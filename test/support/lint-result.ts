import type { Finding } from "../../src/dataset/finding.ts";
import { createFindingSink } from "../../src/dataset/finding-sink.ts";
import type { LintResult } from "../../src/dataset/lint.ts";

/** What linting would tell of a file of chat records with these findings. */
export function lintResult(findings: readonly Finding[], records: number): LintResult {
  const sink = createFindingSink({ flags: true });
  for (const finding of findings) sink.add(finding);
  return { format: "chat", formatTitle: "OpenAI chat", records, linted: records, ...sink.finish() };
}
