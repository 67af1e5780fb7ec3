import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { ReviewEntry, Verdict } from "../../dataset/review/entry.ts";
import { recordKey, writtenHash } from "../../dataset/review/record-key.ts";
import { createDatasetClient } from "../../workers/dataset-client.ts";
import type { PlacedReviews } from "../../workers/review/place-reviews.ts";
import { addReview, hasReviews } from "../../workers/review/review-folder.ts";
import { nameOf } from "../linting/dataset-files.ts";
import { reviewerName } from "./reviewer.ts";

/** What is said of the records of datasets: read, added to, and told when it changes. */
export interface Reviews extends vscode.Disposable {
  readonly onDidChange: vscode.Event<vscode.Uri>;
  /** What was said of a dataset's records as the file on disk has them, as far as it was read; reading begins when it was not. */
  of(dataset: vscode.Uri): PlacedReviews | undefined;
  /** Reads it, or reads it anew when dataset or reviews have changed. Rejects with an Error for the user. */
  read(dataset: vscode.Uri): Promise<PlacedReviews>;
  /** Says something of the record on a line of a document. Rejects with an Error for the user. */
  say(document: vscode.TextDocument, line: number, what: { readonly verdict?: Verdict; readonly text?: string }): Promise<void>;
  /** Takes back what this user has said. */
  withdraw(dataset: vscode.Uri, entry: ReviewEntry): Promise<void>;
}

export function createReviews(workerFile: URL, presentError: (error: unknown) => void): Reviews {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const client = createDatasetClient(workerFile);
  const known = new Map<string, PlacedReviews>();
  const reading = new Map<string, AbortController>();
  const none: PlacedReviews = { records: 0, reviewed: [], gone: [], unreadable: 0 };

  async function read(dataset: vscode.Uri): Promise<PlacedReviews> {
    const key = dataset.toString();
    reading.get(key)?.abort();
    if (dataset.scheme !== "file" || !hasReviews(dataset.fsPath)) {
      known.set(key, none);
      return none;
    }
    const controller = new AbortController();
    reading.set(key, controller);
    try {
      const placed = await client.placeReviews(dataset.fsPath, controller.signal);
      known.set(key, placed);
      changed.fire(dataset);
      return placed;
    } catch (error) {
      // A newer reading has taken over: the watcher saw what was said, and whoever said it still waits.
      if (controller.signal.aborted) return known.get(key) ?? none;
      throw error;
    } finally {
      if (reading.get(key) === controller) reading.delete(key);
    }
  }

  const readQuietly = (dataset: vscode.Uri): void => void read(dataset).catch(presentError);
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.review/*.review");
  const touched = ({ path }: vscode.Uri): void => {
    const dataset = vscode.Uri.file(path.slice(0, path.lastIndexOf("/")).replace(/\.review$/, ""));
    if (known.has(dataset.toString())) readQuietly(dataset);
  };
  const listeners = [watcher, watcher.onDidCreate(touched), watcher.onDidChange(touched), watcher.onDidDelete(touched), vscode.workspace.onDidSaveTextDocument(({ uri }) => {
    if (known.has(uri.toString())) readQuietly(uri);
  })];

  return {
    onDidChange: changed.event,
    of(dataset) {
      const key = dataset.toString();
      if (!known.has(key) && !reading.has(key)) {
        if (dataset.scheme === "file" && hasReviews(dataset.fsPath)) readQuietly(dataset);
        else known.set(key, none);
      }
      return known.get(key);
    },
    read,
    async say(document, line, what) {
      if (document.uri.scheme !== "file") throw new Error(`${nameOf(document.uri)} is not on disk, and reviews lie beside a file. Save it first.`);
      const keyAt = (at: number): ReturnType<typeof recordKey> => (at >= 0 && at < document.lineCount ? recordKey(document.lineAt(at).text) : { hash: 0, prompt: 0 });
      const { hash, prompt } = keyAt(line);
      const written = writtenHash(hash);
      if (written === undefined) throw new Error(`Line ${line + 1} of ${nameOf(document.uri)} is no record: one object of JSON is expected on each line.`);
      const [asked, before, after] = [prompt, keyAt(line - 1).hash, keyAt(line + 1).hash].map(writtenHash);
      const record = { hash: written, line, ...(asked === undefined ? {} : { prompt: asked }), ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
      addReview(document.uri.fsPath, { id: randomUUID(), at: new Date().toISOString(), by: await reviewerName(), record, ...what });
      await read(document.uri);
    },
    async withdraw(dataset, { id, by }) {
      addReview(dataset.fsPath, { id: randomUUID(), at: new Date().toISOString(), by, withdraws: id });
      await read(dataset);
    },
    dispose() {
      vscode.Disposable.from(...listeners, changed).dispose();
      client.dispose();
    },
  };
}
