import type { FileFacts, RelatedLine, Rewriting, Severity } from "../finding.ts";
import type { Hash } from "../murmur-hash.ts";
import type { CreateTable } from "../number-table.ts";
import type { RecordPlaces } from "../record-places.ts";
import type { DatasetRecord } from "../record.ts";
import type { RuleSettings } from "../rule-settings.ts";
import type { FileInSearch } from "../similarity/leaks.ts";
import type { Likeness } from "../similarity/likeness.ts";
import type { Reread } from "../similarity/near-pairs.ts";
import type { Line } from "../source.ts";
import type { Target, Tolerance } from "../targets/target.ts";
import type { Traits } from "../traits.ts";

/** A finding on one record before it has its place in the file: offsets count UTF-16 units from the record's start. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  /** Where it differs from the rule's own. */
  readonly severity?: Severity;
  readonly fixes?: readonly Repair[];
  /** Other lines of the file, or of others, that it is about. */
  readonly related?: readonly RelatedLine[];
}

/** A fix on one record: edits, or its lines removed with their line breaks, or the whole file written anew. */
export interface Repair {
  readonly title: string;
  readonly safe: boolean;
  readonly edits?: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  readonly removesRecord?: true;
  readonly rewrites?: Rewriting;
}

/** What is known of a rule without running it. */
export interface RuleFacts {
  /** A word, and the name of the rule's file. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong and why it matters, in one sentence: hover, README. */
  readonly summary: string;
  /** What happens when it is left alone and how to mend it, in a few sentences: the rule's page. */
  readonly explanation: string;
  /** Where the rule comes from: a provider's page, a specification, a validator. */
  readonly source: string;
}

/** Looks at one record and its target and at nothing else, so that its findings can be kept by the record's text. */
export interface RecordRule extends RuleFacts {
  check(record: DatasetRecord, target: Target, settings: RuleSettings): Iterable<Problem>;
  /** For a rule that no marker announces: how it is known that it has nothing to say of a record. A quick run leaves the rule out. */
  readonly search?: Search;
  /**
   * Strings without one of which, anywhere in its line as it stands and as JSON.stringify would write it, a plain chat record gives no problem of
   * this rule: roles that the target knows, the user and the assistant in turn behind at most one system message, every content a text
   * that is neither blank nor a null text, every answer one without white space at its ends that does not break off (`proven-clean.ts`).
   * Every line is searched for each of them: few, and rare in clean data.
   */
  readonly markers?: readonly string[];
}

/**
 * What a line may hold: a sign of a search; or what numbers of people are written with: seven digits, or three points, with nothing between but digits, spaces
 * and `().-/`; or fifteen digits, capitals, spaces and hyphens, two of them digits. An `@` counts as both.
 */
export interface Suspicion {
  readonly signs: boolean;
  readonly numbers: boolean;
}

/** A search of whole lines for what has many forms. */
export interface Search {
  /** Whether the rule could have anything to say of a record that is written like this; soon told. */
  suspects(line: string): boolean;
  /** Whether it has anything to say of a text, if nothing is allowed. */
  finds(text: string): boolean;
  /** What a text holds in which it finds something, if there is no `@`. */
  readonly of: keyof Suspicion;
  /** For what is found by signs: strings in lower case, one of which stands there in whatever letter case. */
  readonly signs: readonly string[];
}

/** What a dataset rule sees of a record: no text, so that memory does not grow with it. */
export interface RecordSummary {
  /** The line on which it begins, from 0, and how many lines it takes. */
  readonly line: number;
  readonly lines: number;
  /** Whether it is an element of an array that holds the records. */
  readonly element: boolean;
  /** The characters of its text. */
  readonly length: number;
  readonly kind: "blank" | "broken" | "value" | "object";
  readonly format: DatasetRecord["format"];
  /** Equal for records of the same value: white space between tokens, and how a number or an escape is written, do not count. Only objects have one. */
  readonly fingerprint: Hash | undefined;
  /** The first keys of an object that no format recognises. */
  readonly keys: readonly string[];
  readonly malformed: readonly number[];
  /** The break behind its last line. */
  readonly lineBreak: Line["lineBreak"];
  /** What its texts are like, for rules that compare records with one another. */
  readonly traits: Traits | undefined;
  /** By what records that are nearly equal are found, lent as the summary is; left out where no rule asks for it. */
  readonly likeness: Likeness | undefined;
}

/** What a dataset rule finds when the whole file has been read: about the file, or about one line of it. */
export interface LaterProblem extends Problem {
  readonly line: number;
  /** How many more there are like it, which are counted and not told one by one. */
  readonly more?: number;
}

/** Folds over the records of a file. */
export interface DatasetFold {
  /** What this record shows, with those before it; offsets count from its start. The summary is lent: what is kept of it is copied. */
  add(summary: RecordSummary): readonly Problem[];
  /** The fingerprints of records that are added next, as pairs of halves: what looks them up may prepare. */
  expect?(fingerprints: Int32Array): void;
  /** What the whole shows. */
  finish(end: FileEnd): Iterable<LaterProblem>;
}

/** What is known of a file once it has been read. */
export interface FileEnd {
  readonly layout: "lines" | "array" | "broken-array";
  /** Reads some of the records anew, by how many were added before each; left out where the source can be read once only. */
  readonly reread?: Reread | undefined;
  readonly places: RecordPlaces;
}

export interface DatasetRule extends RuleFacts {
  /** Set where it compares the texts of records, which takes longer than looking at each: a quick run leaves it out. */
  readonly comparesTexts?: true;
  /** Set where it asks for the likeness of records, which takes longest of all: it is also left out for a moment where a text has just been opened. */
  readonly needsLikeness?: true;
  /** Set where to compare all records takes longer than one waits for after a key: while a text is typed, what was found in records that have not changed stays as it is. */
  readonly isSlow?: true;
  begin(file: FileFacts & { readonly target: Target; readonly settings: RuleSettings; readonly leaks?: (() => FileInSearch) | undefined; readonly createTable?: CreateTable | undefined }): DatasetFold;
}

/** A problem of the whole file, which stands at the start of its first line. */
export function aboutFile(message: string, fixes: readonly Repair[] = [], severity?: Severity): LaterProblem {
  return { line: 0, start: 0, end: 0, message, fixes, ...(severity ? { severity } : {}) };
}

/** The severity of what a target refuses (error) or doubts (warning); undefined where it takes it. */
export function severityOf(tolerance: Tolerance): Severity | undefined {
  return tolerance === "refused" ? "error" : tolerance === "doubted" ? "warning" : undefined;
}

export const nothing: readonly never[] = [];
