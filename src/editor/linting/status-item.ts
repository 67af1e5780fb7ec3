import * as vscode from "vscode";
import { describeCheck } from "./describe-progress.ts";
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
  const insightsItem = vscode.languages.createLanguageStatusItem("tunesmith.insights", { language });
  insightsItem.name = "Tunesmith: Insights";
  insightsItem.text = "What are its records like?";
  insightsItem.command = { title: "Show Insights", command: "tunesmith.dataset.insights", tooltip: "Show tokens, turns, roles, labels, system prompts, languages and tools of this file, and the records behind each bar" };
  const update = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isDataset(document)) return;
    const chosen = documents.targetOf(document.uri);
    targetItem.text = chosen.target.title;
    targetItem.detail = chosenBy[chosen.by];
    const analysis = documents.latest(document.uri);
    item.busy = documents.current(document) === undefined;
    if (!analysis) return;
    const { counts, fixable } = analysis.check;
    item.text = describeCheck(analysis.check);
    item.severity = counts.error > 0 ? vscode.LanguageStatusSeverity.Error : counts.warning > 0 ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    item.command = fixable > 0
      ? { title: `Fix ${fixable}`, command: "tunesmith.dataset.fix", tooltip: "Apply all safe fixes" }
      : { title: "Problems", command: "workbench.actions.view.problems", tooltip: "Open the problems view" };
  };
  return vscode.Disposable.from(item, targetItem, everyItem, insightsItem, documents.onDidLint(update), documents.onDidChangeConfiguration(update), vscode.window.onDidChangeActiveTextEditor(update));
}
