import { Worker } from "node:worker_threads";
import type { LintResult } from "../dataset/lint.ts";
import type { FairTestFile } from "./read-test-set.ts";
import type { DocumentOrigin, FromWorker, TextChange, ToWorker } from "./worker-protocol.ts";

/** What was found in one version of an open document. */
export type DocumentListener = (document: string, version: number, result: LintResult) => void;

/** The host's side of the conversation with the workers that look at datasets. */
export interface DatasetClient {
  open(document: string, version: number, text: string, origin: DocumentOrigin): void;
  change(document: string, version: number, changes: readonly TextChange[]): void;
  close(document: string): void;
  /** Lints a file from disk in a worker of its own; aborting ends that worker. Rejects with an Error written for the user. */
  lintFile(path: string, signal: AbortSignal, report: (share: number) => void): Promise<LintResult>;
  /** Reads a test file, without the records that the training file asks too, likewise. */
  readTestSet(path: string, trainingPath: string | undefined, signal: AbortSignal): Promise<FairTestFile>;
  /** The SHA-256 of a file's bytes, as 64 hexadecimal digits, likewise. */
  hashFile(path: string, signal: AbortSignal): Promise<string>;
  /** Counts the tokens of a file's chat records in OpenAI's encoding o200k_base, likewise. */
  countTokens(path: string, signal: AbortSignal): Promise<number>;
  /** Writes `out` with all safe fixes of `path`, likewise. */
  fixFile(path: string, out: string, signal: AbortSignal): Promise<{ readonly fixed: number; readonly result: LintResult }>;
  dispose(): void;
}

/**
 * Talks to workers that run `workerFile`: one for the open documents, begun with the first of them, and one for each file from disk.
 * When the documents' worker dies, `lost` is told the reason; its documents are opened anew with the next one.
 */
export function createDatasetClient(workerFile: URL, onLinted: DocumentListener = () => undefined, lost: (error: Error) => void = () => undefined): DatasetClient {
  let worker: Worker | undefined;
  const files = new Set<Worker>();

  function documentsWorker(): Worker {
    if (worker) return worker;
    const started = new Worker(workerFile);
    started.on("message", (message: FromWorker) => {
      if (message.type === "linted") onLinted(message.document, message.version, message.result);
    });
    started.on("error", (error) => {
      worker = undefined;
      lost(error);
    });
    worker = started;
    return started;
  }

  const post = (message: ToWorker): void => documentsWorker().postMessage(message);

  function runFile<Answer extends FromWorker["type"]>(request: ToWorker, answerType: Answer, signal: AbortSignal, report: (share: number) => void): Promise<Extract<FromWorker, { type: Answer }>> {
    return new Promise((resolve, reject) => {
      const own = new Worker(workerFile);
      files.add(own);
      const end = (): void => {
        files.delete(own);
        signal.removeEventListener("abort", abort);
        void own.terminate();
      };
      const abort = (): void => {
        end();
        reject(signal.reason instanceof Error ? signal.reason : new DOMException("It was cancelled.", "AbortError"));
      };
      signal.addEventListener("abort", abort);
      own.on("error", (error) => {
        end();
        reject(error);
      });
      own.on("message", (message: FromWorker) => {
        if (message.type === "progress") return report(message.byteLength === 0 ? 1 : message.bytes / message.byteLength);
        end();
        if (message.type === "failed") reject(new Error(message.message));
        else if (message.type === answerType) resolve(message as Extract<FromWorker, { type: Answer }>);
      });
      own.postMessage(request);
      if (signal.aborted) abort();
    });
  }

  return {
    open: (document, version, text, origin) => post({ type: "open", document, version, text, origin }),
    change: (document, version, changes) => post({ type: "change", document, version, changes }),
    close: (document) => worker?.postMessage({ type: "close", document } satisfies ToWorker),
    lintFile: async (path, signal, report) => (await runFile({ type: "lint-file", request: 0, path }, "file-linted", signal, report)).result,
    readTestSet: async (path, trainingPath, signal) =>
      (await runFile({ type: "read-test-set", request: 0, path, ...(trainingPath === undefined ? {} : { trainingPath }) }, "test-set-read", signal, () => undefined)).test,
    hashFile: async (path, signal) => (await runFile({ type: "hash-file", request: 0, path }, "file-hashed", signal, () => undefined)).sha256,
    countTokens: async (path, signal) => (await runFile({ type: "count-tokens", request: 0, path }, "tokens-counted", signal, () => undefined)).tokens,
    fixFile: async (path, out, signal) => {
      const { fixed, result } = await runFile({ type: "fix-file", request: 0, path, out }, "file-fixed", signal, () => undefined);
      return { fixed, result };
    },
    dispose() {
      void worker?.terminate();
      for (const own of files) void own.terminate();
      files.clear();
    },
  };
}
