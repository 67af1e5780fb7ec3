import type * as vscode from "vscode";

/** Launch files are recognised by their name, whether or not an extension gives them a language. */
export const launchSelector: vscode.DocumentSelector = { scheme: "file", pattern: "**/*.finetune.jsonc" };

/** Whether an address is that of a launch file. */
export function isLaunchFile({ scheme, path }: vscode.Uri): boolean {
  return scheme === "file" && path.endsWith(".finetune.jsonc");
}
