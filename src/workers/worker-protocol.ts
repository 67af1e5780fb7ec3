import type { Reviews } from "../evaluation/sections/people.ts";
import type { ComparedReports } from "./compare-reports.ts";
import type { FrozenShare } from "./shape/frozen-share.ts";
import type { ComparedFile, FoundLeaks } from "./find-leaks.ts";
import type { Analysis } from "../evaluation/analyse-report.ts";
import type { RecordResults } from "../evaluation/record-results.ts";
import type { TestRecord } from "../evaluation/test-set.ts";
import type { EveryTarget } from "../dataset/every-target.ts";
import type { Finding } from "../dataset/finding.ts";
import type { Chat } from "../dataset/insight/chat.ts";
import type { FileLink } from "../dataset/insight/file-links.ts";
import type { RecordOutline } from "../dataset/insight/record-outline.ts";
import type { TokenCount } from "../dataset/insight/token-count.ts";
import type { LintResult } from "../dataset/lint.ts";
import type { Encoding } from "../dataset/source.ts";
import type { TargetName } from "../dataset/targets/target.ts";
import type { Edit } from "../dataset/text.ts";
import type { Checked } from "./check-every-target.ts";
import type { RecordDifference } from "./compare-records.ts";
import type { TokenCounting } from "./count-tokens.ts";
import type { FileEncoding } from "./encode-file.ts";
import type { DocumentCheck, FileCheck } from "./file-check.ts";
import type { FoundRecord } from "./find-record.ts";
import type { FoundLine, WantedLine } from "./find-lines.ts";
import type { FixProgress } from "./fix-file.ts";
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
import type { Shaped, ShapeRequest } from "./shape/shape-files.ts";
import type { UnfinishedFile } from "./unfinished-files.ts";

/** How the editor's text became text: VS Code strips the mark and decodes, so it has to be told. */
export interface DocumentOrigin {
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
}

/** One change of a document, in offsets of the text before it; changes of one message apply one after the other. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** How far the worker has come with a file, and what it does with it where it does more than one thing. */
export type WorkProgress = Omit<FixProgress, "act"> & Partial<Pick<FixProgress, "act">>;

/** What somebody chose that a file is checked for. Where nobody did, its `tunesmith.jsonc` says it, or it is OpenAI's supervised fine-tuning. */
export type Aim = TargetName | undefined;

/** What makes all safe repairs of one version of an open document in one step. */
export interface DocumentFixes {
  readonly version: number;
  readonly edits: readonly Edit[];
  /** How many problems these edits repair. */
  readonly fixed: number;
}

/** What of a document is repaired, where that is not everything: the problems of one rule, or the layout of its records. */
export type FixWhat = "jsonl" | { readonly rule: string };

/** What was found on some lines of one version of an open document. */
export interface FoundOnLines {
  readonly version: number;
  /** In the order of the text, with their fixes; the first hundred. */
  readonly findings: readonly Finding[];
  /** How many findings of each rule have a safe fix in the whole document. */
  readonly fixable: ReadonlyMap<string, number>;
  /** How many findings have one that changes the document's text. */
  readonly fixableInText: number;
}

/** What the worker is asked. Requests carry a number that their answer repeats; `aim` tells what an open document is checked for from now on. */
export type ToWorker =
  | { readonly type: "open"; readonly document: string; readonly version: number; readonly text: string; readonly origin: DocumentOrigin; readonly aim: Aim; /** Where the document lies on disk, and so whose `tunesmith.jsonc` counts. */ readonly path?: string }
  | { readonly type: "change"; readonly document: string; readonly version: number; readonly changes: readonly TextChange[] }
  | { readonly type: "aim"; readonly document: string; readonly aim: Aim }
  | { readonly type: "close"; readonly document: string }
  | { readonly type: "configuration-changed" }
  | { readonly type: "fix-document"; readonly request: number; readonly document: string; readonly what?: FixWhat }
  | { readonly type: "find-file-links"; readonly request: number; readonly document: string }
  | { readonly type: "look-at-lines"; readonly request: number; readonly document: string; readonly first: number; readonly last: number }
  /** Reads one record as a chat; asked of the documents' worker, which keeps its tokenizer. */
  | { readonly type: "read-chat"; readonly request: number; readonly line: string; readonly target: TargetName }
  /** Outlines some lines of records; asked likewise. */
  | { readonly type: "outline-records"; readonly request: number; readonly lines: readonly string[]; readonly target: TargetName }
  | { readonly type: "lint-file"; readonly request: number; readonly path: string; readonly aim: Aim }
  | { readonly type: "check-file"; readonly request: number; readonly path: string; readonly aim: Aim; readonly trainingPath?: string }
  | { readonly type: "read-test-set"; readonly request: number; readonly path: string; readonly trainingPath?: string }
  /** Reads the records of a chat dataset, `most` at most. */
  | { readonly type: "read-learned"; readonly request: number; readonly path: string; readonly most: number }
  /** Looks for the record of that key (`recordKey`), first on a line from 0. */
  | { readonly type: "find-record"; readonly request: number; readonly path: string; readonly key: string; readonly near: number }
  | { readonly type: "analyse-report"; readonly request: number; readonly path: string }
  | { readonly type: "make-prompts"; readonly request: number; readonly path: string; readonly records: readonly TestRecord[]; readonly ways: readonly WayOfAsking[] }
  | { readonly type: "read-results"; readonly request: number; readonly path: string; readonly most: number }
  | { readonly type: "take-frozen-share"; readonly request: number; readonly dataset: string; readonly list: string; readonly folder: string }
  | { readonly type: "find-leaks"; readonly request: number; readonly files: readonly ComparedFile[] }
  | { readonly type: "export-report"; readonly request: number; readonly path: string; readonly out: string; readonly reviews: Reviews }
  | { readonly type: "compare-reports"; readonly request: number; readonly now: string; readonly then: string }
  | { readonly type: "hash-file"; readonly request: number; readonly path: string }
  | { readonly type: "find-lines"; readonly request: number; readonly path: string; readonly wanted: readonly WantedLine[] }
  | { readonly type: "compare-records"; readonly request: number; readonly before: string; readonly after: string }
  | { readonly type: "count-tokens"; readonly request: number; readonly path: string; readonly counting: TokenCounting }
  | { readonly type: "place-reviews"; readonly request: number; readonly path: string }
  | { readonly type: "import-logs"; readonly request: number; readonly inputs: readonly string[]; readonly out: string }
  | { readonly type: "shape-files"; readonly request: number; readonly wanted: ShapeRequest }
  | { readonly type: "read-insights"; readonly request: number; readonly path: string; readonly aim: Aim }
  | { readonly type: "read-said-texts"; readonly request: number; readonly path: string; readonly aim: Aim }
  | { readonly type: "fix-file"; readonly request: number; readonly path: string; readonly aim: Aim; readonly out: string }
  | { readonly type: "encode-file"; readonly request: number; readonly path: string; readonly encoding: FileEncoding }
  | { readonly type: "check-every-target"; readonly request: number; readonly checked: Checked; /** Where the dataset lies on disk, if it does. */ readonly path?: string }
  | { readonly type: "find-target"; readonly request: number; readonly path: string }
  | { readonly type: "look-at-file"; readonly request: number; readonly path: string }
  | { readonly type: "convert-file"; readonly request: number; readonly path: string; readonly conversion: ConversionRequest; readonly out: string }
  | { readonly type: "copy-file"; readonly request: number; readonly path: string; readonly out: string; readonly never: string };

/** What the worker tells. */
export type FromWorker =
  | {
      readonly type: "linted";
      readonly document: string;
      readonly version: number;
      readonly aim: Aim;
      readonly target: TargetName;
      /** How many records the record rules ran on. */
      readonly linted: number;
      /** Left out where it is as it was told last. */
      readonly check?: DocumentCheck;
    }
  | { readonly type: "file-links-found"; readonly request: number; readonly found: { readonly version: number; readonly links: readonly FileLink[] } }
  | { readonly type: "lines-looked-at"; readonly request: number; readonly found: FoundOnLines }
  | { readonly type: "document-fixed"; readonly request: number; readonly fixes: DocumentFixes }
  | { readonly type: "configuration-refused"; readonly message: string }
  | { readonly type: "unfinished"; readonly file: UnfinishedFile }
  | ({ readonly type: "progress"; readonly request: number } & WorkProgress)
  | { readonly type: "chat-read"; readonly request: number; readonly chat: Chat | undefined; readonly counted: TokenSource }
  | { readonly type: "records-outlined"; readonly request: number; readonly outlines: readonly (RecordOutline | undefined)[]; readonly counted: TokenSource }
  | { readonly type: "file-linted"; readonly request: number; readonly result: LintResult }
  | { readonly type: "file-checked"; readonly request: number; readonly check: FileCheck }
  | { readonly type: "test-set-read"; readonly request: number; readonly test: FairTestFile }
  | { readonly type: "learned-read"; readonly request: number; readonly file: LearnedFile }
  | { readonly type: "record-found"; readonly request: number; readonly found: FoundRecord | undefined }
  | { readonly type: "report-analysed"; readonly request: number; readonly analysis: Analysis }
  | { readonly type: "prompts-made"; readonly request: number; readonly made: MadePrompts }
  | { readonly type: "results-read"; readonly request: number; readonly results: RecordResults }
  | { readonly type: "said-texts-read"; readonly request: number; readonly read: FileTexts }
  | { readonly type: "frozen-share-taken"; readonly request: number; readonly share: FrozenShare }
  | { readonly type: "leaks-found"; readonly request: number; readonly found: readonly FoundLeaks[] }
  | { readonly type: "report-exported"; readonly request: number }
  | { readonly type: "reports-compared"; readonly request: number; readonly compared: ComparedReports }
  | { readonly type: "file-hashed"; readonly request: number; readonly sha256: string }
  | { readonly type: "lines-found"; readonly request: number; readonly found: readonly (FoundLine | undefined)[] }
  | { readonly type: "records-compared"; readonly request: number; readonly difference: RecordDifference }
  | { readonly type: "insights-read"; readonly request: number; readonly insights: FileInsights }
  | { readonly type: "tokens-counted"; readonly request: number; readonly count: TokenCount }
  | { readonly type: "reviews-placed"; readonly request: number; readonly reviews: PlacedReviews }
  | { readonly type: "logs-imported"; readonly request: number; readonly imported: ImportedLog }
  | { readonly type: "files-shaped"; readonly request: number; readonly shaped: Shaped }
  | { readonly type: "file-fixed"; readonly request: number; readonly fixed: number; readonly left: FileCheck }
  | { readonly type: "target-found"; readonly request: number; readonly target: TargetName }
  | { readonly type: "file-looked-at"; readonly request: number; readonly head: FileHead }
  | { readonly type: "file-converted"; readonly request: number; readonly result: ConversionResult }
  | { readonly type: "file-copied"; readonly request: number }
  | { readonly type: "file-encoded"; readonly request: number }
  | { readonly type: "every-target-checked"; readonly request: number; readonly every: EveryTarget }
  | { readonly type: "failed"; readonly request: number; readonly message: string };
