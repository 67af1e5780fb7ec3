import * as vscode from "vscode";

/** The diagnostics of a file, by their places, once they are as expected. Rejects with the first of the last ones seen when that takes longer than `patience` (ms). */
export function diagnosticsOf(uri: vscode.Uri, expected: (diagnostics: readonly vscode.Diagnostic[]) => boolean, patience = 10_000): Promise<vscode.Diagnostic[]> {
  const read = () => vscode.languages.getDiagnostics(uri).sort((a, b) => a.range.start.compareTo(b.range.start));
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      if (!expected(read())) return;
      clearTimeout(timer);
      listener.dispose();
      resolve(read());
    };
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`${read().length} unexpected diagnostics: ${JSON.stringify(read().slice(0, 20).map(({ code, range }) => ({ code, range })))}`));
    }, patience);
    const listener = vscode.languages.onDidChangeDiagnostics(settle);
    settle();
  });
}

/** The id of the rule whose finding a diagnostic shows. */
export function ruleOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}
