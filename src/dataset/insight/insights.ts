import { createGrowingArray } from "../growing-array.ts";
import { longestLabel } from "../traits.ts";
import { distributionOf, type Distribution } from "./distribution.ts";
import type { RecordFacts } from "./record-facts.ts";
import { shareBoth, sharedOf, type SharedText } from "./shared-text.ts";
import { createValueTable, firstValue, setValue, textValue, type Value, type Values } from "./value-table.ts";

/** What is measured of each record. */
export const measures = ["tokens", "turns", "characters"] as const;
export type Measure = (typeof measures)[number];

/** What records are told apart by. */
export const traits = ["label", "role", "system", "language", "toolUse", "tool"] as const;
export type Trait = (typeof traits)[number];

/** Where constant text is looked for. */
export const places = ["system", "question", "definitions"] as const;
export type Place = (typeof places)[number];

/** What is known of the records of a file, 24 bytes a record beside bounded tables. */
export interface Insights {
  readonly records: number;
  /** Lines that hold something which is no record. */
  readonly unread: number;
  /** Records with an answer. */
  readonly answers: number;
  /** The line of each record, from 0. */
  readonly lines: Uint32Array;
  readonly measured: Readonly<Record<Measure, Uint32Array>>;
  readonly distributions: Readonly<Record<Measure, Distribution>>;
  readonly values: Readonly<Record<Trait, Values>>;
  /** What all records share; undefined without records. */
  readonly shared: Readonly<Record<Place, SharedText | undefined>>;
}

export interface InsightsBuilder {
  /** Adds what stands on a line; undefined where that is no record. */
  add(line: number, facts: RecordFacts | undefined): void;
  finish(): Insights;
}

export function createInsights(): InsightsBuilder {
  const lines = createGrowingArray((length) => new Uint32Array(length));
  const measured = forEach(measures, () => createGrowingArray((length) => new Uint32Array(length)));
  const tables = forEach(traits, createValueTable);
  const ids = forEach(traits, () => createGrowingArray((length) => new Uint16Array(length)));
  const shared: Record<Place, SharedText | undefined> = { system: undefined, question: undefined, definitions: undefined };
  let unread = 0;
  let answers = 0;
  return {
    add(line, facts) {
      if (!facts) return void unread++;
      lines.push(line);
      if (facts.answer !== undefined) answers++;
      for (const measure of measures) measured[measure].push(facts[measure]);
      for (const trait of traits) ids[trait].push(tables[trait].number(valueOf[trait](facts)));
      for (const place of places) {
        const own = sharedOf(facts[place]);
        const before = shared[place];
        shared[place] = before ? shareBoth(before, own) : own;
      }
    },
    finish: () => withDistributions({
      records: lines.length, unread, answers, lines: lines.finish(),
      measured: forEach(measures, (measure) => measured[measure].finish()),
      values: forEach(traits, (trait) => ({ ids: ids[trait].finish(), table: tables[trait].table })),
      shared,
    }),
  };
}

const valueOf: Readonly<Record<Trait, (facts: RecordFacts) => Value | undefined>> = {
  // A long answer is no label; how many there are is told by `answers`.
  label: ({ answer }) => (answer === undefined || answer.length > longestLabel ? undefined : textValue(answer)),
  role: ({ roles }) => setValue(roles),
  system: ({ system }) => (system === undefined ? undefined : textValue(system)),
  language: ({ language }) => (language === undefined ? undefined : textValue(language)),
  toolUse: ({ called, definitions }) => (called.length > 0 ? textValue("called") : definitions === undefined ? undefined : textValue("declared")),
  tool: ({ called }) => (called.length === 0 ? undefined : setValue(called)),
};

function withDistributions(rest: Omit<Insights, "distributions">): Insights {
  return { ...rest, distributions: forEach(measures, (measure) => distributionOf(rest.measured[measure])) };
}

function forEach<Name extends string, Result>(names: readonly Name[], make: (name: Name) => Result): Record<Name, Result> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Result>;
}

/** How many records have each value of the table, and before them how many have none and how many a further one. */
export function countValues({ ids, table }: Values): Uint32Array {
  const counts = new Uint32Array(table.length + firstValue);
  for (const id of ids) counts[id] = (counts[id] ?? 0) + 1;
  return counts;
}
