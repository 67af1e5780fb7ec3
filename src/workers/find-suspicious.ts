import { longestLabel } from "../dataset/traits.ts";
import { factsOf } from "../dataset/insight/record-facts.ts";
import { askedWords } from "../dataset/similarity/asked-words.ts";
import { suspiciousLabels, type SuspiciousLabel } from "../dataset/similarity/suspicious-labels.ts";
import type { Target } from "../dataset/targets/target.ts";
import { unitsOf } from "../dataset/units.ts";
import { openSource } from "./read-source.ts";

/** A record whose label is probably wrong, with what it asks and the one that speaks against it. */
export interface Suspect extends Omit<SuspiciousLabel, "record" | "neighbour"> {
  readonly line: number;
  readonly label: string;
  readonly question: string;
  readonly neighbour: { readonly line: number; readonly label: string; readonly question: string };
}

/** The most suspicious labels of a file, the most suspicious first; records with a long answer or none are left out. Throws a FileError when the file cannot be read. */
export function findSuspicious(path: string, target: Target, most: number): readonly Suspect[] {
  const rows: { readonly line: number; readonly label: string; readonly question: string }[] = [];
  const words: Int32Array[] = [];
  const source = openSource(path);
  try {
    for (const { text, line } of unitsOf(source).units) {
      const facts = factsOf(text, target, () => 0, () => undefined);
      const label = facts?.answer?.trim();
      if (label === undefined || label.length > longestLabel) continue;
      rows.push({ line, label, question: facts?.question ?? "" });
      words.push(askedWords(text));
    }
  } finally {
    source.close();
  }
  const numbers = new Map<string, number>();
  const labels = Int32Array.from(rows, ({ label }) => {
    const key = label.replace(/\s+/g, " ").toLowerCase();
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  const none = { line: 0, label: "", question: "" };
  return suspiciousLabels(words, labels).slice(0, most).map(({ record, neighbour, ...rest }) => ({ ...rest, ...(rows[record] ?? none), neighbour: rows[neighbour] ?? none }));
}
