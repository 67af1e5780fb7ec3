import * as vscode from "vscode";
import { documentOf, nameOf } from "../linting/dataset-files.ts";
import { watchFile } from "../watch-file.ts";
import { addressOf, readAddress, recordScheme } from "./record-address.ts";
import type { RecordLines } from "./record-lines.ts";

/** A record that is open as a document. */
interface OpenRecord {
  readonly file: vscode.Uri;
  /** Where it stands now: lines that come or go above it in an open dataset move it. */
  line: number;
  /** Its line as the document was made of it: over anything else nothing is saved. */
  text: string;
  /** The moment since which it is that, as a file's time of change. */
  since: number;
}

/** Records as files of a scheme of their own, so that VS Code edits, saves, validates and completes them as it does any JSON. */
export interface RecordFiles extends vscode.Disposable {
  readonly provider: vscode.FileSystemProvider;
  /** The address of the record on a line, which is that of its document where it is open already. */
  address(file: vscode.Uri, line: number, format: string | undefined): vscode.Uri;
  /** Which record a document shows, and where it stands now. */
  find(uri: vscode.Uri): { readonly file: vscode.Uri; readonly line: number } | undefined;
  /** A record was saved into this file on disk. */
  readonly onDidWrite: vscode.Event<vscode.Uri>;
}

export function createRecordFiles(lines: RecordLines): RecordFiles {
  const records = new Map<string, OpenRecord>();
  const watched = new Map<string, vscode.Disposable>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const written = new vscode.EventEmitter<vscode.Uri>();
  const ofFile = (file: vscode.Uri): [string, OpenRecord][] => [...records].filter(([, record]) => record.file.toString() === file.toString());

  async function load(uri: vscode.Uri): Promise<OpenRecord> {
    const known = records.get(uri.toString());
    if (known) return known;
    const address = readAddress(uri);
    const text = address && (await lines.read(address.file, address.line));
    if (!address || text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    const record = records.get(uri.toString()) ?? { ...address, text, since: Date.now() };
    records.set(uri.toString(), record);
    const key = address.file.toString();
    if (address.file.scheme === "file" && !watched.has(key)) watched.set(key, watchFile(address.file, () => void compare(address.file)));
    return record;
  }

  function drop(uri: vscode.Uri): void {
    const record = records.get(uri.toString());
    records.delete(uri.toString());
    if (!record || ofFile(record.file).length > 0) return;
    lines.release(record.file);
    watched.get(record.file.toString())?.dispose();
    watched.delete(record.file.toString());
  }

  /** Documents follow their lines; what has unsaved changes stays, and is not saved over a line that is another one now. */
  async function compare(file: vscode.Uri): Promise<void> {
    for (const [key, record] of ofFile(file)) {
      const uri = vscode.Uri.parse(key, true);
      const now = await lines.read(file, record.line).catch(() => undefined);
      if (now === record.text || records.get(key) !== record || documentOf(uri)?.isDirty) continue;
      if (now === undefined) {
        drop(uri);
        changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
        continue;
      }
      renew(record, now);
      changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
    }
  }

  function follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const open = ofFile(document.uri);
    if (open.length === 0 || contentChanges.length === 0) return;
    for (const [, record] of open) {
      for (const { range, text } of contentChanges) {
        const above = range.end.line < record.line || (range.end.line === record.line && range.end.character === 0 && (!range.isEmpty || /[\r\n]$/.test(text)));
        if (above) record.line += text.split(/\r\n|\r|\n/).length - 1 - (range.end.line - range.start.line);
      }
    }
    void compare(document.uri);
  }

  async function write(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const record = await load(uri);
    const { editRecord, whyNoRecord } = await import("../../dataset/record-edit.ts");
    const text = new TextDecoder().decode(content);
    const why = whyNoRecord(text);
    if (why) throw new Error(`${placeIn(text, why.offset)}: ${why.message} The record was not saved: ${nameOf(record.file)} is as it was.`);
    if ((await lines.read(record.file, record.line)) !== record.text) {
      throw new Error(`Line ${record.line + 1} of ${nameOf(record.file)} has changed since this record was opened, and is not written over. Copy what you need from here, then run File: Revert File to see the line as it is now.`);
    }
    const replacements = editRecord(record.text, text);
    if (replacements.length === 0) return;
    const [before, since] = [record.text, record.since];
    const after = [...replacements].reverse().reduce((line, { start, end, text: put }) => line.slice(0, start) + put + line.slice(end), before);
    renew(record, after);
    try {
      await lines.edit(record.file, record.line, before, replacements);
    } catch (error) {
      if (record.text === after) Object.assign(record, { text: before, since });
      throw error;
    }
    if (!documentOf(record.file)) written.fire(record.file);
  }

  const refuse = (): never => {
    throw vscode.FileSystemError.NoPermissions("Records come and go with the lines of their dataset. Edit the dataset itself.");
  };
  const subscriptions = [
    changed,
    written,
    vscode.workspace.onDidChangeTextDocument(follow),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.uri.scheme === recordScheme) drop(document.uri);
      else void compare(document.uri);
    }),
    new vscode.Disposable(() => watched.forEach((watcher) => void watcher.dispose())),
  ];

  return {
    provider: {
      onDidChangeFile: changed.event,
      watch: () => new vscode.Disposable(() => undefined),
      async stat(uri) {
        // Whoever writes a file makes sure of its folder first.
        if (!readAddress(uri)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
        const { text, since } = await load(uri);
        return { type: vscode.FileType.File, ctime: since, mtime: since, size: (await toBytes(text)).length };
      },
      readFile: async (uri) => {
        const record = await load(uri);
        // Who reverts a document wants the line of now, also where the document with its changes was kept from following it. VS Code has asked for the time of
        // change before, and would take a later one for a change by somebody else.
        const now = await lines.read(record.file, record.line);
        if (now !== undefined) record.text = now;
        return toBytes(record.text);
      },
      writeFile: (uri, content) => write(uri, content),
      readDirectory: () => [],
      createDirectory: refuse,
      delete: refuse,
      rename: refuse,
    },
    address(file, line, format) {
      for (const [key, record] of ofFile(file)) if (record.line === line) return vscode.Uri.parse(key, true);
      for (let turn = 0; ; turn++) {
        const uri = addressOf({ file, line }, format, turn);
        if (!records.has(uri.toString())) return uri;
      }
    },
    find: (uri) => records.get(uri.toString()) ?? readAddress(uri),
    onDidWrite: written.event,
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
}

function renew(record: OpenRecord, text: string): void {
  record.text = text;
  record.since = Math.max(Date.now(), record.since + 1);
}

async function toBytes(line: string): Promise<Uint8Array> {
  const { toRecordText } = await import("../../dataset/record-edit.ts");
  return new TextEncoder().encode(toRecordText(line));
}

function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `Line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
