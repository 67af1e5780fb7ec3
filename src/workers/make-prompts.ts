import { askWithFirst, createNearest, type Ask } from "../evaluation/examples.ts";
import type { ChatMessage } from "../evaluation/model.ts";
import type { TestRecord } from "../evaluation/test-set.ts";
import { readTestSet } from "./read-test-set.ts";

/** How a candidate gets its examples; neither where it is asked by the record's own prompt. */
export interface WayOfAsking {
  readonly fewShot?: number | undefined;
  readonly retrieval?: number | undefined;
}

/** What is asked in several ways. */
export interface MadePrompts {
  /** How many records of the training file can be examples. */
  readonly examples: number;
  /** For each way the prompt of each record, in their order; undefined where it is the record's own. */
  readonly prompts: readonly (readonly (readonly ChatMessage[])[] | undefined)[];
}

/**
 * Makes the prompts of records with examples from the training file at `path`: the index that finds the nearest is built once for all ways. Rejects with a FileError when
 * the file cannot be read.
 */
export async function makePrompts(path: string, records: readonly TestRecord[], ways: readonly WayOfAsking[]): Promise<MadePrompts> {
  const { records: training } = await readTestSet(path);
  const nearest = createNearest(training);
  const askOf = ({ fewShot, retrieval }: WayOfAsking): Ask | undefined => (retrieval !== undefined ? nearest(retrieval) : fewShot === undefined ? undefined : askWithFirst(fewShot, training));
  return {
    examples: training.length,
    prompts: ways.map((way) => {
      const ask = askOf(way);
      return ask && records.map((record) => ask(record));
    }),
  };
}
