import type * as vscode from "vscode";
import { launchFileEnding } from "../../jobs/launch-file/file-name.ts";
import { isNamed } from "../jsonc-files/language.ts";

/** Whether an address is that of a launch file. */
export function isLaunchFile(uri: vscode.Uri): boolean {
  return isNamed(uri, launchFileEnding);
}
