import * as vscode from "vscode";

/** The diagnostics of a file once they are as expected; the last ones seen when that takes too long. */
export function diagnosticsOf(uri: vscode.Uri, expected: (diagnostics: readonly vscode.Diagnostic[]) => boolean): Promise<vscode.Diagnostic[]> {
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
      reject(new Error(`Unexpected diagnostics: ${JSON.stringify(read().map(({ code, range }) => ({ code, range })))}`));
    }, 10_000);
    const listener = vscode.languages.onDidChangeDiagnostics(settle);
    settle();
  });
}

/** The id of the rule whose finding a diagnostic shows. */
export function ruleOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}
