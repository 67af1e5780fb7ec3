import * as vscode from "vscode";
import { followLine } from "../../jobs/failure/follow-line.ts";
import type { JobReference } from "../../jobs/job.ts";
import type { Launch, Ledger } from "../../jobs/launch.ts";
import { fileToMend, openFailures } from "../../launch/locate-failure.ts";
import type { DatasetFiles } from "../../launch/desk.ts";
import { hashLine } from "../../workers/find-lines.ts";
import { documentOf } from "../linting/dataset-files.ts";
import { watchFile } from "../watch-file.ts";

/** A line that a provider refused, where it stands now, from 0. */
export interface RefusedLine extends JobReference {
  readonly line: number;
  /** In UTF-16 units. */
  readonly length: number;
  readonly sha256: string;
  readonly words: string;
}

/** Where the lines that providers refused stand now: as long as they are what was uploaded, wherever they have come to. */
export interface RefusedLines extends vscode.Disposable {
  /** The lines of a file, or those of them that were changed since they were shown, which is all of them in the end. */
  readonly onDidChange: vscode.Event<vscode.Uri>;
  /** The lines of the last one were changed by the user; a job is started again next. */
  readonly onDidMend: vscode.Event<JobReference>;
  of(file: vscode.Uri): readonly RefusedLine[];
  /** Finds the lines of a launch anew; gives them with their file. */
  show(launch: Launch): Promise<{ readonly file: vscode.Uri; readonly lines: readonly RefusedLine[] }>;
  /** Looks into the ledger which launches have failed and were not started again, and shows their lines, if their files lie in this workspace. */
  refresh(): Promise<void>;
}

interface Shown {
  readonly file: vscode.Uri;
  readonly launch: Launch;
  readonly watching: vscode.Disposable;
  lines: readonly RefusedLine[];
}

export function createRefusedLines({ ledger, files }: { readonly ledger: () => Promise<Ledger>; readonly files: Pick<DatasetFiles, "findLines"> }): RefusedLines {
  const shown = new Map<string, Shown>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const mended = new vscode.EventEmitter<JobReference>();

  /** Where the lines stand on disk, and in the document where there is one. */
  async function find(file: vscode.Uri, { failure, provider, job = "" }: Launch): Promise<readonly RefusedLine[]> {
    const marks = failure?.lines ?? [];
    // A file that is gone has no lines.
    const found = await files.findLines(file.fsPath, marks.map(({ sha256, byteLength, line }) => ({ sha256, byteLength, near: line - 1 })), new AbortController().signal).catch(() => []);
    const lines = marks.flatMap(({ words }, index) => {
      const place = found[index];
      return place ? [{ line: place.line, length: place.length, sha256: place.sha256, words, provider, job }] : [];
    });
    const document = documentOf(file);
    return document ? lines.filter((line) => isAt(document, line, line.line)) : lines;
  }

  async function show(launch: Launch): Promise<Pick<Shown, "file" | "lines">> {
    const file = vscode.Uri.file(fileToMend(launch));
    const lines = await find(file, launch);
    shown.get(launch.id)?.watching.dispose();
    const entry: Shown = { file, launch, lines, watching: watchFile(file, () => documentOf(file) === undefined && void again(launch.id)) };
    shown.set(launch.id, entry);
    changed.fire(file);
    return entry;
  }

  async function again(id: string): Promise<void> {
    const entry = shown.get(id);
    if (!entry) return;
    entry.lines = await find(entry.file, entry.launch);
    changed.fire(entry.file);
  }

  function hide(id: string): void {
    const entry = shown.get(id);
    entry?.watching.dispose();
    shown.delete(id);
    if (entry) changed.fire(entry.file);
  }

  function follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    for (const [id, entry] of shown) {
      if (entry.file.toString() !== document.uri.toString()) continue;
      // What was typed may have been taken back.
      if (!document.isDirty && entry.lines.length < (entry.launch.failure?.lines.length ?? 0)) void again(id);
      if (entry.lines.length === 0 || contentChanges.length === 0) continue;
      entry.lines = entry.lines.flatMap((line) => {
        const places = contentChanges.reduce<readonly number[]>((now, { range, text }) => [...new Set(now.flatMap((place) => followLine(place, { start: range.start, end: range.end, text })))], [line.line]);
        const place = places.find((each) => isAt(document, line, each));
        return place === undefined ? [] : [{ ...line, line: place }];
      });
      changed.fire(entry.file);
      if (entry.lines.length === 0) mended.fire({ provider: entry.launch.provider, job: entry.launch.job ?? "" });
    }
  }

  const subscriptions = vscode.Disposable.from(
    changed, mended,
    vscode.workspace.onDidChangeTextDocument(follow),
    // What was typed may have been thrown away.
    vscode.workspace.onDidCloseTextDocument(({ uri }) => [...shown].forEach(([id, { file }]) => file.toString() === uri.toString() && void again(id))),
  );

  return {
    onDidChange: changed.event,
    onDidMend: mended.event,
    of: (file) => [...shown.values()].filter((entry) => entry.file.toString() === file.toString()).flatMap(({ lines }) => lines),
    show,
    async refresh() {
      const open = openFailures(await (await ledger()).list());
      for (const id of [...shown.keys()]) if (!open.some((launch) => launch.id === id)) hide(id);
      for (const launch of open) {
        if (!shown.has(launch.id) && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(fileToMend(launch)))) await show(launch);
      }
    },
    dispose() {
      subscriptions.dispose();
      for (const { watching } of shown.values()) watching.dispose();
    },
  };
}

function isAt(document: vscode.TextDocument, { sha256, length }: Pick<RefusedLine, "sha256" | "length">, line: number): boolean {
  if (line < 0 || line >= document.lineCount) return false;
  const { text } = document.lineAt(line);
  return text.length === length && hashLine(text) === sha256;
}
