import * as vscode from "vscode";
import type { JsoncFault } from "../../dataset/read-jsonc.ts";
import { checkLaunchFile } from "../../jobs/launch-file/check.ts";
import { parseLaunchFile, stretchOf, type Stretch } from "../../jobs/launch-file/parse.ts";
import type { LaunchProblem } from "../../jobs/launch-file/problem.ts";
import { lookAround } from "../../launch/look-around.ts";
import { readClusterSetting } from "../settings.ts";
import type { KnownModels } from "./known-models.ts";
import { isLaunchFile } from "./launch-selector.ts";

/** Milliseconds without a keystroke before a launch file is looked at. */
const calm = 250;

/** Shows what of open launch files is wrong, as they are typed, and when the files that they name come or go. */
export function showLaunchProblems({ known }: { known: KnownModels }): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("tunesmith-launch");
  const waiting = new Map<string, NodeJS.Timeout>();
  const later = (document: vscode.TextDocument): void => {
    if (!isLaunchFile(document.uri)) return;
    const id = document.uri.toString();
    clearTimeout(waiting.get(id));
    waiting.set(id, setTimeout(() => {
      waiting.delete(id);
      void look(document);
    }, calm));
  };
  const look = async (document: vscode.TextDocument): Promise<void> => {
    const { version } = document;
    const diagnostics = await diagnose(document, known);
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
    vscode.workspace.onDidCloseTextDocument((document) => isLaunchFile(document.uri) && collection.delete(document.uri)),
    vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("tunesmith.endpoints") && lookAtAll()),
    known.onDidChange(lookAtAll),
    new vscode.Disposable(() => waiting.forEach((timer) => clearTimeout(timer))),
  );
}

async function diagnose(document: vscode.TextDocument, known: KnownModels): Promise<vscode.Diagnostic[]> {
  const read = parseLaunchFile(document.getText());
  // VS Code's own JSON says what the schema says; to say it twice helps nobody.
  if ("faults" in read) return vscode.extensions.getExtension("vscode.json-language-features") ? [] : read.faults.map((fault) => toDiagnostic(toRange(document, fault), fault, "error"));
  return (await problemsIn(document, known)).map(({ range, problem }) => toDiagnostic(range, problem, problem.severity));
}

/** What cannot be of a launch file that can be read, and where it stands. */
export async function problemsIn(document: vscode.TextDocument, known: KnownModels): Promise<readonly { readonly range: vscode.Range; readonly problem: LaunchProblem }[]> {
  const read = parseLaunchFile(document.getText());
  if ("faults" in read) return [];
  const services = { known: known.services, open: () => Promise.reject(new Error("Nobody is asked while a file is typed.")) };
  const around = await lookAround(read.value, document.uri.fsPath, { services, clusters: readClusterSetting().map(({ name }) => name), clock: { now: Date.now } });
  return checkLaunchFile(read.value, around).map((problem) => ({ problem, range: toRange(document, stretchOf(read.tree, problem.path, problem.key ? "key" : "value")) }));
}

function toRange(document: vscode.TextDocument, { offset, length }: Stretch): vscode.Range {
  return new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
}

function toDiagnostic(range: vscode.Range, { message }: Pick<JsoncFault | LaunchProblem, "message">, severity: LaunchProblem["severity"]): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, severity === "error" ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning);
  diagnostic.source = "tunesmith";
  return diagnostic;
}
