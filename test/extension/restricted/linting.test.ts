import assert from "node:assert/strict";
import * as vscode from "vscode";
import { ruleOf } from "../diagnostics-of.ts";

describe("Linting in a workspace without trust", () => {
  it("works, as it only reads", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const document = await vscode.workspace.openTextDocument({ language: "jsonl", content: '{"messages": [],}' });
    await vscode.extensions.getExtension("tunesmith.tunesmith")?.activate();
    const found = await new Promise<string[]>((resolve) => {
      const read = (): void => {
        const rules = vscode.languages.getDiagnostics(document.uri).map((diagnostic) => String(ruleOf(diagnostic)));
        if (rules.length > 0) resolve(rules.sort());
      };
      vscode.languages.onDidChangeDiagnostics(read);
      read();
    });
    assert.deepEqual(found, ["invalid-json", "too-few-records"]);
  });
});
