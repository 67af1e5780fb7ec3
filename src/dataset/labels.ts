import type { LaterProblem, RecordSummary } from "./rules/rule.ts";
import type { Traits } from "./traits.ts";

type Hash = NonNullable<Traits["answerHash"]>;

/** One way in which a label is written. */
export interface Spelling {
  /** The same for all ways of writing the label. */
  readonly label: Hash;
  count: number;
  /** The line of its first record. */
  readonly first: number;
  /** The places of its first hundred records. */
  readonly places: Omit<LaterProblem, "message">[];
}

/** Counts the answers of a file whose answers are labels, in bounded memory. */
export interface Labels {
  add(record: Pick<RecordSummary, "traits" | "line" | "lines" | "length">): void;
  /** Each label's spellings, which differ in letter case and white space only, the most frequent first; nothing where the answers are no labels. */
  found(): readonly (readonly Spelling[])[];
  /** Every short answer, be the answers labels or not; nothing where there are too many. */
  seen(): ReadonlyMap<Hash, readonly Spelling[]>;
}

/** More different short answers than this are no labels. */
const most = { spellings: 1000, places: 100 };

/** Answers are labels where four in five of them are short and each way of writing one was met three times on average. */
export function createLabels(): Labels {
  let labels: Map<Hash, Map<Hash, Spelling>> | undefined = new Map();
  let spellings = 0;
  let short = 0;
  let answers = 0;
  return {
    add({ traits, line, lines, length }) {
      if (!labels || traits?.answerHash === undefined) return;
      answers++;
      if (traits.labelHash === undefined) return;
      short++;
      const label = labels.get(traits.labelHash) ?? new Map<Hash, Spelling>();
      labels.set(traits.labelHash, label);
      const spelling = label.get(traits.answerHash) ?? { label: traits.labelHash, count: 0, first: line, places: [] };
      if (spelling.count === 0) {
        label.set(traits.answerHash, spelling);
        spellings++;
      }
      spelling.count++;
      if (spelling.places.length < most.places) spelling.places.push({ line, start: 0, end: lines === 1 ? length : 0 });
      if (spellings > most.spellings) labels = undefined;
    },
    seen: () => new Map([...(labels ?? [])].map(([label, own]) => [label, [...own.values()]])),
    found() {
      if (!labels || short < 0.8 * answers || short < 3 * spellings) return [];
      return Array.from(labels.values(), (label) => [...label.values()].sort((a, b) => b.count - a.count));
    },
  };
}
