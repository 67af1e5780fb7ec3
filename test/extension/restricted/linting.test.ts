import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("Linting in a workspace without trust", () => {
  it("works, as it only reads", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const document = await vscode.workspace.openTextDocument({ language: "jsonl", content: '{"messages": [],}' });
    await vscode.extensions.getExtension("tunesmith.tunesmith")?.activate();
    const found = await new Promise<string[]>((resolve) => {
      const read = (): void => {
        const codes = vscode.languages.getDiagnostics(document.uri).map(({ code }) => String(code));
        if (codes.length > 0) resolve(codes.sort());
      };
      vscode.languages.onDidChangeDiagnostics(read);
      read();
    });
    assert.deepEqual(found, ["invalid-json", "too-few-records"]);
  });
});
