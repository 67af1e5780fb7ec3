import * as vscode from "vscode";
import type { Completion } from "../../dataset/jsonc-completion.ts";
import type { JsoncProblem } from "../../dataset/jsonc-problem.ts";
import type { JsoncPath } from "../../dataset/jsonc-stretch.ts";
import type { JsoncRead } from "../../dataset/read-jsonc.ts";

/** A kind of file that a user writes to say what is to be done: how the editor knows it, and what it can say of one. */
export interface JsoncLanguage {
  /** Tells it from the others. */
  readonly name: string;
  /** How the names of such files end. */
  readonly ending: string;
  read(text: string): JsoncRead<unknown>;
  /** What of a file that can be read cannot be all the same. */
  problems(document: vscode.TextDocument): Promise<readonly JsoncProblem[]>;
  /** What can stand at a place, beside what the schema offers. `files` are the workspace's datasets, as they are written. */
  complete(document: vscode.TextDocument, offset: number, files: readonly string[]): Promise<Completion>;
  /** Markdown for the key or value of a path. */
  explain(document: vscode.TextDocument, path: JsoncPath): Promise<string | undefined>;
  /** Fires when the same text may mean another thing. */
  readonly onDidChange: vscode.Event<void>;
}

/** Files of this kind are recognised by their name, whether or not an extension gives them a language. */
export function selectorOf(ending: string): vscode.DocumentSelector {
  return { scheme: "file", pattern: `**/*${ending}` };
}

/** Whether an address is that of such a file. */
export function isNamed({ scheme, path }: vscode.Uri, ending: string): boolean {
  return scheme === "file" && path.endsWith(ending);
}
