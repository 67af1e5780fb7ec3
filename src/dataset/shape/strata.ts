import { createGrowingArray } from "../growing-array.ts";
import { lastAnswer } from "../last-answer.ts";

/** By what records are told apart: a key's value, such as `label` or `metadata.topic`; the label that they answer with, where they do; or nothing. */
export type Strata = { readonly key: string } | "label" | "none";

/** Tells records apart in bounded memory. */
export interface StrataReader {
  add(record: Readonly<Record<string, unknown>>): void;
  /** The place of each record's name, and the names. Where nothing tells records apart there is one name, the empty one. */
  finish(): { readonly strata: Uint32Array; readonly names: readonly string[] };
}

/** More names than this are none: each record would stand for itself. */
const mostNames = 1000;
/** A label is no longer than this. */
const longestLabel = 80;

/**
 * Reads the strata of records. Answers are labels where four in five of them are short and each was met three times on average, as `label-imbalance` counts them; letter
 * case and spaces around do not count. Records without the key, or without a label, are a stratum of their own.
 */
export function createStrata(by: Strata): StrataReader {
  let places: Map<string, number> | undefined = by === "none" ? undefined : new Map([["", 0]]);
  const strata = createGrowingArray((length) => new Uint32Array(length));
  let answers = 0;
  let short = 0;
  const nameOf = (record: Readonly<Record<string, unknown>>): string => {
    if (typeof by === "object") return valueAt(record, by.key);
    const answer = lastAnswer(record);
    if (answer === undefined) return "";
    answers++;
    if (answer.length > longestLabel) return "";
    short++;
    return answer.trim().toLowerCase();
  };
  return {
    add(record) {
      if (!places) return strata.push(0);
      const name = nameOf(record);
      const place = places.get(name) ?? places.size;
      places.set(name, place);
      strata.push(place);
      if (places.size > mostNames) places = undefined;
    },
    finish() {
      const isLabelled = places !== undefined && (typeof by === "object" || (short >= 0.8 * answers && short >= 3 * (places.size - 1)));
      const read = strata.finish();
      return isLabelled && places ? { strata: read, names: [...places.keys()] } : { strata: read.fill(0), names: [""] };
    },
  };
}

function valueAt(record: Readonly<Record<string, unknown>>, key: string): string {
  let value: unknown = record;
  for (const name of key.split(".")) value = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
