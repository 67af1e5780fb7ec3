import { outlineRecord, type RecordOutline } from "../dataset/insight/record-outline.ts";
import type { Target } from "../dataset/targets/target.ts";
import { loadTokenizer } from "./count-tokens.ts";
import { tokenSourceOf, type TokenSource } from "./read-chat.ts";

/** Outlines that were made last, by their line and how they were counted: those in sight are asked for again with every scroll. */
const known = new Map<string, RecordOutline | undefined>();
const mostKnown = 2000;

/** Outlines lines of records for a target, with their tokens. */
export async function outlineRecords(lines: readonly string[], target: Target): Promise<{ readonly outlines: readonly (RecordOutline | undefined)[]; readonly counted: TokenSource }> {
  const counted = tokenSourceOf(target);
  const count = await loadTokenizer(counted.encoding, counted.images);
  return {
    counted,
    outlines: lines.map((line) => {
      // Who counts pictures has other numbers.
      const key = counted.images ? `images ${line}` : line;
      if (!known.has(key)) {
        if (known.size >= mostKnown) known.clear();
        known.set(key, outlineRecord(line, count));
      }
      return known.get(key);
    }),
  };
}
