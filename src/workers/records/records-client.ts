import { Worker } from "node:worker_threads";
import type { Reading } from "../../dataset/insight/record-content.ts";
import type { Replacement } from "../../dataset/text.ts";
import type { IndexProgress } from "./record-file.ts";
import type { FromRecordsWorker, LineExcerpt, ToRecordsWorker, WholeRecord } from "./records-protocol.ts";

/** The host's side of an open file: a worker of its own finds the lines and reads them. */
export interface RecordsClient {
  /** The given lines from 0, in the order in which they are asked for. Rejects with an Error written for the user. */
  excerpts(lines: readonly number[]): Promise<readonly LineExcerpt[]>;
  /** A line of which at most `mostBytes` are read, likewise. */
  record(line: number, mostBytes: number, reading: Reading): Promise<WholeRecord>;
  /** A line as it stands in the file, which may have more than `mostBytes` only to be refused; undefined behind the last line. Waits until the line has been found. */
  line(line: number, mostBytes: number): Promise<string | undefined>;
  /** Writes the file anew with an edited line, provided that the line still is `text` and the file is the one that was opened; its lines are found again then. */
  editLine(line: number, text: string, replacements: readonly Replacement[]): Promise<void>;
  /** Writes the file anew without a line, likewise. */
  removeLine(line: number, text: string): Promise<void>;
  /** Writes the file anew with one more line at its end, likewise; gives the number of the line. */
  addLine(text: string): Promise<number>;
  /** Ends the worker; requests that wait are rejected. */
  dispose(): void;
}

/** What is told while the lines are found. */
export interface RecordsListeners {
  indexed(progress: IndexProgress): void;
  /** The file cannot be read, or not to its end; `message` is for the user. */
  failed(message: string): void;
}

/** Opens the file at `path` in a worker that runs `workerFile`. */
export function openRecords(workerFile: URL, path: string, listeners: RecordsListeners): RecordsClient {
  const worker = new Worker(workerFile);
  const waiting = new Map<number, { resolve(message: FromRecordsWorker): void; reject(reason: Error): void }>();
  let last = 0;
  let ended = false;

  function end(message: string): void {
    ended = true;
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
    void worker.terminate();
  }

  worker.on("message", (message: FromRecordsWorker) => {
    if (ended) return;
    if (message.type === "indexed") return listeners.indexed(message);
    const { request: number } = message;
    if (number === undefined) return message.type === "failed" ? listeners.failed(message.message) : undefined;
    const request = waiting.get(number);
    waiting.delete(number);
    if (message.type === "failed") request?.reject(new Error(message.message));
    else request?.resolve(message);
  });
  worker.on("error", (error) => {
    if (ended) return;
    listeners.failed(`The file could not be read further: ${error.message}.`);
    end(error.message);
  });
  worker.postMessage({ type: "open", path } satisfies ToRecordsWorker);

  function ask<Type extends "excerpts" | "record" | "line" | "line-edited" | "line-removed" | "line-added">(message: Extract<ToRecordsWorker, { readonly request: number }>): Promise<Extract<FromRecordsWorker, { type: Type }>> {
    return new Promise((resolve, reject) => {
      if (ended) return reject(new Error("The file is not open any more; load it again."));
      waiting.set(message.request, { resolve: (answer) => resolve(answer as Extract<FromRecordsWorker, { type: Type }>), reject });
      worker.postMessage(message);
    });
  }

  return {
    excerpts: async (lines) => (await ask<"excerpts">({ type: "excerpts", request: ++last, lines })).excerpts,
    record: async (line, mostBytes, reading) => (await ask<"record">({ type: "record", request: ++last, line, mostBytes, reading })).record,
    line: async (line, mostBytes) => (await ask<"line">({ type: "line", request: ++last, line, mostBytes })).text,
    editLine: async (line, text, replacements) => void (await ask<"line-edited">({ type: "edit-line", request: ++last, line, text, replacements })),
    removeLine: async (line, text) => void (await ask<"line-removed">({ type: "remove-line", request: ++last, line, text })),
    addLine: async (text) => (await ask<"line-added">({ type: "add-line", request: ++last, text })).line,
    dispose: () => end("The file was closed."),
  };
}
