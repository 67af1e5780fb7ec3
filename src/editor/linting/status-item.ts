import * as vscode from "vscode";
import type { LintResult } from "../../dataset/lint.ts";
import { isDataset, language, type LintedDocuments } from "./documents.ts";
import type { ChosenTarget } from "./target-choice.ts";

const chosenBy: Readonly<Record<ChosenTarget["by"], string>> = { setting: "by tunesmith.target", choice: "chosen here", configuration: "by tunesmith.jsonc", default: "by default" };

/** The dataset's format, records and findings in the language status, and for what it is checked. */
export function showStatus(documents: LintedDocuments): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("tunesmith.dataset", { language });
  item.name = "Tunesmith: Dataset";
  const targetItem = vscode.languages.createLanguageStatusItem("tunesmith.target", { language });
  targetItem.name = "Tunesmith: Target";
  targetItem.command = { title: "Choose", command: "tunesmith.target.choose", tooltip: "Choose the provider and the method that datasets of this folder are checked for" };
  const everyItem = vscode.languages.createLanguageStatusItem("tunesmith.targets", { language });
  everyItem.name = "Tunesmith: Every Target";
  everyItem.text = "Who else takes it?";
  everyItem.command = { title: "Check for Every Target", command: "tunesmith.target.compare", tooltip: "Show which providers and methods take this file as it is, after safe fixes, or not, and why" };
  const update = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isDataset(document)) return;
    const chosen = documents.targetOf(document.uri);
    targetItem.text = chosen.target.title;
    targetItem.detail = chosenBy[chosen.by];
    const analysis = documents.latest(document.uri);
    item.busy = documents.current(document) === undefined;
    if (!analysis) return;
    const { errors, warnings, fixable } = count(analysis.result);
    item.text = describe(analysis.result);
    item.severity = errors > 0 ? vscode.LanguageStatusSeverity.Error : warnings > 0 ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    item.command = fixable > 0
      ? { title: `Fix ${fixable}`, command: "tunesmith.dataset.fix", tooltip: "Apply all safe fixes" }
      : { title: "Problems", command: "workbench.actions.view.problems", tooltip: "Open the problems view" };
  };
  return vscode.Disposable.from(item, targetItem, everyItem, documents.onDidLint(update), documents.onDidChangeConfiguration(update), vscode.window.onDidChangeActiveTextEditor(update));
}

/** A dataset in a few words: `OpenAI chat · 300 records · 4 errors, 1 warning`. */
export function describe(result: LintResult): string {
  return describeFound({ ...result, ...count(result) });
}

/** The same from counts. */
export function describeFound({ formatTitle, records, errors, warnings }: Pick<LintResult, "formatTitle" | "records"> & { readonly errors: number; readonly warnings: number }): string {
  const found = errors + warnings === 0 ? "no problems" : `${plural(errors, "error")}, ${plural(warnings, "warning")}`;
  return `${formatTitle ?? "Unknown format"} · ${plural(records, "record")} · ${found}`;
}

function plural(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

function count({ findings }: LintResult): { errors: number; warnings: number; fixable: number } {
  return {
    errors: findings.filter(({ severity }) => severity === "error").length,
    warnings: findings.filter(({ severity }) => severity === "warning").length,
    fixable: findings.filter(({ fixes }) => fixes.some(({ safe }) => safe)).length,
  };
}
