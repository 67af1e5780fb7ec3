import { excerptOf } from "../../dataset/insight/excerpt.ts";
import { readContent } from "../../dataset/insight/record-content.ts";
import { describeFileError } from "../file-error.ts";
import { openRecordFile, type RecordFile } from "./record-file.ts";
import type { FromRecordsWorker, LineExcerpt, ToRecordsWorker, WholeRecord } from "./records-protocol.ts";

/** What is read of a line to make an excerpt of it: system prompts of some length stand before the first question. */
const excerptBytes = 1 << 14;

/**
 * The worker's side of an open file: finds its lines, and meanwhile and afterwards reads those that are asked for. Index progress is told after each slice.
 */
export function createRecordsSession(send: (message: FromRecordsWorker) => void): (message: ToRecordsWorker) => void {
  let path = "";
  let file: RecordFile | undefined;

  const fail = (error: unknown, request?: number): void => send({ type: "failed", ...(request === undefined ? {} : { request }), message: describeFileError("read", path, error) });

  function answer(request: number, read: (file: RecordFile) => FromRecordsWorker): void {
    try {
      if (!file) throw new Error("no file is open");
      send(read(file));
    } catch (error) {
      fail(error, request);
    }
  }

  return (message) => {
    switch (message.type) {
      case "open":
        path = message.path;
        try {
          file = openRecordFile(path);
          file.index((progress) => send({ type: "indexed", ...progress })).catch(fail);
        } catch (error) {
          fail(error);
        }
        return;
      case "excerpts":
        return answer(message.request, (opened) => ({ type: "excerpts", request: message.request, excerpts: message.lines.map((line) => readExcerpt(opened, line)) }));
      case "record":
        return answer(message.request, (opened) => ({ type: "record", request: message.request, record: readWhole(opened, message) }));
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
