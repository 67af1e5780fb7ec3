import { Worker } from "node:worker_threads";
import type { Analysis } from "../evaluation/analyse-report.ts";
import type { RecordResults } from "../evaluation/record-results.ts";
import type { Reviews } from "../evaluation/sections/people.ts";
import type { TestRecord } from "../evaluation/test-set.ts";
import type { EveryTarget } from "../dataset/every-target.ts";
import type { Chat } from "../dataset/insight/chat.ts";
import type { FileLink } from "../dataset/insight/file-links.ts";
import type { RecordOutline } from "../dataset/insight/record-outline.ts";
import type { TokenCount } from "../dataset/insight/token-count.ts";
import type { LintResult } from "../dataset/lint.ts";
import type { TargetName } from "../dataset/targets/target.ts";
import type { Checked } from "./check-every-target.ts";
import type { ComparedReports } from "./compare-reports.ts";
import type { RecordDifference } from "./compare-records.ts";
import type { TokenCounting } from "./count-tokens.ts";
import type { FileEncoding } from "./encode-file.ts";
import type { DocumentCheck, FileCheck } from "./file-check.ts";
import type { ComparedFile, FoundLeaks } from "./find-leaks.ts";
import type { FoundRecord } from "./find-record.ts";
import type { FoundLine, WantedLine } from "./find-lines.ts";
import type { ConversionRequest, ConversionResult } from "./convert-to-file.ts";
import type { FileHead } from "./look-at-file.ts";
import type { TokenSource } from "./read-chat.ts";
import type { FileInsights } from "./read-insights.ts";
import type { MadePrompts, WayOfAsking } from "./make-prompts.ts";
import type { FileTexts } from "./read-said-texts.ts";
import type { LearnedFile } from "./read-learned.ts";
import type { FairTestFile } from "./read-test-set.ts";
import type { PlacedReviews } from "./review/place-reviews.ts";
import type { ImportedLog } from "./import-logs.ts";
import type { FrozenShare } from "./shape/frozen-share.ts";
import type { Shaped, ShapeRequest } from "./shape/shape-files.ts";
import { createUnfinishedFiles } from "./unfinished-files.ts";
import type { Aim, DocumentFixes, DocumentOrigin, FixWhat, FoundOnLines, FromWorker, TextChange, ToWorker, WorkProgress } from "./worker-protocol.ts";

/** What was found in one version of an open document: for `target`, which is the aim, or what counts without one. */
export type DocumentListener = (document: string, analysis: { readonly version: number; readonly aim: Aim; readonly target: TargetName; /** The same object as the last time where nothing has changed. */ readonly check: DocumentCheck }) => void;

/** The host's side of the conversation with the workers that look at datasets. */
export interface DatasetClient {
  /** `path` is where the document lies on disk, if it does. */
  open(document: string, version: number, text: string, origin: DocumentOrigin, aim: Aim, path?: string): void;
  change(document: string, version: number, changes: readonly TextChange[]): void;
  /** Checks an open document for something else from now on. */
  aim(document: string, aim: Aim): void;
  close(document: string): void;
  /** Has the open documents linted again, because a `tunesmith.jsonc` has come, changed or gone. */
  configurationChanged(): void;
  /**
   * The edits that make all safe repairs of an open document as the worker has it, or some of them. Rejects with an Error when the document was closed
   * or the worker died.
   */
  fixDocument(document: string, what?: FixWhat): Promise<DocumentFixes>;
  /** The files that an open document's records name, some thousands at most; rejects likewise. */
  findFileLinks(document: string): Promise<{ readonly version: number; readonly links: readonly FileLink[] }>;
  /** What is found on the lines from `first` to `last` of an open document, be it shown or not; rejects likewise. */
  lookAtLines(document: string, first: number, last: number): Promise<FoundOnLines>;
  /** One record as a chat, and how its tokens were counted; rejects likewise. */
  readChat(line: string, target: TargetName): Promise<{ readonly chat: Chat | undefined; readonly counted: TokenSource }>;
  /** The outlines of some lines, each undefined where there is no record, and how their tokens were counted; rejects likewise. */
  outlineRecords(lines: readonly string[], target: TargetName): Promise<{ readonly outlines: readonly (RecordOutline | undefined)[]; readonly counted: TokenSource }>;
  /** Lints a file from disk in a worker of its own, but for what compares texts of records, which no service refuses; aborting ends that worker. Rejects with an Error written for the user. */
  lintFile(path: string, aim: Aim, signal: AbortSignal, report: (share: number) => void): Promise<LintResult>;
  /** The same for a file of any size: what comes back is bounded. A validation file is compared with the training file, where that is named. */
  checkFile(path: string, aim: Aim, signal: AbortSignal, report: (progress: WorkProgress) => void, trainingPath?: string): Promise<FileCheck>;
  /** Reads a test file, without the records that the training file asks too, likewise. */
  readTestSet(path: string, trainingPath: string | undefined, signal: AbortSignal): Promise<FairTestFile>;
  /** Reads the records of a chat dataset, `most` at most, likewise. */
  readLearned(path: string, most: number, signal: AbortSignal): Promise<LearnedFile>;
  /** Looks for the record of that key (`recordKey`) in a test file, first on a line from 0, likewise; undefined where there is none. */
  findRecord(path: string, key: string, near: number, signal: AbortSignal): Promise<FoundRecord | undefined>;
  /** Works out what follows from a saved report, likewise. */
  analyseReport(path: string, signal: AbortSignal): Promise<Analysis>;
  /** The prompts of records with examples from a training file, likewise. */
  makePrompts(path: string, records: readonly TestRecord[], ways: readonly WayOfAsking[], signal: AbortSignal): Promise<MadePrompts>;
  /** What a saved report says of its records, of `most` of them at most, likewise. */
  readResults(path: string, most: number, signal: AbortSignal): Promise<RecordResults>;
  /** What the records of a file say, likewise. */
  readSaidTexts(path: string, aim: Aim, signal: AbortSignal): Promise<FileTexts>;
  /** Writes the share of a dataset that a list keeps back, and the rest, likewise. */
  takeFrozenShare(dataset: string, list: string, folder: string, signal: AbortSignal): Promise<FrozenShare>;
  /** Compares files with those that are learned from, and test files with validation files, likewise. */
  findLeaks(files: readonly ComparedFile[], signal: AbortSignal, report?: (progress: WorkProgress) => void): Promise<readonly FoundLeaks[]>;
  /** Writes a saved report as `out`, in the form that its name asks for, with what people said of its answers, likewise. */
  exportReport(path: string, out: string, reviews: Reviews, signal: AbortSignal): Promise<void>;
  /** Compares a saved report with an earlier one, likewise. */
  compareReports(now: string, then: string, signal: AbortSignal): Promise<ComparedReports>;
  /** The SHA-256 of a file's bytes, as 64 hexadecimal digits, likewise. */
  hashFile(path: string, signal: AbortSignal): Promise<string>;
  /** Finds lines of a file by their numbers or by what stands on them, in the order in which they are wanted, likewise. */
  findLines(path: string, wanted: readonly WantedLine[], signal: AbortSignal): Promise<readonly (FoundLine | undefined)[]>;
  /** Counts the records that one file has and the other lacks, likewise. */
  compareRecords(before: string, after: string, signal: AbortSignal): Promise<RecordDifference>;
  /** Counts the tokens of a file's records, likewise. */
  countTokens(path: string, counting: TokenCounting, signal: AbortSignal, report?: (share: number) => void): Promise<TokenCount>;
  /** What was said of a dataset's records, on the lines where they stand now, likewise. */
  placeReviews(path: string, signal: AbortSignal): Promise<PlacedReviews>;
  /** Writes chat records of logs of a model's calls, likewise. */
  importLogs(inputs: readonly string[], out: string, signal: AbortSignal, report?: (share: number) => void): Promise<ImportedLog>;
  /** Splits, samples, joins datasets and so on, likewise. When it is aborted, nothing is left beside what was to be written. */
  shapeFiles(wanted: ShapeRequest, signal: AbortSignal, report?: (share: number) => void): Promise<Shaped>;
  /** What is known of the records of a file of any size, likewise. */
  readInsights(path: string, aim: Aim, signal: AbortSignal, report: (share: number) => void): Promise<FileInsights>;
  /** Writes `out` with all safe fixes of `path`, likewise, and tells what is left to say of it. When it is aborted, nothing is left beside `out`. */
  fixFile(path: string, aim: Aim, out: string, signal: AbortSignal, report: (progress: WorkProgress) => void): Promise<{ readonly fixed: number; readonly left: FileCheck }>;
  /** Writes a file's text in another encoding, in its place, likewise. */
  encodeFile(path: string, encoding: FileEncoding, signal: AbortSignal): Promise<void>;
  /** Checks a dataset for every target, likewise; `path` is where it lies on disk, if it does. */
  checkEveryTarget(checked: Checked, path: string | undefined, signal: AbortSignal, report: (share: number) => void): Promise<EveryTarget>;
  /** What the `tunesmith.jsonc` of a file says that it is checked for, OpenAI's supervised fine-tuning unless it says otherwise. */
  findTarget(path: string): Promise<TargetName>;
  /** What a file begins with, likewise. */
  lookAtFile(path: string, signal: AbortSignal): Promise<FileHead>;
  /** Writes `out` with the records of `path` in another format, all of them or, when some are refused, nothing; likewise. */
  convertFile(path: string, conversion: ConversionRequest, out: string, signal: AbortSignal, report: (share: number) => void): Promise<ConversionResult>;
  /** Writes `out` with the bytes of `path`, but never over the file `never`, likewise. */
  copyFile(path: string, out: string, never: string, signal: AbortSignal): Promise<void>;
  dispose(): void;
}

/**
 * Talks to workers that run `workerFile`: one for the open documents, begun with the first of them, and one for each file from disk.
 * When the documents' worker dies, `lost` is told the reason; its documents are opened anew with the next one.
 * `refused` is told of a `tunesmith.jsonc` that cannot be used.
 */
export function createDatasetClient(workerFile: URL, onLinted: DocumentListener = () => undefined, lost: (error: Error) => void = () => undefined, refused: (message: string) => void = () => undefined): DatasetClient {
  let worker: Worker | undefined;
  const files = new Set<() => void>();
  /** Requests about open documents that wait for their answer. */
  const waiting = new Map<number, { resolve(answer: FromWorker): void; reject(error: Error): void }>();
  let asked = 0;
  /** What was found last in each open document: the worker tells it again only when it has changed. */
  const checks = new Map<string, DocumentCheck>();

  function documentsWorker(): Worker {
    if (worker) return worker;
    const started = new Worker(workerFile);
    started.on("message", (message: FromWorker) => {
      if (message.type === "linted") tellLinted(message);
      else if (message.type === "configuration-refused") refused(message.message);
      else if (message.type === "document-fixed" || message.type === "lines-looked-at" || message.type === "file-links-found" || message.type === "chat-read" || message.type === "records-outlined") take(message.request)?.resolve(message);
      else if (message.type === "failed") take(message.request)?.reject(new Error(message.message));
    });
    started.on("error", (error) => {
      worker = undefined;
      for (const request of [...waiting.keys()]) take(request)?.reject(error);
      lost(error);
    });
    worker = started;
    return started;
  }

  function tellLinted({ document, version, aim, target, check = checks.get(document) }: Extract<FromWorker, { type: "linted" }>): void {
    // What was on its way when the document was opened anew is of no use.
    if (!check) return;
    checks.set(document, check);
    onLinted(document, { version, aim, target, check });
  }

  function take(request: number): { resolve(answer: FromWorker): void; reject(error: Error): void } | undefined {
    const one = waiting.get(request);
    waiting.delete(request);
    return one;
  }

  const post = (message: ToWorker): void => documentsWorker().postMessage(message);

  /** Asks about an open document. */
  function ask<Answer extends FromWorker["type"]>(toMessage: (request: number) => ToWorker, _answerType: Answer): Promise<Extract<FromWorker, { type: Answer }>> {
    return new Promise((resolve, reject) => {
      asked++;
      waiting.set(asked, { resolve: (answer) => resolve(answer as Extract<FromWorker, { type: Answer }>), reject });
      post(toMessage(asked));
    });
  }

  function runFile<Answer extends FromWorker["type"]>(request: ToWorker, answerType: Answer, signal: AbortSignal, report: (progress: WorkProgress) => void = () => undefined): Promise<Extract<FromWorker, { type: Answer }>> {
    return new Promise((resolve, reject) => {
      const own = new Worker(workerFile);
      const unfinished = createUnfinishedFiles();
      const end = (): void => {
        files.delete(end);
        signal.removeEventListener("abort", abort);
        void own.terminate().then(unfinished.remove);
      };
      files.add(end);
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
        if (message.type === "progress") return report(message);
        if (message.type === "unfinished") return unfinished.note(message.file);
        if (message.type === "configuration-refused") return refused(message.message);
        end();
        if (message.type === "failed") reject(new Error(message.message));
        else if (message.type === answerType) resolve(message as Extract<FromWorker, { type: Answer }>);
      });
      own.postMessage(request);
      if (signal.aborted) abort();
    });
  }

  return {
    open(document, version, text, origin, aim, path) {
      checks.delete(document);
      post({ type: "open", document, version, text, origin, aim, ...(path === undefined ? {} : { path }) });
    },
    change: (document, version, changes) => post({ type: "change", document, version, changes }),
    aim: (document, aim) => worker?.postMessage({ type: "aim", document, aim } satisfies ToWorker),
    close(document) {
      checks.delete(document);
      worker?.postMessage({ type: "close", document } satisfies ToWorker);
    },
    configurationChanged: () => worker?.postMessage({ type: "configuration-changed" } satisfies ToWorker),
    fixDocument: async (document, what) => (await ask((request) => ({ type: "fix-document", request, document, ...(what ? { what } : {}) }), "document-fixed")).fixes,
    findFileLinks: async (document) => (await ask((request) => ({ type: "find-file-links", request, document }), "file-links-found")).found,
    lookAtLines: async (document, first, last) => (await ask((request) => ({ type: "look-at-lines", request, document, first, last }), "lines-looked-at")).found,
    outlineRecords: async (lines, target) => {
      const { outlines, counted } = await ask((request) => ({ type: "outline-records", request, lines, target }), "records-outlined");
      return { outlines, counted };
    },
    readChat: async (line, target) => {
      const { chat, counted } = await ask((request) => ({ type: "read-chat", request, line, target }), "chat-read");
      return { chat, counted };
    },
    lintFile: async (path, aim, signal, report) => (await runFile({ type: "lint-file", request: 0, path, aim }, "file-linted", signal, ({ bytes, byteLength }) => report(byteLength === 0 ? 1 : bytes / byteLength))).result,
    checkFile: async (path, aim, signal, report, trainingPath) =>
      (await runFile({ type: "check-file", request: 0, path, aim, ...(trainingPath === undefined ? {} : { trainingPath }) }, "file-checked", signal, report)).check,
    readTestSet: async (path, trainingPath, signal) =>
      (await runFile({ type: "read-test-set", request: 0, path, ...(trainingPath === undefined ? {} : { trainingPath }) }, "test-set-read", signal)).test,
    readLearned: async (path, most, signal) => (await runFile({ type: "read-learned", request: 0, path, most }, "learned-read", signal)).file,
    findRecord: async (path, key, near, signal) => (await runFile({ type: "find-record", request: 0, path, key, near }, "record-found", signal)).found,
    analyseReport: async (path, signal) => (await runFile({ type: "analyse-report", request: 0, path }, "report-analysed", signal)).analysis,
    makePrompts: async (path, records, ways, signal) => (await runFile({ type: "make-prompts", request: 0, path, records, ways }, "prompts-made", signal)).made,
    readResults: async (path, most, signal) => (await runFile({ type: "read-results", request: 0, path, most }, "results-read", signal)).results,
    readSaidTexts: async (path, aim, signal) => (await runFile({ type: "read-said-texts", request: 0, path, aim }, "said-texts-read", signal)).read,
    takeFrozenShare: async (dataset, list, folder, signal) => (await runFile({ type: "take-frozen-share", request: 0, dataset, list, folder }, "frozen-share-taken", signal)).share,
    findLeaks: async (files, signal, report) => (await runFile({ type: "find-leaks", request: 0, files }, "leaks-found", signal, report)).found,
    exportReport: async (path, out, reviews, signal) => void (await runFile({ type: "export-report", request: 0, path, out, reviews }, "report-exported", signal)),
    compareReports: async (now, then, signal) => (await runFile({ type: "compare-reports", request: 0, now, then }, "reports-compared", signal)).compared,
    hashFile: async (path, signal) => (await runFile({ type: "hash-file", request: 0, path }, "file-hashed", signal)).sha256,
    findLines: async (path, wanted, signal) => (await runFile({ type: "find-lines", request: 0, path, wanted }, "lines-found", signal)).found,
    compareRecords: async (before, after, signal) => (await runFile({ type: "compare-records", request: 0, before, after }, "records-compared", signal)).difference,
    countTokens: async (path, counting, signal, report = () => undefined) =>
      (await runFile({ type: "count-tokens", request: 0, path, counting }, "tokens-counted", signal, ({ bytes, byteLength }) => report(byteLength === 0 ? 1 : bytes / byteLength))).count,
    placeReviews: async (path, signal) => (await runFile({ type: "place-reviews", request: 0, path }, "reviews-placed", signal)).reviews,
    importLogs: async (inputs, out, signal, report) => (await runFile({ type: "import-logs", request: 0, inputs, out }, "logs-imported", signal, ({ bytes, byteLength }) => report?.(byteLength === 0 ? 0 : bytes / byteLength))).imported,
    shapeFiles: async (wanted, signal, report) => (await runFile({ type: "shape-files", request: 0, wanted }, "files-shaped", signal, ({ bytes, byteLength }) => report?.(byteLength === 0 ? 0 : bytes / byteLength))).shaped,
    readInsights: async (path, aim, signal, report) =>
      (await runFile({ type: "read-insights", request: 0, path, aim }, "insights-read", signal, ({ bytes, byteLength }) => report(byteLength === 0 ? 1 : bytes / byteLength))).insights,
    fixFile: async (path, aim, out, signal, report) => {
      const { fixed, left } = await runFile({ type: "fix-file", request: 0, path, aim, out }, "file-fixed", signal, report);
      return { fixed, left };
    },
    encodeFile: async (path, encoding, signal) => void (await runFile({ type: "encode-file", request: 0, path, encoding }, "file-encoded", signal)),
    checkEveryTarget: async (checked, path, signal, report) =>
      (await runFile({ type: "check-every-target", request: 0, checked, ...(path === undefined ? {} : { path }) }, "every-target-checked", signal, ({ bytes, byteLength }) => report(bytes / byteLength))).every,
    findTarget: async (path) => (await runFile({ type: "find-target", request: 0, path }, "target-found", new AbortController().signal)).target,
    lookAtFile: async (path, signal) => (await runFile({ type: "look-at-file", request: 0, path }, "file-looked-at", signal)).head,
    convertFile: async (path, conversion, out, signal, report) =>
      (await runFile({ type: "convert-file", request: 0, path, conversion, out }, "file-converted", signal, ({ bytes, byteLength }) => report(byteLength === 0 ? 1 : bytes / byteLength))).result,
    copyFile: async (path, out, never, signal) => void (await runFile({ type: "copy-file", request: 0, path, out, never }, "file-copied", signal)),
    dispose() {
      void worker?.terminate();
      for (const end of [...files]) end();
    },
  };
}
