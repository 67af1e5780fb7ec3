import type * as vscode from "vscode";
import { launchFileEnding } from "../../jobs/launch-file/file-name.ts";

/** Launch files are recognised by their name, whether or not an extension gives them a language. */
export const launchSelector: vscode.DocumentSelector = { scheme: "file", pattern: `**/*${launchFileEnding}` };

/** Whether an address is that of a launch file. */
export function isLaunchFile({ scheme, path }: vscode.Uri): boolean {
  return scheme === "file" && path.endsWith(launchFileEnding);
}
