import * as z from "zod";
import type { Reading } from "../../dataset/insight/record-content.ts";
import type { Handlers } from "../../protocol/channel.ts";
import { mostRows, recordSteps, rowFilters, type FlaggedLine, type Overview, type RecordDetail, type RecordRequest, type RecordsViewer, type Row, type Rows, type RowsRequest } from "../../protocol/records-viewer.ts";
import { placeOf, type FileCheck } from "../../workers/file-check.ts";
import type { LineExcerpt, WholeRecord } from "../../workers/records/records-protocol.ts";

/** What the viewer shows: an open file, and what is known of its findings. */
export interface ViewedFile {
  overview(): Overview;
  /** Undefined while nothing is known, or what is known is of another state of the file. */
  check(): FileCheck | undefined;
  /** The lines that were chosen elsewhere, in their order; none where there are none. */
  chosen(): Uint32Array;
  excerpts(lines: readonly number[]): Promise<readonly LineExcerpt[]>;
  record(line: number, mostBytes: number, reading: Reading): Promise<WholeRecord>;
}

/** What the viewer can have done outside of itself. */
export interface ViewerActions {
  openText(line: number): Promise<void>;
  openRecord(line: number): Promise<void>;
  fixToNewFile(): Promise<void>;
  check(): Promise<void>;
  reload(): Promise<void>;
}

const nothing = (): null => null;
const line = z.int().min(0);
const rowsRequest = z.object({ filter: z.enum(rowFilters), first: line, count: z.int().min(1).max(mostRows) });
const recordRequest = z.object({ line, reading: z.enum(["conversation", "json"]), mostBytes: z.int().min(1).max(Math.max(...recordSteps)) });
const flaggedRequest = z.object({ line: z.int().min(-1), direction: z.enum(["next", "previous"]) });

/** The host's side of the record viewer; what arrives from the page is read by a schema. */
export function createViewerHandlers(file: ViewedFile, actions: ViewerActions): Handlers<RecordsViewer> {
  const act = async (action: () => Promise<void>): Promise<null> => {
    await action();
    return null;
  };
  return {
    overview: { read: nothing, answer: () => file.overview() },
    rows: { read: (value) => rowsRequest.parse(value), answer: (request) => readRows(file, request) },
    record: { read: (value) => recordRequest.parse(value), answer: (request) => readRecord(file, request) },
    findFlagged: { read: (value) => flaggedRequest.parse(value), answer: ({ line: from, direction }) => findFlagged(file.check(), from, direction) },
    openText: { read: (value) => z.object({ line }).parse(value), answer: (request) => act(() => actions.openText(request.line)) },
    openRecord: { read: (value) => z.object({ line }).parse(value), answer: (request) => act(() => actions.openRecord(request.line)) },
    fixToNewFile: { read: nothing, answer: () => act(() => actions.fixToNewFile()) },
    check: { read: nothing, answer: () => act(() => actions.check()) },
    reload: { read: nothing, answer: () => act(() => actions.reload()) },
  };
}

async function readRows(file: ViewedFile, { filter, first, count }: RowsRequest): Promise<Rows> {
  const { generation, index } = file.overview();
  const check = file.check();
  const some = filter === "flagged" ? check?.flagged.lines : filter === "chosen" ? file.chosen() : undefined;
  const lines = filter !== "all" ? [...(some?.subarray(first, first + count) ?? [])] : Array.from({ length: Math.max(0, Math.min(count, index.lines - first)) }, (_, place) => first + place);
  const excerpts = await file.excerpts(lines.filter((each) => each < index.lines));
  return { filter, first, count, generation, rows: excerpts.map((excerpt) => toRow(excerpt, check)) };
}

function toRow({ line: number, role, text }: LineExcerpt, check: FileCheck | undefined): Row {
  const mark = check && markOn(check, number);
  return { line: number, text, ...(role === undefined ? {} : { role }), ...(mark ? { mark } : {}) };
}

function markOn({ flagged: { lines, gravest, marks } }: FileCheck, number: number): Row["mark"] {
  const place = placeOf(lines, number);
  return lines[place] === number ? marks[gravest[place] ?? -1] : undefined;
}

async function readRecord(file: ViewedFile, { line: number, reading, mostBytes }: RecordRequest): Promise<RecordDetail> {
  const { generation } = file.overview();
  const { byteLength, bytes, content } = await file.record(number, mostBytes, reading);
  const check = file.check();
  const own = check?.findings.filter(({ range }) => range.start.line === number) ?? [];
  const findings = own.map(({ rule, severity, message, range }) => ({ rule, severity, message, column: range.start.character + 1 }));
  // Whether more was found is known of the gravest only; that is enough to say so.
  const mark = check && markOn(check, number);
  const furtherFindings = mark !== undefined && !own.some(({ rule, severity }) => rule === mark.rule && severity === mark.severity);
  return { generation, line: number, reading, mostBytes, byteLength, bytes, content, findings, furtherFindings };
}

function findFlagged(check: FileCheck | undefined, from: number, direction: "next" | "previous"): FlaggedLine | null {
  const lines = check?.flagged.lines ?? new Uint32Array();
  const place = direction === "next" ? placeOf(lines, from + 1) : placeOf(lines, Math.max(0, from)) - 1;
  const found = lines[place];
  return found === undefined ? null : { line: found, place };
}
