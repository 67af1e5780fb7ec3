import * as vscode from "vscode";
import type { PresentError } from "../present-error.ts";
import type { LatestResults, ResultsOfFile } from "./latest-results.ts";

export interface MarkDependencies {
  readonly results: LatestResults;
  readonly onDidChange: vscode.Event<void>;
  readonly presentError: PresentError;
}

/** Shows before each line of a test file what the last evaluation made of it, in the lines that are in sight, and tells more when the sign is hovered. */
export function showResultMarks({ results, onDidChange, presentError }: MarkDependencies): vscode.Disposable {
  // Lines of datasets are longer than any window, so that what stands at their end would never be seen.
  const type = vscode.window.createTextEditorDecorationType({ rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed });
  let timer: NodeJS.Timeout | undefined;

  function markSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void Promise.all(vscode.window.visibleTextEditors.filter(({ document }) => isTestFile(document)).map(mark)).catch(presentError), pause);
  }

  async function mark(editor: vscode.TextEditor): Promise<void> {
    const found = areShown() ? await results.of(editor.document.uri) : undefined;
    editor.setDecorations(type, found ? [...editor.visibleRanges.flatMap((range) => marksIn(editor.document, range, found))] : []);
  }

  const hover: vscode.HoverProvider = {
    async provideHover(document, position) {
      // The sign stands before the first character; elsewhere the line tells of itself.
      if (position.character > 1 || !isTestFile(document) || !areShown()) return undefined;
      const found = await results.of(document.uri);
      const result = found?.find(document.lineAt(position.line).text);
      return found && result && new vscode.Hover((await import("./describe-result.ts")).describeResult(result, found), document.lineAt(position.line).range.with(undefined, new vscode.Position(position.line, 1)));
    },
  };

  markSoon();
  return vscode.Disposable.from(
    type, new vscode.Disposable(() => clearTimeout(timer)),
    onDidChange(markSoon),
    vscode.window.onDidChangeVisibleTextEditors(markSoon),
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => isTestFile(textEditor.document) && markSoon()),
    vscode.workspace.onDidChangeTextDocument(({ document }) => isTestFile(document) && markSoon()),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(setting) && markSoon()),
    vscode.languages.registerHoverProvider({ language: "jsonl", scheme: "file" }, hover),
  );
}

/** Shows the marks, or hides them, from now on. */
export async function toggleResultMarks(): Promise<void> {
  await vscode.workspace.getConfiguration().update(setting, !areShown(), vscode.ConfigurationTarget.Global);
}

/** The marks of the lines of a range, as decorations. */
export function marksIn(document: vscode.TextDocument, { start, end }: vscode.Range, found: ResultsOfFile): vscode.DecorationOptions[] {
  const decorations: vscode.DecorationOptions[] = [];
  let left = mostCharacters;
  for (let line = start.line; line <= Math.min(end.line, document.lineCount - 1); line++) {
    const { text } = document.lineAt(line);
    left -= text.length;
    if (left < 0) break;
    const result = found.find(text);
    if (!result) continue;
    const right = result.outcomes.filter((outcome) => "right" in outcome && outcome.right).length;
    const signs = result.outcomes.slice(0, mostSigns).map((outcome) => ("failure" in outcome ? "–" : outcome.right ? "✓" : "✗")).join("");
    const color = new vscode.ThemeColor(right === result.outcomes.length ? "testing.iconPassed" : right === 0 ? "testing.iconFailed" : "list.warningForeground");
    decorations.push({ range: new vscode.Range(line, 0, line, 0), renderOptions: { before: { contentText: `${signs}${result.outcomes.length > mostSigns ? "…" : ""}`, color, margin: "0 1ch 0 0" } } });
  }
  return decorations;
}

const setting = "tunesmith.evaluation.showResults";
/** Milliseconds without a change after which lines are marked. */
const pause = 150;
/** So many characters are read as records at a time: more would be felt while scrolling. */
const mostCharacters = 2_000_000;
/** The signs of more candidates would push the line away. */
const mostSigns = 6;

function areShown(): boolean {
  return vscode.workspace.getConfiguration().get<boolean>(setting) ?? true;
}

function isTestFile({ languageId, uri }: vscode.TextDocument): boolean {
  return languageId === "jsonl" && uri.scheme === "file";
}
