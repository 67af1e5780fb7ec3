import { createFirstLines } from "../first-lines.ts";
import { nothing, type DatasetRule } from "./rule.ts";

export const duplicateRecord: DatasetRule = {
  id: "duplicate-record",
  severity: "warning",
  summary: "A record stands in the file more than once; the model learns it by heart instead of learning the task.",
  explanation: "White space between tokens and the way in which numbers and escapes are written do not count; everything else does. Exact duplicates are often an accident of joining files, and put the same record into training and validation. Removing one is a suggestion, since repeating a record is also a way to give it weight.",
  source: "https://github.com/openai/openai-python (lib/_validators.py)",
  begin: () => {
    const lines = createFirstLines();
    return {
      add({ line, length, fingerprint }) {
        const first = fingerprint && lines.before(fingerprint, line);
        if (first === undefined) return nothing;
        return [{
          start: 0, end: length,
          message: `This record equals the one on line ${first + 1}. Remove it, unless it is meant to count more.`,
          fixes: [{ title: "Remove the duplicate", safe: false, removesRecord: true }],
          related: [{ line: first }],
        }];
      },
      expect: lines.expect,
      finish: () => nothing,
    };
  },
};
