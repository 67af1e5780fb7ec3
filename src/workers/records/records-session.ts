import { excerptOf } from "../../dataset/insight/excerpt.ts";
import { readContent } from "../../dataset/insight/record-content.ts";
import { describeFileError, FileError } from "../file-error.ts";
import { addLineTo, editLineOf, removeLineOf } from "./edit-record-file.ts";
import { openRecordFile, type RecordFile } from "./record-file.ts";
import type { FromRecordsWorker, LineExcerpt, ToRecordsWorker, WholeRecord } from "./records-protocol.ts";

/** What is read of a line to make an excerpt of it: system prompts of some length stand before the first question. */
const excerptBytes = 1 << 14;

type Waiting = Extract<ToRecordsWorker, { type: "line" | "edit-line" | "remove-line" | "add-line" }>;

/**
 * The worker's side of an open file: finds its lines, and meanwhile and afterwards reads those that are asked for. Index progress is told after each slice.
 */
export function createRecordsSession(send: (message: FromRecordsWorker) => void): (message: ToRecordsWorker) => void {
  let path = "";
  let file: RecordFile | undefined;
  let found = { lines: 0, byteLength: 0, complete: false };
  let failure: unknown;
  let waiting: readonly Waiting[] = [];

  const fail = (error: unknown, request?: number): void => send({ type: "failed", ...(request === undefined ? {} : { request }), message: describeFileError("read", path, error) });

  function answer(request: number, read: (file: RecordFile) => FromRecordsWorker): void {
    try {
      if (!file) throw new Error("no file is open");
      send(read(file));
    } catch (error) {
      fail(error, request);
    }
  }

  function open(): void {
    found = { lines: 0, byteLength: 0, complete: false };
    failure = undefined;
    const ended = (error: unknown): void => {
      failure = error;
      fail(error);
      answerWaiting();
    };
    try {
      const opened = openRecordFile(path);
      file = opened;
      opened.index((progress) => {
        if (file !== opened) return;
        found = progress;
        send({ type: "indexed", ...progress });
        answerWaiting();
      }).catch((error: unknown) => file === opened && ended(error));
    } catch (error) {
      ended(error);
    }
  }

  /** A line's end is known once the next one has begun; where the file ends is known last. */
  const isKnown = (message: Waiting): boolean => failure !== undefined || found.complete || (message.type !== "add-line" && message.line + 1 < found.lines);

  function answerWaiting(): void {
    const ready = waiting.filter(isKnown);
    waiting = waiting.filter((message) => !isKnown(message));
    for (const message of ready) take(message);
  }

  function take(message: Waiting): void {
    if (!isKnown(message)) return void (waiting = [...waiting, message]);
    const { request } = message;
    if (failure !== undefined) return fail(failure, request);
    switch (message.type) {
      case "line":
        return answer(request, (opened) => ({ type: "line", request, text: message.line < found.lines ? readLine(opened, path, message) : undefined }));
      case "edit-line":
        return answer(request, (opened) => {
          editLineOf(opened, path, message.line, message.text, message.replacements);
          open();
          return { type: "line-edited", request };
        });
      case "remove-line":
        return answer(request, (opened) => {
          removeLineOf(opened, path, message.line, message.text);
          open();
          return { type: "line-removed", request };
        });
      case "add-line":
        return answer(request, (opened) => {
          const line = found.lines;
          addLineTo(opened, path, line, found.byteLength, message.text);
          open();
          return { type: "line-added", request, line };
        });
    }
  }

  return (message) => {
    switch (message.type) {
      case "open":
        path = message.path;
        return open();
      case "excerpts":
        return answer(message.request, (opened) => ({ type: "excerpts", request: message.request, excerpts: message.lines.map((line) => readExcerpt(opened, line)) }));
      case "record":
        return answer(message.request, (opened) => ({ type: "record", request: message.request, record: readWhole(opened, message) }));
      case "line":
      case "edit-line":
      case "remove-line":
      case "add-line":
        return take(message);
    }
  };
}

function readExcerpt(file: RecordFile, line: number): LineExcerpt {
  const extent = file.extent(line);
  return { line, byteLength: extent.end - extent.start, ...excerptOf(file.read(extent, excerptBytes)) };
}

function readWhole(file: RecordFile, { line, mostBytes, reading }: Extract<ToRecordsWorker, { type: "record" }>): WholeRecord {
  const extent = file.extent(line);
  const byteLength = extent.end - extent.start;
  return { line, byteLength, bytes: Math.min(byteLength, mostBytes), content: readContent(file.read(extent, mostBytes), reading) };
}

function readLine(file: RecordFile, path: string, { line, mostBytes }: Extract<ToRecordsWorker, { type: "line" }>): string {
  const extent = file.extent(line);
  const length = extent.end - extent.start;
  if (length > mostBytes) throw new FileError("read", path, new Error(`line ${line + 1} has ${(length / 1e6).toFixed(1)} MB, more than the ${(mostBytes / 1e6).toFixed(1)} MB that are read as one record`));
  return file.read(extent, mostBytes);
}
