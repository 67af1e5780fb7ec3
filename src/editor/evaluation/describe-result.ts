import * as vscode from "vscode";
import { plain } from "../../dataset/markdown-text.ts";
import type { RecordResult, RecordResults } from "../../evaluation/record-results.ts";

/** What an evaluation says of a record: what was expected, and what each candidate answered. Texts of datasets and models stand in code blocks, where they are texts. */
export function describeResult({ reference, outcomes }: RecordResult, { candidates, metric, createdAt }: Pick<RecordResults, "candidates" | "metric" | "createdAt">): vscode.MarkdownString {
  const text = new vscode.MarkdownString(`**Evaluation of ${plain(new Date(createdAt).toLocaleString())}**, by ${plain(metric)}\n\nExpected:`);
  text.appendCodeblock(reference, "plaintext");
  for (const [index, outcome] of outcomes.entries()) {
    const sign = "failure" in outcome ? "– without an answer:" : outcome.right ? "✓" : "✗";
    text.appendMarkdown(`\n${sign} ${plain(candidates[index] ?? "")}\n`);
    text.appendCodeblock("failure" in outcome ? outcome.failure : outcome.text, "plaintext");
  }
  return text;
}
