import type { RecordRule } from "./rule.ts";

/** Tells every fault of a line's JSON, not only the first. Where the line is no JSON no other record rule speaks. */
export const invalidJson: RecordRule = {
  id: "invalid-json",
  severity: "error",
  summary: "The line is not valid JSON; one such line makes a provider refuse the whole file.",
  *check({ faults }) {
    for (const { start, end, message, repair } of faults) {
      yield { start, end, message, fixes: repair ? [{ title: repair.title, safe: repair.safe, edits: [{ start, end, text: repair.text }] }] : [] };
    }
  },
};
