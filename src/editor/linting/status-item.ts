import * as vscode from "vscode";
import type { LintResult } from "../../dataset/lint.ts";
import { nameOfTarget } from "../../dataset/targets/index.ts";
import { isDataset, language, type LintedDocuments } from "./documents.ts";
import type { ChosenTarget } from "./target-choice.ts";

/** The dataset's format, records and findings in the language status, and for what it is checked. */
export function showStatus(documents: LintedDocuments): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("tunesmith.dataset", { language });
  item.name = "Tunesmith: Dataset";
  const targetItem = vscode.languages.createLanguageStatusItem("tunesmith.target", { language });
  targetItem.name = "Tunesmith: Target";
  targetItem.command = { title: "Choose Target", command: "tunesmith.target.choose", tooltip: "Choose the provider and the method that datasets of this folder are checked for" };
  const update = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isDataset(document)) return;
    const chosen = documents.targetOf(document.uri);
    targetItem.text = `Checked for ${nameOfTarget(chosen.target)}`;
    targetItem.detail = describeChoice(chosen);
    const analysis = documents.latest(document.uri);
    item.busy = documents.current(document) === undefined;
    if (!analysis) return;
    const { errors, warnings, fixable } = count(analysis.result);
    item.text = describe(analysis.result);
    item.detail = chosen.target.title;
    item.severity = errors > 0 ? vscode.LanguageStatusSeverity.Error : warnings > 0 ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    item.command = fixable > 0
      ? { title: `Fix ${fixable}`, command: "tunesmith.dataset.fix", tooltip: "Apply all safe fixes" }
      : { title: "Problems", command: "workbench.actions.view.problems", tooltip: "Open the problems view" };
  };
  return vscode.Disposable.from(item, targetItem, documents.onDidLint(update), documents.onDidChangeConfiguration(update), vscode.window.onDidChangeActiveTextEditor(update));
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

function describeChoice({ target, by }: ChosenTarget): string {
  const said = { setting: "as the setting tunesmith.target says", choice: "chosen for this folder", configuration: "as tunesmith.jsonc says", default: "until another target is chosen" } as const;
  return `${target.title}, ${said[by]}; rules of ${target.dated}`;
}
