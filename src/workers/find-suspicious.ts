import { createGrowingArray } from "../dataset/growing-array.ts";
import { factsOf } from "../dataset/insight/record-facts.ts";
import { rereading } from "../dataset/lint.ts";
import { hashNumber, hashText } from "../dataset/murmur-hash.ts";
import { askedWords } from "../dataset/similarity/asked-words.ts";
import { suspiciousLabels, type Comparison, type SuspiciousLabel } from "../dataset/similarity/suspicious-labels.ts";
import type { Target } from "../dataset/targets/target.ts";
import { longestLabel } from "../dataset/traits.ts";
import { unitsOf } from "../dataset/units.ts";
import { linesAgain, openSource } from "./read-source.ts";

/** A record whose label is probably wrong, with what it asks and the one that speaks against it. */
export interface Suspect extends Omit<SuspiciousLabel, "record" | "neighbour"> {
  readonly line: number;
  readonly label: string;
  readonly question: string;
  readonly neighbour: { readonly line: number; readonly label: string; readonly question: string };
}

/** The most suspicious labels, the most suspicious first; how many records were judged, and with how many of them each was compared. */
export interface Suspects extends Omit<Comparison, "found"> {
  readonly suspects: readonly Suspect[];
}

/** The most suspicious labels of a file; records with a long answer or none are left out. Throws a FileError when the file cannot be read. */
export function findSuspicious(path: string, target: Target, most: number): Suspects {
  /** Of each record that is judged how many stand before it, and the number of its label. */
  const records = createGrowingArray((length) => new Uint32Array(length));
  const labels = createGrowingArray((length) => new Int32Array(length));
  const numbers = new Map<number, number>();
  const read = (text: string): { readonly label: string | undefined; readonly question: string } => {
    const facts = factsOf(text, target, () => 0, () => undefined);
    const label = facts?.answer?.trim();
    return { label: label === undefined || label.length > longestLabel ? undefined : label, question: facts?.question ?? "" };
  };
  eachRecord(path, (record, { text }) => {
    const { label } = read(text);
    if (label === undefined) return;
    const hash = hashNumber(hashText(label.replace(/\s+/g, " ").toLowerCase()));
    const number = numbers.get(hash) ?? numbers.size;
    numbers.set(hash, number);
    records.push(record);
    labels.push(number);
  });
  const judged = records.finish();
  const reread = rereading(() => linesAgain(path));
  const { found, ...comparison } = suspiciousLabels(labels.finish(), (wanted, take) => {
    const numbered = wanted.map((place) => judged[place] ?? 0);
    reread({ records: numbered, lines: numbered }, take, askedWords);
  }, most);
  const wanted = new Set(found.flatMap(({ record, neighbour }) => [record, neighbour].map((place) => judged[place] ?? 0)));
  const shown = new Map<number, Suspect["neighbour"]>();
  if (wanted.size > 0) eachRecord(path, (record, { text, line }) => {
    if (!wanted.has(record)) return;
    const { label = "", question } = read(text);
    shown.set(record, { line, label, question });
  });
  const at = (place: number): Suspect["neighbour"] => shown.get(judged[place] ?? 0) ?? { line: 0, label: "", question: "" };
  return { suspects: found.map(({ record, neighbour, ...rest }) => ({ ...rest, ...at(record), neighbour: at(neighbour) })), ...comparison };
}

function eachRecord(path: string, take: (record: number, unit: { readonly text: string; readonly line: number }) => void): void {
  const source = openSource(path);
  try {
    let record = 0;
    for (const unit of unitsOf(source).units) take(record++, unit);
  } finally {
    source.close();
  }
}
