import { pairIn, type Pair } from "../compared-candidates.ts";
import type { JudgedOutcome } from "../report-schema.ts";
import type { ReportView } from "../report-view.ts";
import { viewOf } from "../view-of-report.ts";
import type { SavedReport } from "../saved-report.ts";
import { reviewItems, type ReviewItem } from "./blind-order.ts";
import { subjectOf, type ReviewEntry } from "./review-entry.ts";

/** One record with what every candidate made of it. */
export interface WholeRecord {
  readonly line: number;
  readonly prompt: readonly { readonly role: string; readonly content: string }[];
  readonly reference: string;
  readonly answers: readonly { readonly name: string; readonly outcome: JudgedOutcome }[];
  /** Whether the names are "Answer A" and the like, and nothing is said of right and wrong. */
  readonly blind?: boolean;
  /** Where texts were longer than can be shown: they were cut after so many UTF-16 units. */
  readonly cutAt?: number;
}

/** Two answers that are compared, or one that is rated. */
export type ReviewMode = "pair" | "rating";

/** Which of two answers is better, by its place, or neither; or how good one is, from 1 to 5. */
export type ReviewWord = { readonly better: 0 | 1 | null } | { readonly rating: number };

/** Where a review stands. */
export interface ReviewTurn {
  readonly mode: ReviewMode;
  /** How the person signs. */
  readonly reviewer: string;
  /** Items of which the person has said something, of how many. */
  readonly reviewed: number;
  readonly total: number;
  /** Undefined when nothing is left. */
  readonly item?: ReviewedItem;
}

export interface ReviewedItem {
  readonly place: number;
  readonly line: number;
  readonly prompt: WholeRecord["prompt"];
  readonly reference: string;
  readonly answers: readonly string[];
  /** What the person said of it before. */
  readonly word?: ReviewWord;
}

/** One person's review of two candidates; of the first two where none are named. */
export interface SignedReview {
  readonly mode: ReviewMode;
  readonly pair?: Pair | undefined;
  /** How the person signs. */
  readonly reviewer: string;
  /** What the person has said so far. */
  readonly said: readonly ReviewEntry[];
}

/** A person's review of a report: what is asked in which order, and what was said. */
export interface ReviewStand {
  readonly mode: ReviewMode;
  readonly reviewer: string;
  readonly view: ReportView;
  readonly items: readonly ReviewItem[];
  /** What the person has said, by `subjectOf`, and of which records. */
  readonly said: ReadonlyMap<string, ReviewEntry>;
  readonly lines: ReadonlySet<number>;
}

/** Orders that were made before: of a hundred thousand records one takes a while. */
export type ReviewOrders = Map<string, readonly ReviewItem[]>;

/** The order follows from report, person, kind and candidates, so that it is the same whenever the panel is opened. */
export function reviewStand(report: SavedReport, { mode, pair: wanted, reviewer, said: own }: SignedReview, orders: ReviewOrders = new Map()): ReviewStand {
  const view = viewOf(report);
  const pair = pairIn(view, wanted);
  const seed = JSON.stringify([report.createdAt, report.dataset.sha256, reviewer, mode, [...pair].sort()]);
  const items = orders.get(seed) ?? reviewItems(view.records.map(({ line, outcomes }) => ({ line, answered: outcomes.map((outcome) => !("failure" in outcome)) })), pair, mode, seed);
  orders.set(seed, items);
  return { mode, reviewer, view, items, said: new Map(own.map((entry) => [subjectOf(entry), entry])), lines: new Set(own.map(({ line }) => line)) };
}

/** The item at a place, or, without one, the first of which nothing was said. */
export function turnOf(stand: ReviewStand, place = firstOpen(stand, 0)): ReviewTurn {
  const { mode, reviewer, items, view } = stand;
  const item = items[place];
  const record = item && view.records.find(({ line }) => line === item.line);
  const word = item && wordOf(stand, item);
  return {
    mode, reviewer, reviewed: items.filter((each) => wordOf(stand, each) !== undefined).length, total: items.length,
    ...(item && record ? { item: {
      place, line: item.line, prompt: record.prompt, reference: record.reference, answers: item.candidates.map((candidate) => textOf(record.outcomes[candidate])), ...(word ? { word } : {}),
    } satisfies ReviewedItem } : {}),
  };
}

/** The next place behind this one of which nothing was said, else the first such place. Gives the length of the review where none is left. */
export function nextPlace(stand: ReviewStand, place = -1): number {
  const behind = firstOpen(stand, place + 1);
  if (behind < stand.items.length) return behind;
  const before = firstOpen(stand, 0);
  return before === place ? firstOpen(stand, place + 1) : before;
}

/** What a person says of the item at a place, as it is kept. Throws an Error where it is said of nothing, or is another kind of word. */
export function entryOf({ mode, reviewer, items, view }: ReviewStand, place: number | undefined, word: ReviewWord, at: Date): ReviewEntry {
  const item = place === undefined ? undefined : items[place];
  const [first, second] = (item?.candidates ?? []).map((candidate) => view.candidates[candidate]?.name ?? "");
  if (!item || first === undefined) throw new Error("There is nothing to review at this place. Load the panel again.");
  const signed = { at: at.toISOString(), by: reviewer, line: item.line };
  if (mode === "rating" && "rating" in word) return { ...signed, candidate: first, rating: word.rating };
  if (mode === "rating" || "rating" in word || second === undefined) throw new Error("Two answers are compared, and one is rated.");
  const [base, candidate] = item.candidates[0] === Math.min(...item.candidates) ? [first, second] : [second, first];
  return { ...signed, pair: [base, candidate], first, preferred: word.better === null ? null : word.better === 0 ? first : second };
}

/** The candidates whose answers are shown at a place, which is of that line. Throws an Error when it is not. */
export function blindCandidates({ items }: ReviewStand, place: number, line: number): readonly number[] {
  const item = items[place];
  if (item?.line !== line) throw new Error("The review is another one now. Load the panel again.");
  return item.candidates;
}

/** A record with those answers alone, without names, and without a word on right and wrong. */
export function blindRecord({ answers, ...record }: WholeRecord, candidates: readonly number[]): WholeRecord {
  return {
    ...record, blind: true,
    answers: candidates.flatMap((candidate, index) => {
      const outcome = answers[candidate]?.outcome;
      return outcome && !("failure" in outcome) ? [{ name: candidates.length === 1 ? "Answer" : `Answer ${"AB"[index] ?? ""}`, outcome: { text: outcome.text, finishReason: outcome.finishReason, right: false } }] : [];
    }),
  };
}

function firstOpen(stand: ReviewStand, from: number): number {
  const found = stand.items.findIndex((item, index) => index >= from && wordOf(stand, item) === undefined);
  return found < 0 ? stand.items.length : found;
}

function wordOf({ said, lines, view }: ReviewStand, { line, candidates }: ReviewItem): ReviewWord | undefined {
  if (!lines.has(line)) return undefined;
  const names = candidates.map((candidate) => view.candidates[candidate]?.name ?? "");
  const [first = "", second] = names;
  const entry = said.get(subjectOf(second === undefined ? { line, candidate: first } : { line, pair: [first, second] }));
  if (!entry) return undefined;
  return "rating" in entry ? { rating: entry.rating } : { better: entry.preferred === null ? null : entry.preferred === first ? 0 : 1 };
}

function textOf(outcome: ReportView["records"][number]["outcomes"][number] | undefined): string {
  return !outcome || "failure" in outcome ? "" : outcome.text;
}
