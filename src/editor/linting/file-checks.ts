import * as vscode from "vscode";
import type { DatasetClient } from "../../workers/dataset-client.ts";
import type { FileCheck } from "../../workers/file-check.ts";
import type { WorkProgress } from "../../workers/worker-protocol.ts";
import { withProgress } from "../with-progress.ts";
import { documentOf, nameOf } from "./dataset-files.ts";
import { describeProgress } from "./describe-progress.ts";
import type { LintedDocuments } from "./documents.ts";
import { stampOf } from "./file-stamp.ts";
import type { ShownFindings } from "./shown-findings.ts";

/** Where the check of a file from disk stands. */
export type CheckState =
  | { readonly phase: "running"; readonly progress?: WorkProgress }
  | { readonly phase: "done"; readonly check: FileCheck }
  /** It was cancelled, or the file could not be read; `reason` is a sentence. */
  | { readonly phase: "ended"; readonly reason: string };

/** Checks of files as they are on disk, of any size, and what they found: in a worker, with progress, published by the file's address. */
export interface FileChecks extends vscode.Disposable {
  readonly onDidChange: vscode.Event<vscode.Uri>;
  /** The newest check; with a stamp, only if it is of the file in that state. */
  state(file: vscode.Uri, stamp?: string): CheckState | undefined;
  /** The check of the file as it is now; joins one that is under way. Rejects with an Error for the user, or VS Code's own CancellationError. */
  check(file: vscode.Uri): Promise<FileCheck>;
  /** The same, unless the file as it is now has been checked or a check of it was cancelled: then undefined. */
  checkOnce(file: vscode.Uri): Promise<FileCheck | undefined>;
  /** Shows again what is known, where a document's findings stood in its place. */
  publish(file: vscode.Uri): void;
  /** Forgets what is known of all files, because what is wanted of them has changed; checks that are under way end. */
  forget(): void;
  /** Ends a check that is under way and takes the findings away; what is known is kept for the next time. */
  hide(file: vscode.Uri): void;
}

interface Entry {
  readonly stamp: string;
  state: CheckState;
  readonly running: Promise<FileCheck>;
  readonly abort: AbortController;
}

/** The stamp of a file that is not there: the worker says so when it reads it. */
const missing = "missing";

/** How many files' findings are remembered; the oldest are forgotten. */
const remembered = 8;

export function createFileChecks({ client, aimOf }: Pick<LintedDocuments, "aimOf"> & { readonly client: Pick<DatasetClient, "checkFile"> }, shown: ShownFindings): FileChecks {
  const entries = new Map<string, Entry>();
  const changed = new vscode.EventEmitter<vscode.Uri>();

  function begin(file: vscode.Uri, stamp: string): Entry {
    const key = file.toString();
    const abort = new AbortController();
    const running = run(file, stamp, abort, (progress) => {
      entry.state = { phase: "running", progress };
      if (entries.get(key) === entry) changed.fire(file);
    });
    const entry: Entry = { stamp, state: { phase: "running" }, running, abort };
    entries.get(key)?.abort.abort(new vscode.CancellationError());
    entries.delete(key);
    entries.set(key, entry);
    for (const [oldest, { state }] of entries) if (entries.size > remembered && state.phase !== "running") entries.delete(oldest);
    changed.fire(file);
    running.then(
      (check): CheckState => ({ phase: "done", check }),
      (error: unknown): CheckState => ({ phase: "ended", reason: error instanceof Error && !isCancellation(error) ? error.message : "The check was cancelled." }),
    ).then((state) => {
      entry.state = state;
      if (entries.get(key) !== entry) return;
      publish(file);
      changed.fire(file);
    });
    return entry;
  }

  async function run(file: vscode.Uri, stamp: string, abort: AbortController, report: (progress: WorkProgress) => void): Promise<FileCheck> {
    return withProgress(`Checking ${nameOf(file)}`, async (signal, show) => {
      const cancel = (): void => abort.abort(signal.reason);
      signal.addEventListener("abort", cancel);
      let told = 0;
      const check = await client.checkFile(file.fsPath, aimOf(file), abort.signal, (progress) => {
        const percent = Math.floor((100 * progress.bytes) / Math.max(1, progress.byteLength));
        show({ message: describeProgress(progress), increment: percent - told });
        told = percent;
        report(progress);
      });
      if (((await stampOf(file)) ?? missing) !== stamp) throw new Error(`${nameOf(file)} was changed while it was checked. Check it again.`);
      return check;
    });
  }

  function publish(file: vscode.Uri): void {
    const state = entries.get(file.toString())?.state;
    // The findings of a document are newer than those of the disk.
    if (documentOf(file) === undefined) shown.show(file, state?.phase === "done" ? state.check : undefined);
  }

  return {
    onDidChange: changed.event,
    state(file, stamp) {
      const entry = entries.get(file.toString());
      return stamp === undefined || entry?.stamp === stamp ? entry?.state : undefined;
    },
    async check(file) {
      const stamp = (await stampOf(file)) ?? missing;
      const known = entries.get(file.toString());
      return (known?.stamp === stamp && known.state.phase !== "ended" ? known : begin(file, stamp)).running;
    },
    async checkOnce(file) {
      const stamp = (await stampOf(file)) ?? missing;
      if (entries.get(file.toString())?.stamp !== stamp) return begin(file, stamp).running;
      publish(file);
      return undefined;
    },
    publish,
    forget() {
      for (const [key, { abort }] of [...entries]) {
        entries.delete(key);
        abort.abort(new vscode.CancellationError());
        changed.fire(vscode.Uri.parse(key, true));
      }
    },
    hide(file) {
      const entry = entries.get(file.toString());
      entry?.abort.abort(new vscode.CancellationError());
      if (entry?.state.phase !== "done") entries.delete(file.toString());
      if (documentOf(file) === undefined) shown.show(file, undefined);
    },
    dispose() {
      for (const { abort } of entries.values()) abort.abort(new vscode.CancellationError());
      changed.dispose();
    },
  };
}

function isCancellation(error: Error): boolean {
  return error instanceof vscode.CancellationError || error.name === "AbortError";
}
