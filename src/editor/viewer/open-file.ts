import * as vscode from "vscode";
import type { Reading } from "../../dataset/insight/record-content.ts";
import type { CheckOverview, IndexState, Overview } from "../../protocol/records-viewer.ts";
import type { FileCheck } from "../../workers/file-check.ts";
import { openRecords, type RecordsClient } from "../../workers/records/records-client.ts";
import { nameOf } from "../linting/dataset-files.ts";
import { describeCheck, describeProgress } from "../linting/describe-progress.ts";
import type { CheckState, FileChecks } from "../linting/file-checks.ts";
import { stampOf } from "../linting/file-stamp.ts";
import { watchFile } from "../watch-file.ts";
import type { ViewedFile } from "./viewer-handlers.ts";

/** A file that is open in the viewer. It follows its check, and notices when the file on disk becomes another one. */
export interface OpenFile extends ViewedFile, vscode.CustomDocument {
  readonly onDidChange: vscode.Event<void>;
  /** Shows a line as soon as the page can. */
  reveal(line: number): void;
  readonly onReveal: vscode.Event<number>;
  /** Lists these lines as soon as they have been found, until others are chosen or the file is opened anew. */
  choose(chosen: ChosenRecords): void;
  reload(): Promise<void>;
}

/** Records of a file, and what they have in common. */
export interface ChosenRecords {
  readonly title: string;
  /** In their order, from 0. */
  readonly lines: Uint32Array;
}

/** How often the page is told of progress, in milliseconds. */
const pace = 100;

export function openFile(uri: vscode.Uri, workerFile: URL, checks: FileChecks): OpenFile {
  const changed = new vscode.EventEmitter<void>();
  const revealed = new vscode.EventEmitter<number>();
  let client: RecordsClient | undefined;
  let index: IndexState = { lines: 0, bytes: 0, complete: false };
  let byteLength = 0;
  let generation = 0;
  let stamp: string | undefined;
  let stale: Overview["stale"];
  let wanted: number | undefined;
  let chosen: ChosenRecords | undefined;
  let choice = 0;
  let timer: NodeJS.Timeout | undefined;

  function tellSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed.fire();
    }, pace);
  }

  async function open(): Promise<void> {
    client?.dispose();
    generation++;
    stale = undefined;
    chosen = undefined;
    index = { lines: 0, bytes: 0, complete: false };
    stamp = await stampOf(uri);
    client = openRecords(workerFile, uri.fsPath, {
      indexed(progress) {
        ({ byteLength } = progress);
        index = { lines: progress.lines, bytes: progress.bytes, complete: progress.complete };
        tellSoon();
      },
      failed(message) {
        index = { ...index, failure: message };
        tellSoon();
      },
    });
    tellSoon();
    // Whether it fails is seen in its state.
    checks.checkOnce(uri).catch(() => undefined);
  }

  async function compare(): Promise<void> {
    const now = await stampOf(uri);
    const found = now === stamp ? undefined : now === undefined ? "gone" : "changed";
    if (found === stale) return;
    stale = found;
    tellSoon();
  }

  const known = (): CheckState | undefined => (stale === undefined && stamp !== undefined ? checks.state(uri, stamp) : undefined);
  const subscriptions = [
    changed,
    revealed,
    watchFile(uri, () => void compare()),
    checks.onDidChange((file) => {
      if (file.toString() !== uri.toString() || stale !== undefined) return;
      if (known()?.phase !== "running") generation++;
      tellSoon();
    }),
    new vscode.Disposable(() => {
      clearTimeout(timer);
      client?.dispose();
    }),
  ];
  void open();

  const opened = (): RecordsClient => {
    if (!client) throw new Error(`${nameOf(uri)} is not open yet.`);
    return client;
  };
  /** Where watching tells nothing, as on some network drives, reading does. */
  const noticing = <Result>(read: Promise<Result>): Promise<Result> => read.catch((error: unknown) => {
    void compare();
    throw error;
  });
  const check = (): FileCheck | undefined => {
    const state = known();
    return state?.phase === "done" ? state.check : undefined;
  };
  return {
    uri,
    onDidChange: changed.event,
    onReveal: revealed.event,
    overview: () => ({ name: nameOf(uri), byteLength, generation, index, check: toOverview(known(), stale), ...(stale ? { stale } : {}), ...(chosen && (chosen.lines.at(-1) ?? 0) < index.lines ? { chosen: { title: chosen.title, records: chosen.lines.length, choice } } : {}), ...(wanted === undefined ? {} : { reveal: wanted }) }),
    check,
    chosen: () => chosen?.lines ?? new Uint32Array(),
    excerpts: (lines) => noticing(opened().excerpts(lines)),
    record(line: number, mostBytes: number, reading: Reading) {
      if (wanted === line) wanted = undefined;
      return noticing(opened().record(line, mostBytes, reading));
    },
    reveal(line) {
      wanted = line;
      revealed.fire(line);
    },
    choose(records) {
      chosen = records;
      choice++;
      generation++;
      tellSoon();
    },
    reload: open,
    dispose: () => vscode.Disposable.from(...subscriptions).dispose(),
  };
}

function toOverview(state: CheckState | undefined, stale: Overview["stale"]): CheckOverview {
  if (stale) return { phase: "ended", reason: "What was found is out of date." };
  if (!state || state.phase === "running") return { phase: "running", progress: state?.progress ? describeProgress(state.progress) : "" };
  if (state.phase === "ended") return { phase: "ended", reason: state.reason };
  return { phase: "done", summary: describeCheck(state.check), flagged: state.check.flagged.lines.length, fixable: state.check.fixable };
}
