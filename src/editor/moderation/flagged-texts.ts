import * as vscode from "vscode";
import type { Finding } from "../../dataset/finding.ts";
import { followLine } from "../../jobs/failure/follow-line.ts";
import type { DatasetClient } from "../../workers/dataset-client.ts";
import { hashLine } from "../../workers/find-lines.ts";
import { documentOf } from "../linting/dataset-files.ts";
import { watchFile } from "../watch-file.ts";

/** What these diagnostics are told from the linter's by. */
export const moderationSource = "Tunesmith";

/** What a moderation model has flagged, as diagnostics that stay with their lines until these are changed. */
export interface FlaggedTexts extends vscode.Disposable {
  /** Shows these in the place of what was shown of the file. */
  show(file: vscode.Uri, findings: readonly Finding[]): Promise<void>;
}

/** A finding on a line, from 0, that is known again by its text. */
interface Flagged {
  readonly finding: Finding;
  readonly line: number;
  readonly length: number;
  readonly sha256: string;
  readonly byteLength: number;
}

interface Shown {
  readonly file: vscode.Uri;
  /** As they were when the file was checked. */
  readonly all: readonly Flagged[];
  now: readonly Flagged[];
  readonly watching: vscode.Disposable;
}

export function createFlaggedTexts(client: Pick<DatasetClient, "findLines">): FlaggedTexts {
  const collection = vscode.languages.createDiagnosticCollection("tunesmith-moderation");
  const shown = new Map<string, Shown>();
  const live = (): AbortSignal => new AbortController().signal;

  function publish({ file, now }: Shown): void {
    collection.set(file, now.map(toDiagnostic));
  }

  /** Where the lines stand on disk now. A file that is gone has none. */
  async function again(entry: Shown): Promise<void> {
    const found = await client.findLines(entry.file.fsPath, entry.all.map(({ sha256, byteLength, line }) => ({ sha256, byteLength, near: line })), live()).catch(() => []);
    if (shown.get(entry.file.toString()) !== entry) return;
    entry.now = entry.all.flatMap((each, index) => (found[index] ? [{ ...each, line: found[index].line }] : []));
    publish(entry);
  }

  function follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const entry = shown.get(document.uri.toString());
    if (!entry || contentChanges.length === 0) return;
    entry.now = entry.now.flatMap((each) => {
      const places = contentChanges.reduce<readonly number[]>((now, { range, text }) => [...new Set(now.flatMap((place) => followLine(place, { start: range.start, end: range.end, text })))], [each.line]);
      const place = places.find((line) => line >= 0 && line < document.lineCount && document.lineAt(line).text.length === each.length && hashLine(document.lineAt(line).text) === each.sha256);
      return place === undefined ? [] : [{ ...each, line: place }];
    });
    publish(entry);
  }

  const subscriptions = vscode.Disposable.from(
    collection,
    vscode.workspace.onDidChangeTextDocument(follow),
    // What was typed may have been thrown away, or taken back and saved.
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void afterwards(uri)),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => void afterwards(uri)),
  );

  async function afterwards(uri: vscode.Uri): Promise<void> {
    const entry = shown.get(uri.toString());
    if (entry) await again(entry);
  }

  return {
    async show(file, findings) {
      const key = file.toString();
      shown.get(key)?.watching.dispose();
      shown.delete(key);
      collection.delete(file);
      if (findings.length === 0) return;
      const lines = await client.findLines(file.fsPath, findings.map(({ range }) => ({ number: range.start.line + 1, counts: "lines" })), live());
      const all = findings.flatMap((finding, index): Flagged[] => {
        const found = lines[index];
        return found ? [{ finding, line: found.line, length: found.length, sha256: found.sha256, byteLength: found.byteLength }] : [];
      });
      const entry: Shown = { file, all, now: all, watching: watchFile(file, () => documentOf(file) === undefined && void again(entry)) };
      shown.set(key, entry);
      publish(entry);
    },
    dispose() {
      subscriptions.dispose();
      for (const { watching } of shown.values()) watching.dispose();
    },
  };
}

function toDiagnostic({ finding: { range: { start, end }, message, rule }, line }: Flagged): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(line, start.character, line + end.line - start.line, end.character), message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = moderationSource;
  diagnostic.code = rule;
  return diagnostic;
}
