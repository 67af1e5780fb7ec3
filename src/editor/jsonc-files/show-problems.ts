import * as vscode from "vscode";
import type { JsoncProblem } from "../../dataset/jsonc-problem.ts";
import { stretchOf, type Stretch } from "../../dataset/jsonc-stretch.ts";
import { isNamed, type JsoncLanguage } from "./language.ts";

/** Milliseconds without a keystroke before a file is looked at. */
const calm = 250;

/** Shows what of the open files of a kind is wrong, as they are typed, and when the files that they name come or go. */
export function showProblems(language: JsoncLanguage): vscode.Disposable {
  const { name, ending } = language;
  const collection = vscode.languages.createDiagnosticCollection(`tunesmith-${name}`);
  const waiting = new Map<string, NodeJS.Timeout>();
  const later = (document: vscode.TextDocument): void => {
    if (!isNamed(document.uri, ending)) return;
    const id = document.uri.toString();
    clearTimeout(waiting.get(id));
    waiting.set(id, setTimeout(() => {
      waiting.delete(id);
      void look(document);
    }, calm));
  };
  const look = async (document: vscode.TextDocument): Promise<void> => {
    const { version } = document;
    const diagnostics = await diagnose(document, language);
    // A newer text has been looked at, or will be.
    if (!document.isClosed && document.version === version) collection.set(document.uri, diagnostics);
  };
  const lookAtAll = (): void => vscode.workspace.textDocuments.forEach(later);
  const datasets = vscode.workspace.createFileSystemWatcher("**/*.{jsonl,jsonlines,ndjson}", false, true, false);
  lookAtAll();
  return vscode.Disposable.from(
    collection,
    datasets,
    datasets.onDidCreate(lookAtAll),
    datasets.onDidDelete(lookAtAll),
    vscode.workspace.onDidOpenTextDocument(later),
    vscode.workspace.onDidChangeTextDocument(({ document }) => later(document)),
    vscode.workspace.onDidCloseTextDocument((document) => isNamed(document.uri, ending) && collection.delete(document.uri)),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("tunesmith.endpoints") && lookAtAll()),
    language.onDidChange(lookAtAll),
    new vscode.Disposable(() => waiting.forEach((timer) => clearTimeout(timer))),
  );
}

async function diagnose(document: vscode.TextDocument, language: JsoncLanguage): Promise<vscode.Diagnostic[]> {
  const read = language.read(document.getText());
  // VS Code's own JSON says what the schema says; to say it twice helps nobody.
  if ("faults" in read) return vscode.extensions.getExtension("vscode.json-language-features") ? [] : read.faults.map((fault) => toDiagnostic(toRange(document, fault), fault.message, "error"));
  return (await problemsIn(document, language)).map(({ range, problem }) => toDiagnostic(range, problem.message, problem.severity));
}

/** What cannot be of a file that can be read, and where it stands. */
export async function problemsIn(document: vscode.TextDocument, language: JsoncLanguage): Promise<readonly { readonly range: vscode.Range; readonly problem: JsoncProblem }[]> {
  const read = language.read(document.getText());
  if ("faults" in read) return [];
  return (await language.problems(document)).map((problem) => ({ problem, range: toRange(document, stretchOf(read.tree, problem.path, problem.key ? "key" : "value")) }));
}

function toRange(document: vscode.TextDocument, { offset, length }: Stretch): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}

function toDiagnostic(range: vscode.Range, message: string, severity: JsoncProblem["severity"]): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, severity === "error" ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning);
  diagnostic.source = "tunesmith";
  return diagnostic;
}
