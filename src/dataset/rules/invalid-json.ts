import type { RecordRule } from "./rule.ts";

/** Tells every fault of a line's JSON, not only the first. Where the line is no JSON no other record rule speaks. */
export const invalidJson: RecordRule = {
  id: "invalid-json",
  severity: "error",
  summary: "The line is not valid JSON; one such line makes a provider refuse the whole file.",
  explanation: "A server that cannot read one line refuses the whole file: `Invalid file format. Example 1273 cannot be parsed. Error: line contains invalid json: Expecting ',' delimiter`. Every fault of the line is shown at its own characters. What can be repaired without guessing (commas too many, raw control characters, Python's True and None, single quotes around plain text, glued records) is a safe fix; the rest is suggested or left to you.",
  source: "https://www.rfc-editor.org/rfc/rfc8259",
  *check({ faults }) {
    for (const { start, end, message, repair } of faults) {
      yield { start, end, message, fixes: repair ? [{ title: repair.title, safe: repair.safe, edits: [{ start, end, text: repair.text }] }] : [] };
    }
  },
};
