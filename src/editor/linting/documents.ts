import * as vscode from "vscode";
import type { Finding } from "../../dataset/finding.ts";
import type { Encoding } from "../../dataset/source.ts";
import { nameOfTarget, targetNamed } from "../../dataset/targets/index.ts";
import { openaiSft } from "../../dataset/targets/openai.ts";
import type { TargetName } from "../../dataset/targets/target.ts";
import { createDatasetClient, type DatasetClient } from "../../workers/dataset-client.ts";
import type { DocumentCheck } from "../../workers/file-check.ts";
import type { Aim, DocumentOrigin } from "../../workers/worker-protocol.ts";
import type { ChosenTarget, TargetChoice } from "./target-choice.ts";

/** What was found in one version of a document: for `target`, which is what somebody chose, or what counts where nobody did. */
export interface Analysis {
  readonly version: number;
  readonly aim: Aim;
  readonly target: TargetName;
  /** The same object as of the version before where nothing has changed. */
  readonly check: DocumentCheck;
}

/** Keeps the worker's mirrors in step with the open JSONL documents, and what was found in each. */
export interface LintedDocuments extends vscode.Disposable {
  readonly client: DatasetClient;
  readonly onDidLint: vscode.Event<vscode.Uri>;
  readonly onDidClose: vscode.Event<vscode.Uri>;
  /** A `tunesmith.jsonc` has come, changed or gone, or another target is wanted. */
  readonly onDidChangeConfiguration: vscode.Event<void>;
  /** What was chosen for a file. */
  aimOf(uri: vscode.Uri): Aim;
  /** What a document is checked for, and who said so; what its `tunesmith.jsonc` says is known once it has been looked at. */
  targetOf(uri: vscode.Uri): ChosenTarget;
  /** The same for any file, be it a document or not: its `tunesmith.jsonc` is looked at where nobody chose. */
  findTarget(uri: vscode.Uri): Promise<ChosenTarget>;
  /** What was found in the document as it is now, for what was chosen; `undefined` while that is still being looked at. */
  current(document: vscode.TextDocument): Analysis | undefined;
  /** The newest findings, be they of an older version or for the target before. */
  latest(uri: vscode.Uri): Analysis | undefined;
  /** The analysis of the document as it is now, once it is there. */
  settled(document: vscode.TextDocument): Promise<Analysis>;
}

export const language = "jsonl";

/** Documents that show something else than a dataset of the user: what Git, a diff, a preview or an output channel shows. */
const foreignSchemes = new Set(["git", "output", "vscode", "tunesmith-conversion", "tunesmith-remote", "debug", "comment"]);

/** Whether Tunesmith looks at a document. */
export function isDataset(document: vscode.TextDocument): boolean {
  return document.languageId === language && !foreignSchemes.has(document.uri.scheme);
}

/** Starts no worker before the first dataset is open. `refused` is told of a `tunesmith.jsonc` that cannot be used. */
export function lintDocuments(workerFile: URL, choice: TargetChoice, log: vscode.LogOutputChannel, refused: (message: string) => void): LintedDocuments {
  const analyses = new Map<string, Analysis>();
  /** What the worker was told last of each document. */
  const aims = new Map<string, Aim>();
  const encodings = new Map<string, string>();
  const linted = new vscode.EventEmitter<vscode.Uri>();
  const closed = new vscode.EventEmitter<vscode.Uri>();
  const client = createDatasetClient(
    workerFile,
    (id, analysis) => {
      analyses.set(id, analysis);
      linted.fire(vscode.Uri.parse(id, true));
    },
    (error) => {
      log.error("The linting worker ended and is started anew.", error);
      for (const document of vscode.workspace.textDocuments) open(document);
    },
    refused,
  );
  const configurations = vscode.workspace.createFileSystemWatcher("**/tunesmith.jsonc");
  const configured = new vscode.EventEmitter<void>();
  const configurationChanged = (): void => {
    client.configurationChanged();
    configured.fire();
  };

  const aimOf = (uri: vscode.Uri): Aim => {
    const chosen = choice.of(uri);
    return chosen && nameOfTarget(chosen.target);
  };
  function open(document: vscode.TextDocument): void {
    if (!isDataset(document)) return;
    const aim = aimOf(document.uri);
    aims.set(document.uri.toString(), aim);
    encodings.set(document.uri.toString(), document.encoding);
    analyses.delete(document.uri.toString());
    client.open(document.uri.toString(), document.version, document.getText(), originOf(document), aim, document.uri.scheme === "file" ? document.uri.fsPath : undefined);
  }
  function aimAnew(): void {
    for (const document of vscode.workspace.textDocuments) {
      const id = document.uri.toString();
      const aim = aimOf(document.uri);
      if (!isDataset(document) || aims.get(id) === aim) continue;
      aims.set(id, aim);
      client.aim(id, aim);
    }
    configured.fire();
  }
  function close(document: vscode.TextDocument): void {
    if (!isDataset(document)) return;
    client.close(document.uri.toString());
    analyses.delete(document.uri.toString());
    aims.delete(document.uri.toString());
    encodings.delete(document.uri.toString());
    closed.fire(document.uri);
  }

  const subscriptions = [
    linted,
    closed,
    client,
    configured,
    configurations,
    choice.onDidChange(aimAnew),
    configurations.onDidCreate(configurationChanged),
    configurations.onDidChange(configurationChanged),
    configurations.onDidDelete(configurationChanged),
    vscode.workspace.onDidOpenTextDocument(open),
    vscode.workspace.onDidCloseTextDocument(close),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (!isDataset(document)) return;
      // Another encoding comes as a change of no text.
      if (encodings.get(document.uri.toString()) !== document.encoding) return open(document);
      const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({ offset: rangeOffset, length: rangeLength, text }));
      client.change(document.uri.toString(), document.version, changes);
    }),
  ];
  for (const document of vscode.workspace.textDocuments) open(document);

  const current = (document: vscode.TextDocument): Analysis | undefined => {
    const analysis = analyses.get(document.uri.toString());
    return analysis?.version === document.version && analysis.aim === aims.get(document.uri.toString()) ? analysis : undefined;
  };
  const configuredAs = (name: TargetName | undefined): ChosenTarget => {
    const target = targetNamed(name) ?? openaiSft;
    return { target, by: target === openaiSft ? "default" : "configuration" };
  };
  return {
    client,
    onDidLint: linted.event,
    onDidClose: closed.event,
    onDidChangeConfiguration: configured.event,
    aimOf,
    targetOf: (uri) => choice.of(uri) ?? configuredAs(analyses.get(uri.toString())?.target),
    findTarget: async (uri) => choice.of(uri) ?? configuredAs(uri.scheme === "file" ? await client.findTarget(uri.fsPath) : undefined),
    current,
    latest: (uri) => analyses.get(uri.toString()),
    settled: (document) =>
      new Promise((resolve) => {
        const now = current(document);
        if (now) return resolve(now);
        const listener = linted.event(() => {
          const analysis = current(document);
          if (!analysis) return;
          listener.dispose();
          resolve(analysis);
        });
      }),
    dispose: () => subscriptions.forEach((subscription) => void subscription.dispose()),
  };
}

/** VS Code hands over decoded text without its mark; only the name of the encoding tells what the bytes were. */
export function originOf({ encoding }: vscode.TextDocument): DocumentOrigin {
  const encodings: Readonly<Record<string, Encoding>> = { utf16le: "utf-16le", utf16be: "utf-16be" };
  return { encoding: encodings[encoding] ?? "utf-8", byteOrderMark: encoding === "utf8bom" || encoding in encodings };
}

/** A finding's range as VS Code's. */
export function toRange({ range: { start, end } }: Pick<Finding, "range">): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
