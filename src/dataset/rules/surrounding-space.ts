import { passagesOf } from "../passages.ts";
import { writtenRange } from "../written-range.ts";
import type { RecordRule } from "./rule.ts";

export const surroundingSpace: RecordRule = {
  id: "surrounding-space",
  severity: "warning",
  summary: "An answer begins or ends with white space, which the model learns to write.",
  explanation: "Chat templates put their own signs around an answer, so that a space or line break at its ends becomes part of what is learnt: answers then begin with a space or go on after their end. The fix removes it. The leading space of a plain completion is a convention of older models and stays.",
  source: "https://github.com/openai/openai-python (lib/_validators.py)",
  *check(record, { method }) {
    if (method === "rft") return;
    for (const { node, text, purpose, where, templated, alone } of passagesOf(record)) {
      // Between two parts of a message white space parts their words.
      if (!templated || !alone || (purpose !== "answer" && purpose !== "rejected") || text.trim() === "") continue;
      const leading = text.length - text.trimStart().length;
      const trailing = text.trimEnd().length;
      const ends = [...(leading > 0 ? [{ ...writtenRange(record.text, node, 0, leading), does: "begins" }] : []), ...(trailing < text.length ? [{ ...writtenRange(record.text, node, trailing, text.length), does: "ends" }] : [])];
      for (const { start, end, does } of ends) {
        yield { start, end, message: `The answer in ${where} ${does} with white space, which the model learns to write. Remove it.`, fixes: [{ title: "Remove the white space around the answer", safe: true, edits: [{ start, end, text: "" }] }] };
      }
    }
  },
};
