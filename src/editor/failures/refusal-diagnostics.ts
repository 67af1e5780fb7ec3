import * as vscode from "vscode";
import { runCommand } from "../commands.ts";
import { eventsUri } from "../jobs/events-document.ts";
import { language } from "../linting/documents.ts";
import type { RefusedLine, RefusedLines } from "./refused-lines.ts";

/** What these diagnostics are told from the linter's by; their code leads to the job's events. */
export const refusalSource = "Tunesmith";
export const refusalCode = "provider-refused";

/** Shows what providers said of lines at these lines, with what can be done about it. `titleOf` names a service. */
export function showRefusals(lines: RefusedLines, titleOf: (service: string) => string): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("tunesmith-refused");
  const publish = (file: vscode.Uri): void => {
    const here = lines.of(file);
    collection.set(file, here.length === 0 ? undefined : here.map((line) => toDiagnostic(line, titleOf(line.provider))));
  };
  return vscode.Disposable.from(
    collection,
    lines.onDidChange(publish),
    vscode.languages.registerCodeActionsProvider({ language }, { provideCodeActions: ({ uri }, range) => actionsAt(lines.of(uri), range, titleOf) }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
  );
}

/** Whoever is told that a line is wrong mends it, which the linter's own fixes may do, and then starts the job again. */
function actionsAt(lines: readonly RefusedLine[], range: vscode.Range, titleOf: (service: string) => string): vscode.CodeAction[] {
  const here = lines.filter(({ line }) => range.start.line <= line && line <= range.end.line);
  return here.filter((line, index) => here.findIndex(({ job }) => job === line.job) === index).map((line) => {
    const { provider, job } = line;
    const title = `Start again at ${titleOf(provider)}…`;
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.command = { title, command: "tunesmith.job.startAgain", arguments: [{ provider, job }] };
    action.diagnostics = [toDiagnostic(line, titleOf(provider))];
    return action;
  });
}

function toDiagnostic({ line, length, words, provider, job }: RefusedLine, title: string): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(line, 0, line, length), `${title} refused this record: ${words}`, vscode.DiagnosticSeverity.Error);
  diagnostic.source = refusalSource;
  diagnostic.code = { value: refusalCode, target: eventsUri({ provider, job }) };
  return diagnostic;
}

/** Offers to start the job again once the last refused line was changed and saved. */
export function offerStartAgain(lines: RefusedLines): vscode.Disposable {
  const waiting = new Map<string, { readonly provider: string; readonly job: string }>();
  return vscode.Disposable.from(
    lines.onDidMend((job) => void waiting.set(JSON.stringify(job), job)),
    vscode.workspace.onDidSaveTextDocument(() => {
      for (const [key, job] of waiting) {
        waiting.delete(key);
        void vscode.window.showInformationMessage(`The lines that the job ${job.job} failed at have changed. Start it again?`, "Start Again").then((chosen) => chosen && runCommand("tunesmith.job.startAgain", job));
      }
    }),
  );
}
