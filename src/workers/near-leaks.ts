import { leakedRecord } from "../dataset/rules/leaked-record.ts";
import { openaiSft } from "../dataset/targets/openai.ts";
import { lintFile } from "./lint-file.ts";
import { openLeakSearch } from "./open-leak-search.ts";

/** From which Jaccard similarity on records count as nearly equal; the default of the rule `leaked-record`. */
const similarity = 0.8;
/** As many are told of a file as VS Code can hold as documents. */
const most = 1_000_000;

/**
 * The records of a test file that stand in a training file, in some way: equal, nearly equal, with the same prompt, or of one conversation, as the rule `leaked-record` finds them. Gives for
 * each of their lines, from 1, the line of the other record, from 1. Throws a FileError when one of the files cannot be read.
 */
export function nearLeaks(testPath: string, trainingPath: string): ReadonlyMap<number, number> {
  const search = openLeakSearch(similarity);
  try {
    // Which target it is does not matter to what records are like.
    lintFile(trainingPath, openaiSft, { mostOfRule: 1, leaks: () => search.begin(trainingPath, "training") });
    const { findings } = lintFile(testPath, openaiSft, { mostOfRule: most, leaks: () => search.begin(testPath, "test") });
    return new Map(findings.filter(({ rule }) => rule === leakedRecord.id).map(({ range, related }) => [range.start.line + 1, (related?.[0]?.line ?? 0) + 1]));
  } finally {
    search.close();
  }
}
