import type { Found } from "../../dataset/finding-sink.ts";
import type { PlacedUnit } from "../../dataset/lint.ts";
import { formats, type FormatId } from "../../dataset/formats/index.ts";
import { createGrowingArray } from "../../dataset/growing-array.ts";
import type { RecordAnalysis } from "../../dataset/record-analysis.ts";
import type { RecordSummary } from "../../dataset/rules/rule.ts";
import type { Likeness } from "../../dataset/similarity/likeness.ts";
import type { Traits } from "../../dataset/traits.ts";
import type { Unit } from "../../dataset/units.ts";

/** What was learned of the records that begin in a range of a file, in a form that travels between threads: lines count from the range's first. */
export interface RangeReport {
  readonly found: Found;
  /** How many lines it has. */
  readonly lines: number;
  /** What must be read in one piece with other ranges: an array, or a record that was not closed in it. */
  readonly isPartOfMore: boolean;
  readonly records: RecordColumns;
}

/** The summaries of records, column by column. */
interface RecordColumns {
  /** Kind, format, line break and what the last answer is like: see `codeOf`. */
  readonly codes: Uint16Array;
  readonly lengths: Uint32Array;
  /** Two halves for each record. */
  readonly fingerprints: Int32Array;
  /** The hashes of the last answer, of it as a label and of the last question, three for each record; NaN where there is none. Empty without traits. */
  readonly hashes: Float64Array;
  /** The likenesses, one behind the other, zeros for a record that has none. Empty without them. */
  readonly likenesses: Uint32Array;
  /** What few records have, by their place. */
  readonly extras: ReadonlyMap<number, Extra>;
}

/** Keys of no format, bytes that are no UTF-8, media, keys for a grader, the text of a record on several lines. */
interface Extra extends Pick<RecordSummary, "lines" | "keys" | "malformed">, Pick<Traits, "media" | "furtherKeys" | "grader"> {
  readonly text?: string;
}

const kinds = ["blank", "broken", "value", "object"] as const;
const lineBreaks = ["", "\n", "\r\n", "\r"] as const;
const answers = [undefined, "json", "prose"] as const;
const formatIds: readonly (FormatId | undefined)[] = [undefined, ...formats.map(({ id }) => id)];

/** Writes the columns of one report after the other, record by record, always in the same room. */
export interface ColumnWriter {
  add(unit: Unit, summary: RecordSummary): void;
  /** A record on one line that has nothing which few records have; its line break has so many characters, and is no `\r` alone. */
  addProven(summary: RecordAnalysis["summary"], breakLength: number): void;
  /** What was added, in memory of its own. */
  finish(): RecordColumns;
  /** Begins another report: what is allocated anew for each would stay between what lives long. */
  clear(): void;
}

export function createColumns(): ColumnWriter {
  const codes = createGrowingArray((length) => new Uint16Array(length));
  const lengths = createGrowingArray((length) => new Uint32Array(length));
  const fingerprints = createGrowingArray((length) => new Int32Array(length));
  const hashes = createGrowingArray((length) => new Float64Array(length));
  let extras = new Map<number, Extra>();
  let likenesses = new Uint32Array(0);
  const keepLikeness = (place: number, likeness: Likeness): void => {
    const needed = (place + 1) * likeness.length;
    if (likenesses.length < needed) {
      const larger = new Uint32Array(Math.max(needed, 2 * likenesses.length, 64 * likeness.length));
      larger.set(likenesses);
      likenesses = larger;
    }
    likenesses.set(likeness, place * likeness.length);
    likenessWidth = likeness.length;
  };
  let likenessWidth = 0;
  const push = (code: number, { length, fingerprint, traits, likeness }: RecordAnalysis["summary"]): void => {
    if (likeness) keepLikeness(codes.length, likeness);
    codes.push(code);
    lengths.push(length);
    fingerprints.push(fingerprint?.high ?? 0);
    fingerprints.push(fingerprint?.low ?? 0);
    if (!traits) return;
    // Those of records before it that have none.
    while (hashes.length < (codes.length - 1) * 3) hashes.push(NaN);
    hashes.push(traits.answerHash ?? NaN);
    hashes.push(traits.labelHash ?? NaN);
    hashes.push(traits.questionHash ?? NaN);
  };
  return {
    add(unit, summary) {
      const { traits, keys, malformed, lines } = summary;
      const media = traits?.media;
      const furtherKeys = traits?.furtherKeys ?? [];
      if (lines > 1 || keys.length > 0 || malformed.length > 0 || media || furtherKeys.length > 0) {
        extras.set(codes.length, { lines, keys, malformed, media, furtherKeys, grader: traits?.grader, ...(lines > 1 ? { text: unit.text } : {}) });
      }
      push(codeOf(summary), summary);
    },
    addProven(summary, breakLength) {
      push(provenCode | (breakLength << 2) | (answers.indexOf(summary.traits?.answer) << 6) | (summary.traits ? 1 << 5 : 0), summary);
    },
    finish() {
      const ownLikenesses = new Uint32Array(codes.length * likenessWidth);
      ownLikenesses.set(likenesses.subarray(0, ownLikenesses.length));
      return { codes: codes.finish(), lengths: lengths.finish(), fingerprints: fingerprints.finish(), hashes: hashes.finish(), likenesses: ownLikenesses, extras };
    },
    clear() {
      for (const each of [codes, lengths, fingerprints, hashes]) each.clear();
      likenesses.fill(0);
      likenessWidth = 0;
      extras = new Map();
    },
  };
}

/** What can be handed over to another thread without a copy. */
export function buffersOf({ found: { flagged }, records }: RangeReport): ArrayBufferLike[] {
  return [records.codes, records.lengths, records.fingerprints, records.hashes, records.likenesses, ...(flagged ? [flagged.lines, flagged.tallies] : [])].map(({ buffer }) => buffer);
}

/**
 * Hands over the records of a report, whose first line is the file's line `line`. What is handed over stands until the next record only: most are alike, and
 * an object for each would be garbage at once.
 */
export function forEachRecord({ records: { codes, lengths, fingerprints, hashes, likenesses, extras } }: RangeReport, line: number, take: (unit: PlacedUnit, summary: RecordSummary) => void): void {
  let at = line;
  let code = -1;
  let { kind, format, lineBreak, isFingerprinted, traits } = decode(0);
  const hash = { high: 0, low: 0 };
  const width = codes.length === 0 ? 0 : likenesses.length / codes.length;
  for (let index = 0; index < codes.length; index++) {
    if (codes[index] !== code) {
      code = codes[index] ?? 0;
      ({ kind, format, lineBreak, isFingerprinted, traits } = decode(code));
    }
    const extra = extras.size > 0 ? extras.get(index) : undefined;
    const lines = extra?.lines ?? 1;
    hash.high = fingerprints[index * 2] ?? 0;
    hash.low = fingerprints[index * 2 + 1] ?? 0;
    take({ text: extra?.text ?? "", line: at, start: 0, lines, lineBreak, element: false }, {
      line: at, lines, element: false, length: lengths[index] ?? 0, kind, format, fingerprint: isFingerprinted ? hash : undefined,
      keys: extra?.keys ?? none, malformed: extra?.malformed ?? none, lineBreak,
      traits: traits && {
        answer: traits.answer, reasons: traits.reasons, answerHash: known(hashes[index * 3]), labelHash: known(hashes[index * 3 + 1]), questionHash: known(hashes[index * 3 + 2]),
        media: extra?.media, furtherKeys: extra?.furtherKeys ?? none, grader: extra?.grader,
      },
      // Its last number is 0 where there is none.
      likeness: width > 0 && likenesses[(index + 1) * width - 1] !== 0 ? likenesses.subarray(index * width, (index + 1) * width) : undefined,
    });
    at += lines;
  }
}

const none: readonly never[] = [];

function known(hash: number | undefined): number | undefined {
  return hash === undefined || Number.isNaN(hash) ? undefined : hash;
}

/** From the lowest bit on: two of the kind, two of the line break, one whether there is a fingerprint, one whether there are traits, two of the answer, one whether it reasons, the others of the format. */
function codeOf({ kind, format, lineBreak, fingerprint, traits }: Pick<RecordSummary, "kind" | "format" | "lineBreak" | "fingerprint" | "traits">): number {
  return kinds.indexOf(kind) | (lineBreaks.indexOf(lineBreak) << 2) | (fingerprint ? 1 << 4 : 0) | (traits ? 1 << 5 : 0) | (answers.indexOf(traits?.answer) << 6) | (traits?.reasons === true ? 1 << 8 : 0) | (formatIds.indexOf(format) << 9);
}

/** An object that is a chat, and has a fingerprint. */
const provenCode = codeOf({ kind: "object", format: "chat", lineBreak: "", fingerprint: { high: 0, low: 0 }, traits: undefined });

function decode(code: number): Pick<RecordSummary, "kind" | "format" | "lineBreak"> & { readonly isFingerprinted: boolean; readonly traits: Pick<Traits, "answer" | "reasons"> | undefined } {
  return {
    kind: kinds[code & 3] ?? "blank", lineBreak: lineBreaks[(code >> 2) & 3] ?? "", format: formatIds[code >> 9],
    isFingerprinted: (code & (1 << 4)) !== 0,
    traits: (code & (1 << 5)) === 0 ? undefined : { answer: answers[(code >> 6) & 3], reasons: (code & (1 << 8)) !== 0 },
  };
}
