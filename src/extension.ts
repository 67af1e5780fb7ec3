import * as vscode from "vscode";

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(vscode.commands.registerCommand("tunesmith.walkthrough.open", () =>
    vscode.commands.executeCommand("workbench.action.openWalkthrough", "tunesmith.tunesmith#cycle", false)));
}
